//! The larger constructs of the language: unions, embedded references, numbered pages, lists of references.

use serde_json::{Value as Json, json};

use crate::support::{document, service};

fn schemas(declarations: &str) -> Json {
    document(&service(declarations), &[])["components"]["schemas"].take()
}

const PAYMENT: &str = "
    resource Order { id: uuid @key payment: Payment operations { get public create public update public } }
    union Payment by method { card: Card \"At once.\" transfer: Transfer }
    type Card { number: string(..=19) }
    type Transfer { iban: string(..=34) }";

#[test]
fn a_union_is_a_schema_for_each_variant() {
    let all = schemas(PAYMENT);
    let variant = &all["PaymentCardInput"];
    assert_eq!(variant["properties"]["method"]["const"], "card");
    assert_eq!(variant["required"], json!(["method", "number"]));
    assert_eq!(variant["additionalProperties"], false);
    let written = &all["PaymentInput"];
    assert_eq!(written["oneOf"].as_array().map(Vec::len), Some(2));
    assert_eq!(written["discriminator"]["propertyName"], "method");
    assert_eq!(written["discriminator"]["mapping"]["card"], "#/components/schemas/PaymentCardInput");
}

#[test]
fn an_open_union_may_gain_variants() {
    let open = schemas(PAYMENT)["Payment"].take();
    let other = json!({ "$ref": "#/components/schemas/PaymentOther" });
    assert_eq!(open["anyOf"].as_array().and_then(|all| all.last()), Some(&other));
    let closed = schemas(&PAYMENT.replace("union", "closed union"));
    assert_eq!(closed["Payment"]["anyOf"].as_array().map(Vec::len), Some(2));
    assert!(closed.get("PaymentOther").is_none());
}

#[test]
fn an_update_of_a_union_may_leave_the_variant_out() {
    let all = schemas(PAYMENT);
    assert!(all["PaymentPatch"].get("discriminator").is_none());
    assert!(all["PaymentCardPatch"].get("required").is_none());
}

#[test]
fn embedded_references_are_there_only_where_they_are_asked_for() {
    let made = document(
        &service(
            "resource Author { id: uuid @key operations { get public } }
             resource Book { id: uuid @key author_id: ref Author? editor_ids: [ref Author](..=9)
                operations { get expand(author, editors) public } }",
        ),
        &[],
    );
    let book = &made["components"]["schemas"]["Book"];
    let whole = "#/components/schemas/Author";
    assert!(book["properties"]["author"].to_string().contains(whole), "{book}");
    assert_eq!(book["properties"]["editors"]["items"]["$ref"], whole);
    assert_eq!(book["required"], json!(["id", "author_id", "editor_ids"]));
    let parameters = made["paths"]["/books/{id}"]["get"]["parameters"].to_string();
    assert!(parameters.contains("\"expand\"") && parameters.contains("\"editors\""), "{parameters}");
}

#[test]
fn pages_with_numbers_have_no_cursor() {
    let made = document(
        &service(
            "resource Book { id: uuid @key operations { list paginate page(default: 20, max: 100) public } }",
        ),
        &[],
    );
    let page = &made["components"]["schemas"]["BookPage"];
    assert_eq!(page["required"], json!(["items", "page", "next_page"]));
    let parameters = made["paths"]["/books"]["get"]["parameters"].to_string();
    assert!(parameters.contains("\"page\"") && !parameters.contains("\"cursor\""), "{parameters}");
}
