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
fn an_update_of_a_union_says_which_variant_it_is_of() {
    let all = schemas(PAYMENT);
    assert_eq!(all["PaymentPatch"]["discriminator"]["propertyName"], "method");
    assert_eq!(all["PaymentPatch"]["oneOf"].as_array().map(Vec::len), Some(2));
    assert_eq!(all["PaymentCardPatch"]["required"], json!(["method"]));
}

/// In a path stands the name on the wire.
#[test]
fn what_a_resource_lives_in_is_a_parameter_of_its_path() {
    let made = document(
        "namespace shop
         service Shop { version \"1.0.0\" wire_case camel_case }
         resource BigAuthor { id: string @key }
         singleton Profile in BigAuthor { bio: string = \"\" operations { get public } }
         resource Page in BigAuthor { id: uuid @key operations { list public } }",
        &[],
    );
    for path in ["/big_authors/{bigAuthorId}/profile", "/big_authors/{bigAuthorId}/pages"] {
        let key = &made["paths"][path]["parameters"][0];
        assert_eq!((&key["name"], &key["in"]), (&json!("bigAuthorId"), &json!("path")), "{path}");
        let about = "Which big author.\n\nThe `BigAuthor` that it lives in.";
        assert_eq!(key["description"], about, "{path}");
        assert_eq!(key["schema"], json!({ "type": "string", "minLength": 1 }), "{path}");
    }
}

/// What the server refuses to find twice.
#[test]
fn names_to_sort_by_and_to_embed_are_told_once() {
    let made = document(
        &service(
            "resource Author { id: uuid @key operations { get public } }
             resource Book { id: uuid @key title: string author_id: ref Author friend_ids: [ref Author](..=9)
                operations { list filter(title) sort(title) expand(author) public create public } }",
        ),
        &[],
    );
    let parameters = made["paths"]["/books"]["get"]["parameters"].as_array().cloned().unwrap_or_default();
    let once = |name: &str| {
        let found = parameters.iter().find(|parameter| parameter["name"] == name);
        found.is_some_and(|parameter| parameter["schema"]["uniqueItems"] == true)
    };
    assert!(once("sort") && once("expand") && !once("title.in"), "{parameters:#?}");
    let all = &made["components"]["schemas"];
    assert_eq!(all["CreateBook"]["properties"]["friend_ids"]["uniqueItems"], true);
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
fn where_a_request_chooses_fields_the_answer_may_be_a_part() {
    let schema = service(
        "resource Author { id: uuid @key operations { get public } }
         type BookPartial { x: string }
         resource Book { id: uuid @key title: string pin: string @writeonly box: BookPartial author_id: ref Author
            operations { list sort(title) fields public get expand(author) fields public create public } }
         resource Shelf { id: uuid @key operations { list public get fields public } }",
    );
    for version in ["3.1", "3.0"] {
        let made = document(&schema, &[("version", version)]);
        let all = &made["components"]["schemas"];
        let or = |one: &str, other: &str| {
            json!({"anyOf": [
                {"$ref": format!("#/components/schemas/{one}")}, {"$ref": format!("#/components/schemas/{other}")},
            ]})
        };
        let answer = |path: &str, method: &str, status: &str| {
            made["paths"][path][method]["responses"][status]["content"]["application/json"]["schema"].clone()
        };
        // Another name is taken.
        assert_eq!(answer("/books/{id}", "get", "200"), or("Book", "BookPartial2"));
        assert_eq!(all["BookPage"]["properties"]["items"]["items"], or("Book", "BookPartial2"));
        assert_eq!(answer("/books", "post", "201"), json!({"$ref": "#/components/schemas/Book"}));
        assert_eq!(all["BookPartial2"]["properties"], all["Book"]["properties"]);
        assert!(all["BookPartial2"].get("required").is_none(), "{all}");
        assert_eq!(answer("/shelves/{id}", "get", "200"), or("Shelf", "ShelfPartial"));
        assert_eq!(
            all["ShelfPage"]["properties"]["items"]["items"],
            json!({"$ref": "#/components/schemas/Shelf"})
        );
        let parameters = made["paths"]["/books"]["get"]["parameters"].as_array().cloned().unwrap_or_default();
        let fields =
            parameters.iter().find(|parameter| parameter["name"] == "fields").cloned().unwrap_or_default();
        assert_eq!(fields["explode"], false);
        let names = json!(["id", "title", "box", "author_id"]);
        let schema = json!({
            "type": "array", "items": {"type": "string", "enum": names}, "minItems": 1, "maxItems": 4, "uniqueItems": true,
        });
        assert_eq!(fields["schema"], schema);
        let none = made["paths"]["/shelves"]["get"]["parameters"].to_string();
        assert!(!none.contains("\"fields\""), "{none}");
    }
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
