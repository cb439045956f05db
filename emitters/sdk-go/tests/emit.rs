//! What the module holds for what the schema says.
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use support::emit;

/// The file holds these lines, one somewhere behind the other.
fn check(declarations: &str, file: &str, expected: &[&str]) {
    let emitted = emit(&service(declarations), &[]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let text = emitted.files.get(file).unwrap_or_else(|| panic!("no {file}"));
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = text.lines().map(words);
    for line in expected {
        assert!(lines.any(|found| found == *line), "`{line}` is missing, or out of order, in:\n{text}");
    }
}

#[test]
fn every_scalar_has_its_type() {
    for (scalar, expected) in [
        ("bool", "bool `json:\"value\"`"),
        ("int32", "int32 `json:\"value\"`"),
        ("int", "int64 `json:\"value\"`"),
        ("int64", "int64 `json:\"value,string\"`"),
        ("float64", "float64 `json:\"value\"`"),
        ("decimal(10, 2)", "api.Decimal `json:\"value\"`"),
        ("string", "string `json:\"value\"`"),
        ("bytes", "[]byte `json:\"value\"`"),
        ("uuid", "string `json:\"value\"`"),
        ("date", "api.Date `json:\"value\"`"),
        ("timestamp", "time.Time `json:\"value\"`"),
        ("duration", "api.Duration `json:\"value\"`"),
        ("json", "json.RawMessage `json:\"value\"`"),
        ("int64?", "*int64 `json:\"value,string\"`"),
        ("bytes?", "[]byte `json:\"value\"`"),
        ("[int64]", "[]api.Int64 `json:\"value\"`"),
        ("{string: [string]}", "map[string][]string `json:\"value\"`"),
    ] {
        check(
            &format!("resource Thing {{ id: uuid @key value: {scalar} operations {{ get create public }} }}"),
            "models.go",
            &["type Thing struct {", &format!("Value {expected}")],
        );
    }
}

#[test]
fn a_structure_is_read_written_and_patched_in_its_own_shapes() {
    let schema = "resource Place { id: uuid @key at: Address operations { get create update public } }
                  type Address { street: string floor: string? lines: [string] count: int64? }";
    check(
        schema,
        "models.go",
        &[
            "type Address struct {",
            "Floor *string `json:\"floor\"`",
            "type AddressInput struct {",
            "Floor opt.Value[string] `json:\"floor,omitzero\"`",
            "Lines []string `json:\"lines\"`",
            "Count opt.Value[api.Int64] `json:\"count,omitzero\"`",
            "type AddressPatch struct {",
            "Street opt.Value[string] `json:\"street,omitzero\"`",
        ],
    );
    check(
        schema,
        "places.go",
        &["At AddressInput `json:\"at\"`", "At opt.Value[AddressPatch] `json:\"at,omitzero\"`"],
    );
}

#[test]
fn what_is_sensitive_is_printed_by_nobody() {
    let schema = "resource Account { id: uuid @key card: Card pin: string @writeonly @sensitive
                      operations { get create public } }
                  resource Order { id: uuid @key by_id: ref Account string: string operations { get expand(by) public } }
                  type Card { number: string @sensitive string: string }
                  type Plain { string: string }";
    check(
        schema,
        "models.go",
        &[
            "type Card struct {",
            "Number string `json:\"number\" log:\"-\"`",
            "String_ string `json:\"string\"`",
            "func (v Card) String() string {",
            "func (v Card) GoString() string {",
            "func (v Card) LogValue() slog.Value {",
            "return api.Logged(v)",
            "type Plain struct {",
            "String string `json:\"string\"`",
            "func (v Account) LogValue() slog.Value {",
            "type Order struct {",
            "String_ string `json:\"string\"`",
            "func (v Order) LogValue() slog.Value {",
        ],
    );
    check(
        schema,
        "accounts.go",
        &[
            "type CreateAccount struct {",
            "Pin string `json:\"pin\" log:\"-\"`",
            "func (v CreateAccount) String() string {",
        ],
    );
}

