//! What the crate holds for what the schema says.
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use support::emit;

/// The file holds these lines, one somewhere behind the other.
fn check(declarations: &str, file: &str, expected: &[&str]) {
    let emitted = emit(&service(declarations), &[]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let text = emitted.files.get(file).unwrap_or_else(|| panic!("no {file}"));
    let mut lines = text.lines().map(str::trim);
    for line in expected {
        assert!(lines.any(|found| found == *line), "`{line}` is missing, or out of order, in:\n{text}");
    }
}

#[test]
fn every_scalar_has_its_type() {
    let wire = "#[serde(with = \"crate::api::wire\")]";
    for (scalar, expected) in [
        ("bool", vec!["pub value: bool,"]),
        ("int32", vec!["pub value: i32,"]),
        ("int", vec!["pub value: i64,"]),
        ("int64", vec![wire, "pub value: i64,"]),
        ("float64", vec!["pub value: f64,"]),
        ("decimal(10, 2)", vec![wire, "pub value: Decimal,"]),
        ("string", vec!["pub value: String,"]),
        ("bytes", vec![wire, "pub value: Vec<u8>,"]),
        ("uuid", vec!["pub value: Uuid,"]),
        ("date", vec!["pub value: Date,"]),
        ("timestamp", vec![wire, "pub value: Timestamp,"]),
        ("duration", vec!["pub value: Duration,"]),
        ("json", vec!["pub value: Value,"]),
        ("int64?", vec!["#[serde(with = \"crate::api::wire\", default)]", "pub value: Option<i64>,"]),
        ("[int64]", vec![wire, "pub value: Vec<i64>,"]),
        ("{string: [string]}", vec!["pub value: BTreeMap<String, Vec<String>>,"]),
    ] {
        let schema =
            format!("resource Thing {{ id: uuid @key value: {scalar} operations {{ get create public }} }}");
        check(&schema, "src/types.rs", &[["pub struct Thing {"].as_slice(), &expected].concat());
    }
}

#[test]
fn a_structure_is_read_written_and_patched_in_its_own_shapes() {
    let schema = "resource Place { id: uuid @key at: Address operations { get create update public } }
                  type Address { street: string floor: string? lines: [string] count: int64? }";
    check(
        schema,
        "src/types.rs",
        &[
            "pub struct Address {",
            "pub floor: Option<String>,",
            "pub struct AddressInput {",
            "#[serde(skip_serializing_if = \"Patch::is_unset\")]",
            "pub floor: Patch<String>,",
            "pub lines: Vec<String>,",
            "pub count: Patch<i64>,",
            "pub fn new(street: impl Into<String>) -> Self {",
            "Self { street: street.into(), floor: Patch::Unset, lines: Vec::new(), count: Patch::Unset }",
            "pub struct AddressPatch {",
            "pub street: Option<String>,",
        ],
    );
    check(
        schema,
        "src/places.rs",
        &[
            "pub fn create(&self, at: AddressInput) -> Call<CreatePlace> {",
            "pub fn update(&self, id: Uuid) -> Call<UpdatePlace> {",
            "pub fn at(mut self, at: AddressPatch) -> Self {",
        ],
    );
}

#[test]
fn nested_resources_take_their_parents_keys_first() {
    check(
        "resource Book { id: uuid @key operations { get public } }
         resource Review in Book { id: int32 @key operations { get public } }",
        "src/reviews.rs",
        &[
            "pub fn get(&self, book_id: Uuid, id: i32) -> Call<GetReview> {",
            "call.draft.key(book_id);",
            "call.draft.key(id);",
            "const PATH: &'static str = \"/books/{book_id}/reviews/{id}\";",
        ],
    );
}

#[test]
fn what_leads_back_to_itself_is_boxed() {
    check(
        "type Node { next: Node? all: [Node] by: Other? } type Other { back: Node? }
         resource Tree { id: uuid @key root: Node operations { get public } }",
        "src/types.rs",
        &[
            "pub next: Option<Box<Node>>,",
            "pub all: Vec<Node>,",
            "pub by: Option<Box<Other>>,",
            "pub root: Node,",
        ],
    );
}

#[test]
fn types_of_the_schema_hide_none_of_rust() {
    check(
        "type Option { value: string? } type String { it: Option? }
         resource Result { id: uuid @key it: String operations { get create public } }",
        "src/types.rs",
        &["pub value: ::std::option::Option<::std::string::String>,", "pub it: String,"],
    );
}

#[test]
fn what_must_not_be_logged_is_not_shown() {
    check(
        "resource Account { id: uuid @key secret: string @sensitive(secret) operations { get public } }",
        "src/types.rs",
        &["shown.field(\"id\", &self.id);", "shown.field(\"secret\", &Hidden);"],
    );
}

#[test]
fn many_resources_are_features() {
    let many: String = (0..21)
        .map(|at| format!("resource Thing{at} {{ id: uuid @key operations {{ get public }} }}\n"))
        .collect();
    check(
        &many,
        "Cargo.toml",
        &["[features]", "default = [\"full\"]", "full = [", "\"thing0s\",", "thing0s = []"],
    );
    check(&many, "src/lib.rs", &["#[cfg(feature = \"thing0s\")]", "pub mod thing0s;"]);
    check(&many, "src/client.rs", &["#[cfg(feature = \"thing0s\")]"]);
}

#[test]
fn the_calls_of_api_md_take_the_values_as_the_methods_do() {
    let schema = "resource Book {
                      id: uuid @key code: string tags: [string] price: Price at: timestamp? pages: int64
                      state: State = draft
                      operations { list filter(state, at) create update delete conditional public }
                  }
                  type Price { amount: decimal(10, 2) note: string? }
                  enum State { draft live }";
    check(
        schema,
        "api.md",
        &[
            "let mut books = client",
            ".state(package::State::Draft)",
            ".items();",
            ".create(\"string\", package::PriceInput::new(\"1\".parse()?), 1)",
            ".delete(\"0192f0c1-2b7e-7c3a-9f44-5d3e8a1b6c20\".parse()?, \"\\\"3\\\"\")",
        ],
    );
}

#[test]
fn the_same_schema_gives_the_same_bytes() {
    let schema =
        service("resource Book { id: uuid @key title: string operations { list get create public } }");
    assert_eq!(emit(&schema, &[]).files, emit(&schema, &[]).files);
}

#[test]
fn options_name_the_crate_and_the_service() {
    let schema = service("resource Book { id: uuid @key operations { get public } }");
    let given = [("crate", "acme-shop"), ("base_url", "https://api.acme.example"), ("license", "MIT")];
    let files = emit(&schema, &given).files;
    let manifest = files.get("Cargo.toml").unwrap_or("");
    assert!(manifest.contains("name = \"acme-shop\"\nversion = \"1.0.0\"\n"), "{manifest}");
    assert!(manifest.contains("license = \"MIT\"\n") && !manifest.contains("publish"), "{manifest}");
    let readme = files.get("README.md").unwrap_or("");
    assert!(readme.contains("use acme_shop::Client;\n") && !readme.contains(" package::"), "{readme}");
    assert!(
        files.get("src/client.rs").unwrap_or("").contains("base_url: Some(\"https://api.acme.example\")")
    );
}

/// A schema with a service and these declarations.
fn service(declarations: &str) -> String {
    format!("namespace shop\nservice Shop {{ version \"1.0.0\" }}\n{declarations}\n")
}
