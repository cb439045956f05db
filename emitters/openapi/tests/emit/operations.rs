//! Operations: ids, parameters, answers, security.

use crate::support::{document, emit, service};
use serde_json::{Value as Json, json};

const SHOP: &str = "
namespace shop
use std.errors.*
service Shop {
    version \"1.0.0\"
    raises Unavailable
    auth bearer { read write }
}
resource Book {
    id: uuid @key
    title: string
    price: decimal(9, 2)
    day: date?
    state: State = draft @readonly
    operations {
        list filter(state, price, day) sort(title) search(title) requires read
        get public
        create idempotent requires write
        update requires write
        delete soft(keep: 30d) requires write
        action publish() -> Book moves state draft -> live else Taken(book_id: id) requires write
        action reprice(percent: int32 = 5) requires write @deprecated(since: \"1.0.0\", sunset: 2027-06-01)
    }
}
resource Page in Book { id: string @key operations { list public get public } }
enum State { draft live }
error Taken: conflict { message \"Book {book_id} is live.\" book_id: uuid }
";

fn operation(method: &str, path: &str) -> Json {
    document(SHOP, &[])["paths"][path][method].take()
}

/// The names of the parameters of one place, and the statuses that are answered.
fn check(method: &str, path: &str, id: &str, parameters: &[&str], statuses: &[&str]) {
    let operation = operation(method, path);
    assert_eq!(operation["operationId"], json!(id));
    let named = operation["parameters"].as_array().into_iter().flatten();
    let named: Vec<&str> = named.filter_map(|parameter| parameter["name"].as_str()).collect();
    assert_eq!(named, parameters, "parameters of {id}");
    let answered: Vec<&String> =
        operation["responses"].as_object().into_iter().flatten().map(|(status, _)| status).collect();
    assert_eq!(answered, statuses, "answers of {id}");
}

#[test]
fn everything_that_is_sent_and_answered() {
    check(
        "get",
        "/books",
        "listBooks",
        &[
            "limit",
            "cursor",
            "count",
            "sort",
            "q",
            "state",
            "state.ne",
            "state.in",
            "price",
            "price.ne",
            "price.in",
            "price.lt",
            "price.lte",
            "price.gt",
            "price.gte",
            "day",
            "day.ne",
            "day.in",
            "day.lt",
            "day.lte",
            "day.gt",
            "day.gte",
            "day.null",
            "show_deleted",
        ],
        &["200", "400", "401", "403", "406", "414", "431", "500", "503"],
    );
    check(
        "get",
        "/books/{id}",
        "getBook",
        &["show_deleted", "If-None-Match"],
        &["200", "304", "400", "401", "404", "406", "414", "431", "500", "503"],
    );
    check(
        "post",
        "/books",
        "createBook",
        &["Idempotency-Key"],
        &["201", "400", "401", "403", "406", "408", "409", "413", "414", "415", "422", "431", "500", "503"],
    );
    check(
        "patch",
        "/books/{id}",
        "updateBook",
        &["If-Match", "If-None-Match"],
        &[
            "200", "400", "401", "403", "404", "406", "408", "412", "413", "414", "415", "422", "431", "500",
            "503",
        ],
    );
    check(
        "post",
        "/books/{id}/publish",
        "publishBook",
        &["If-Match", "If-None-Match"],
        &["200", "400", "401", "403", "404", "406", "409", "412", "414", "431", "500", "503"],
    );
    check(
        "get",
        "/books/{book_id}/pages",
        "listPages",
        &["limit", "cursor", "count"],
        &["200", "400", "401", "404", "406", "414", "431", "500", "503"],
    );
}

#[test]
fn a_declared_error_has_its_code_and_fields() {
    let content = operation("post", "/books/{id}/publish")["responses"]["409"]["content"].take();
    let problem = &content["application/problem+json"];
    assert_eq!(problem["schema"], json!({ "$ref": "#/components/schemas/Taken" }));
    let example = &problem["examples"]["taken"]["value"];
    assert_eq!(example["detail"], json!("Book 0192f0c1-2b7e-7c3a-9f44-5d3e8a1b6c20 is live."));
    let taken = document(SHOP, &[])["components"]["schemas"]["Taken"].take();
    assert_eq!(taken["allOf"][1]["properties"]["code"], json!({ "type": "string", "const": "taken" }));
}

#[test]
fn scopes_and_open_operations() {
    let create = operation("post", "/books");
    assert_eq!(create["security"], json!([{ "bearer": [] }]), "Spectral knows no roles of tokens");
    assert_eq!(create["x-required-scopes"], json!(["write"]));
    assert_eq!(operation("get", "/books/{id}")["security"], json!([]));
}

#[test]
fn who_asks_is_told_what_to_send() {
    let check = |auth: &str, expected: &str| {
        let schema = SHOP.replace("auth bearer { read write }", auth);
        let document = document(&schema, &[]);
        let header = &document["components"]["headers"]["WWW-Authenticate"];
        assert_eq!(header["example"], json!(expected), "{auth}");
    };
    check("auth bearer { read write }", "Bearer");
    check("auth api_key { read write }", "ApiKey header=\"X-API-Key\"");
    check("auth bearer { read write } auth api_key { read write }", "Bearer, ApiKey header=\"X-API-Key\"");
}

#[test]
fn deprecation_is_told_with_its_day() {
    let reprice = operation("post", "/books/{id}/reprice");
    assert_eq!((&reprice["deprecated"], &reprice["x-sunset"]), (&json!(true), &json!("2027-06-01")));
    let headers = reprice["responses"]["204"]["headers"].as_object().expect("headers");
    assert!(["Sunset", "Link"].iter().all(|name| headers.contains_key(*name)), "{headers:?}");
    assert!(!headers.contains_key("Deprecation"), "the day is not known: {headers:?}");
    assert_eq!(reprice["requestBody"]["required"], Json::Null, "nothing in the body is required");
}

#[test]
fn where_the_service_is() {
    let servers = |given: &[(&str, &str)]| document(&service(""), given)["servers"].take();
    assert_eq!(servers(&[]), json!([{ "url": "/v1" }]));
    assert_eq!(
        servers(&[("server_url", "https://api.books.net/")]),
        json!([{ "url": "https://api.books.net/v1" }])
    );
}

#[test]
fn names_of_the_document_step_aside() {
    let schema = service(
        "resource Book { id: uuid @key problem: Problem operations { get public create public } }
         type Problem { text: string }
         type CreateBook { text: string }",
    );
    let all = document(&schema, &[])["components"]["schemas"].take();
    assert_eq!(all["Book"]["properties"]["problem"], json!({ "$ref": "#/components/schemas/Problem" }));
    assert!(all["Problem2"]["properties"].get("retryable").is_some(), "the problems of HTTP come second");
    assert!(all["CreateBook2"].is_object());
}

#[test]
fn no_description_begins_a_tag() {
    let attack = "<script>INJECTED</script><img src=x onerror=INJECTED>";
    let schema = format!(
        "/// {attack}\nnamespace shop\n/// {attack}\nservice Shop {{ version \"1.0.0\" auth bearer {{ read \"{attack}\" }} }}
         /// {attack}\nresource Book {{ id: uuid @key
             /// {attack}\n title: string @deprecated(since: \"1.0.0\", \"{attack}\")
             operations {{ list requires read
                 /// Sends it.
                 /// {attack}\n action send() -> Book requires read
             }}
             rules {{ r: title != \"\" \"{attack}\" }}
         }}"
    );
    let made = emit(&schema, &[("format", "json,yaml")]);
    assert!(made.diagnostics.is_empty(), "{:#?}", made.diagnostics);
    for (path, text) in made.files.iter() {
        assert!(text.contains("INJECTED") && !text.contains("<script") && !text.contains("<img"), "{path}");
    }
}