#[test]
fn only_an_answer_that_may_be_null_is_nil() {
    check(
        "resource Book { id: uuid @key operations { get public action price() -> Price? public } }
         type Price { amount: int32 }",
        "books.go",
        &[
            "return api.Send[Book](ctx, r.client, api.Call{",
            "func (r *Books) Price(ctx context.Context, id string, opts ...option.Option) (*Price, error) {",
            "return api.SendValue[*Price](ctx, r.client, api.Call{",
        ],
    );
}

#[test]
fn nested_resources_take_their_parents_keys_first() {
    check(
        "resource Book { id: uuid @key operations { get public } }
         resource Review in Book { id: int32 @key operations { get public } }",
        "reviews.go",
        &[
            "func (r *Reviews) Get(ctx context.Context, bookID string, id int32, opts ...option.Option) (*Review, error) {",
            "Path: \"/books/{book_id}/reviews/{id}\",",
            "Keys: []any{bookID, id},",
        ],
    );
}

#[test]
fn names_that_would_be_one_differ() {
    check(
        "resource Thing { id: uuid @key kind: Kind client: Client? operations { get public } }
         enum Kind { paper Paper @name(go: \"KindOther\") }
         type Client { name: string }",
        "models.go",
        &["KindPaper Kind = \"paper\"", "KindOther Kind = \"Paper\"", "type Client struct {"],
    );
    check(
        "resource Client { id: uuid @key operations { get public } }",
        "client.go",
        &["type ShopClient struct {", "func New(opts ...option.Option) (*ShopClient, error) {"],
    );
}

#[test]
fn files_are_built_on_every_system() {
    let emitted = emit(
        &service(
            "resource Window { id: uuid @key operations { get public } }
             resource AppWindow { id: uuid @key operations { get public } }
             singleton UnitTest { name: string = \"\" operations { get public } }",
        ),
        &[],
    );
    let paths: Vec<&str> = emitted.files.iter().map(|(path, _)| path.as_str()).collect();
    for file in ["windows.go", "appwindows.go", "unittest.go"] {
        assert!(paths.contains(&file), "{file} is missing in {paths:?}");
    }
}

#[test]
fn the_same_schema_gives_the_same_bytes() {
    let schema =
        service("resource Book { id: uuid @key title: string operations { list get create public } }");
    assert_eq!(emit(&schema, &[]).files, emit(&schema, &[]).files);
}

#[test]
fn the_code_of_readme_is_that_of_the_examples() {
    let schema = "resource Book { id: uuid @key title: string note: string? state: State = draft
                      operations { list get create update public
                          action sell() -> Book moves state draft -> sold else Sold public } }
                  enum State { draft sold }
                  error Sold: conflict { message \"Sold.\" }";
    let files = emit(&service(schema), &[]).files;
    let (readme, examples) =
        (files.get("README.md").unwrap_or(""), files.get("example_test.go").unwrap_or(""));
    let blocks = readme.split("```go\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let blocks: Vec<&str> = blocks.map(|(block, _)| block).collect();
    assert_eq!(blocks.len(), 4, "{readme}");
    for block in blocks {
        let indented: String = block.lines().map(|line| format!("\t{line}\n")).collect();
        assert!(examples.contains(&indented), "{indented}\nis missing in\n{examples}");
    }
    assert_eq!(examples.matches("// Output:").count(), 3, "{examples}");
}

#[test]
fn options_name_the_module_and_the_service() {
    let schema = service("resource Book { id: uuid @key operations { get public } }");
    let given =
        [("repository", "https://git.example.com/acme/shop.git"), ("base_url", "https://api.acme.example")];
    let files = emit(&schema, &given).files;
    assert_eq!(files.get("go.mod"), Some("module git.example.com/acme/shop\n\ngo 1.25\n"));
    assert!(files.get("client.go").unwrap_or("").contains("BaseURL:     \"https://api.acme.example\","));
    let files = emit(&schema, &[("module", "example.com/other")]).files;
    assert!(files.get("books.go").unwrap_or("").contains("\"example.com/other/api\""));
    assert!(files.get("option/option.go").unwrap_or("").contains("\"example.com/other/api\""));
}

/// A schema with a service and these declarations.
fn service(declarations: &str) -> String {
    format!("namespace shop\nservice Shop {{ version \"1.0.0\" }}\n{declarations}\n")
}
