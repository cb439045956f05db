//! What the package holds for what the schema says.
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
    for (scalar, expected) in [
        ("bool", "value: boolean;"),
        ("int32", "value: number;"),
        ("int", "value: number;"),
        ("int64", "value: bigint;"),
        ("float64", "value: number;"),
        ("decimal(10, 2)", "value: string;"),
        ("string", "value: string;"),
        ("bytes", "value: Uint8Array;"),
        ("uuid", "value: string;"),
        ("date", "value: string;"),
        ("timestamp", "value: string;"),
        ("duration", "value: string;"),
        ("json", "value: JsonValue;"),
    ] {
        check(
            &format!("resource Thing {{ id: uuid @key value: {scalar} operations {{ get create public }} }}"),
            "src/types.ts",
            &["export interface Thing {", expected],
        );
    }
}

/// Types of which each uses the next one, however many there are.
fn chain(last: &str) -> String {
    let types = (0..20_000).map(|index| format!("type T{index} {{ a: T{}? }}\n", index + 1));
    format!("{}type T20000 {{ a: {last} }}", types.collect::<String>())
}

#[test]
fn a_long_chain_of_types_without_shapes_is_gone_through() {
    check(
        &format!("resource Thing {{ id: uuid @key t: T0? operations {{ get public }} }} {}", chain("string")),
        "src/types.ts",
        &["export interface T0 {"],
    );
}

#[test]
fn a_long_chain_of_types_has_the_shape_of_its_end() {
    check(
        &format!(
            "resource Thing {{ id: uuid @key t: T0? operations {{ get create update public }} }} {}",
            chain("bytes")
        ),
        "src/shapes.ts",
        &["export const t0Shape: WireShape = {", "export const thingShape: WireShape = {"],
    );
}

#[test]
fn what_is_more_than_json_has_a_shape() {
    check(
        "resource Thing { id: int64 @key node: Node tags: [bytes] operations { list get public } }
         type Node { name: string count: int64? inner: [Node] }",
        "src/shapes.ts",
        &[
            "export const nodeShape: WireShape = {",
            "[\"count\", \"int64\"],",
            "[\"inner\", { items: () => nodeShape }],",
            "export const thingShape: WireShape = {",
            "[\"id\", \"int64\"],",
            "[\"node\", () => nodeShape],",
            "[\"tags\", { items: \"bytes\" }],",
        ],
    );
}

#[test]
fn a_structure_is_read_written_and_patched_in_its_own_shapes() {
    let schema = "resource Place { id: uuid @key at: Address operations { get create update public } }
                  type Address { street: string floor: string? lines: [string] }";
    check(
        schema,
        "src/types.ts",
        &[
            "export interface Address {",
            "floor: string | null;",
            "lines: string[];",
            "export interface AddressInput {",
            "street: string;",
            "floor?: string | null | undefined;",
            "lines: readonly string[];",
            "export interface AddressPatch {",
            "street?: string | undefined;",
        ],
    );
    check(
        schema,
        "src/places.ts",
        &["at: AddressInput;", "export interface UpdatePlace {", "at?: AddressPatch | undefined;"],
    );
}

#[test]
fn enums_are_open_unless_they_are_closed() {
    check(
        "resource Thing { id: uuid @key a: Open b: Shut operations { get public } }
         enum Open { x y }
         closed enum Shut { x y }",
        "src/types.ts",
        &["export type Open = \"x\" | \"y\" | (string & {});", "export type Shut = \"x\" | \"y\";"],
    );
}

#[test]
fn nested_resources_take_their_parents_keys_first() {
    check(
        "resource Book { id: uuid @key operations { get public } }
         resource Review in Book { id: int32 @key operations { get public } }",
        "src/reviews.ts",
        &[
            "get(bookId: string, id: number, options?: RequestOptions): ApiPromise<Review> {",
            "path: \"/books/{book_id}/reviews/{id}\",",
            "keys: [bookId, id],",
        ],
    );
}

#[test]
fn an_answer_has_the_type_of_the_fields_that_are_asked_for() {
    check(
        "resource Author { id: uuid @key operations { get public } }
         resource Book { id: uuid @key title: string pin: string @writeonly author_id: ref Author
            operations { list expand(author) paginate page(default: 2, max: 9) fields public get public update public } }",
        "src/books.ts",
        &[
            "export type BookField = \"id\" | \"title\" | \"author_id\";",
            "export interface ListBooks<Names extends readonly BookField[] | undefined = undefined> extends NumberedPageParams {",
            "fields?: Names | undefined;",
            "list<const Names extends readonly BookField[] | undefined = undefined>(",
            "params?: ListBooks<Names>,",
            "): Paginator<SelectedFields<Book, Names, BookExpand>, NumberedPage<SelectedFields<Book, Names, BookExpand>>> {",
            "get(id: string, options?: RequestOptions): ApiPromise<Book> {",
        ],
    );
    check(
        "resource Shelf { id: uuid @key operations { get fields public delete soft(keep: 3d) public } }",
        "src/shelves.ts",
        &[
            "options?: ShowDeletedOptions & FieldsOptions<Names>,",
            "): ApiPromise<SelectedFields<Shelf, Names>> {",
            "query: { show_deleted: options?.showDeleted, fields: options?.fields },",
        ],
    );
}

#[test]
fn names_that_mean_something_else_are_written_so_that_they_do_not() {
    check(
        "resource Type { default: string @key class: int32 constructor: string operations { get update public
         action is_new(options: bool) public } }",
        "src/types-resource.ts",
        &[
            "constructor?: string | undefined | object[\"constructor\"];",
            "get(default_: string, options?: RequestOptions): ApiPromise<Type> {",
            "isNew(default_: string, body: IsNewType, options?: IfMatchOptions): ApiPromise<void> {",
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
fn options_name_the_package_and_the_service() {
    let schema = service("resource Book { id: uuid @key operations { get public } }");
    let given = [("package", "@acme/shop"), ("base_url", "https://api.acme.example"), ("license", "MIT")];
    let files = emit(&schema, &given).files;
    let manifest = files.get("package.json").unwrap_or("");
    for line in
        ["\"name\": \"@acme/shop\",", "\"version\": \"1.0.0\",", "\"license\": \"MIT\",", "\"./books\": {"]
    {
        assert!(manifest.contains(line), "{line} is missing in {manifest}");
    }
    assert!(files.get("src/client.ts").unwrap_or("").contains("baseUrl: \"https://api.acme.example\""));
}

#[test]
fn a_deprecated_method_calls_no_deprecated_function() {
    check(
        "resource Book { id: uuid @key operations { get public delete public @deprecated(since: \"1.0.0\") } }",
        "src/books.ts",
        &[
            "return getBook(this.#client, id, options);",
            "return this.#client.request(",
            "operation: \"books.delete\",",
            "export function deleteBook(client: HttpClient, id: string, options?: IfMatchOptions): ApiPromise<void> {",
        ],
    );
}

/// A schema with a service and these declarations.
fn service(declarations: &str) -> String {
    format!("namespace shop\nservice Shop {{ version \"1.0.0\" }}\n{declarations}\n")
}

#[test]
fn texts_are_compared_as_the_service_compares_them() {
    check(
        "resource Book { id: uuid @key title: string(..=9) open: bool operations { list filter(title, open) public } }",
        "src/books.ts",
        &["title?: OrderFilter<string> | undefined;", "open?: FieldFilter<boolean> | undefined;"],
    );
}
