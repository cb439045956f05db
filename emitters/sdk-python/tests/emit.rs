//! What the package holds for what the schema says.
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use support::emit;

/// The file holds these lines, one somewhere behind the other.
fn check(declarations: &str, file: &str, expected: &[&str]) {
    let emitted = emit(&service(declarations), &[("package", "shop")]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let text = emitted.files.get(file).unwrap_or_else(|| panic!("no {file}"));
    let mut lines = text.lines().map(str::trim);
    for line in expected {
        assert!(lines.any(|found| found == *line), "`{line}` is missing, or out of order, in:\n{text}");
    }
}

#[test]
fn every_scalar_has_its_type() {
    for (scalar, annotation, read) in [
        ("bool", "bool", "data[\"value\"]"),
        ("int32", "int", "data[\"value\"]"),
        ("int64", "int", "int(data[\"value\"])"),
        ("float64", "float", "data[\"value\"]"),
        ("decimal(10, 2)", "Decimal", "Decimal(data[\"value\"])"),
        ("string", "str", "data[\"value\"]"),
        ("bytes", "bytes", "base64(data[\"value\"])"),
        ("uuid", "str", "data[\"value\"]"),
        ("date", "date", "date.fromisoformat(data[\"value\"])"),
        ("timestamp", "datetime", "timestamp(data[\"value\"])"),
        ("duration", "str", "data[\"value\"]"),
        ("json", "Any", "data.get(\"value\")"),
        ("int64?", "int | None", "None if (value := data.get(\"value\")) is None else int(value)"),
        ("[int64]", "list[int]", "[int(item) for item in data[\"value\"]]"),
        (
            "{string: [date]}",
            "dict[str, list[date]]",
            "{key: [date.fromisoformat(item_2) for item_2 in item] for key, item in data[\"value\"].items()}",
        ),
    ] {
        check(
            &format!("resource Thing {{ id: uuid @key value: {scalar} operations {{ get create public }} }}"),
            "src/shop/models.py",
            &["class Thing(Model):", &format!("value: {annotation}"), &format!("self.value = {read}")],
        );
    }
}

#[test]
fn a_structure_is_read_written_and_patched_in_its_own_shapes() {
    let schema = "resource Place { id: uuid @key at: Address operations { get create update public } }
                  type Address { street: string floor: string? lines: [string] count: int64? }";
    check(
        schema,
        "src/shop/models.py",
        &[
            "class Address(Model):",
            "floor: str | None",
            "class AddressInput(Model):",
            "floor: str | None | Unset",
            "lines: Sequence[str]",
            "return {\"street\": self.street, \"floor\": self.floor, \"lines\": self.lines, \"count\": int64(self.count)}",
            "class AddressPatch(Model):",
            "street: str | Unset",
        ],
    );
    check(
        schema,
        "src/shop/resources/places.py",
        &["at: AddressInput,", "at: AddressPatch | AddressInput | Unset = UNSET,"],
    );
}

#[test]
fn enums_are_open_unless_they_are_closed() {
    check(
        "resource Thing { id: uuid @key a: Open b: Shut operations { get public } }
         enum Open { x y }
         closed enum Shut { x y }",
        "src/shop/models.py",
        &["Open: TypeAlias = Literal[\"x\", \"y\"] | str", "Shut: TypeAlias = Literal[\"x\", \"y\"]"],
    );
}

#[test]
fn nested_resources_take_their_parents_keys_first() {
    check(
        "resource Book { id: uuid @key operations { get public } }
         resource Review in Book { id: int32 @key operations { get public } }",
        "src/shop/resources/reviews.py",
        &[
            "_GET = Operation(\"reviews.get\", \"GET\", \"/books/{book_id}/reviews/{id}\")",
            "book_id: str,",
            "id: int,",
            "/,",
            "(book_id, id),",
        ],
    );
}

#[test]
fn names_hide_nothing() {
    check(
        "resource Thing { id: uuid @key str: string? Any: json timeout: int32 self: date? date: date?
            operations { list get create public } }",
        "src/shop/models.py",
        &[
            "from builtins import str as str_",
            "from datetime import date as date_",
            "from typing import TYPE_CHECKING, Any as Any_",
            "str: str_ | None",
            "_self,",
        ],
    );
    check(
        "resource Thing { id: uuid @key timeout: int32 id_: int32 operations { update public action go(id: string) public } }",
        "src/shop/resources/things.py",
        &["timeout: int | Unset = UNSET,", "request_timeout: float | None = None,", "id_: str,", "id: str,"],
    );
    check(
        "resource Thing { id: uuid @key page: Page operations { list public } } type Page { number: int32 }",
        "src/shop/__init__.py",
        &["\"Page\": \"models\","],
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
    let given = [("package", "acme-shop"), ("base_url", "https://api.acme.example"), ("license", "MIT")];
    let files = emit(&schema, &given).files;
    let manifest = files.get("pyproject.toml").unwrap_or("");
    for line in
        ["name = \"acme-shop\"", "version = \"1.0.0\"", "license = \"MIT\"", "packages = [\"src/acme_shop\"]"]
    {
        assert!(manifest.contains(line), "{line} is missing in {manifest}");
    }
    assert!(
        files.get("src/acme_shop/_client.py").unwrap_or("").contains("base_url=\"https://api.acme.example\"")
    );
}

/// A schema with a service and these declarations.
fn service(declarations: &str) -> String {
    format!("namespace shop\nservice Shop {{ version \"1.0.0\" }}\n{declarations}\n")
}
