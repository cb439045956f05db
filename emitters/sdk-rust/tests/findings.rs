//! What cannot be expressed is an error at the declaration, and nothing is made.

mod support;

use support::emit;

/// The emitter finds exactly this.
fn check(declarations: &str, options: &[(&str, &str)], expected: &[(&str, &str)]) {
    let emitted = emit(&service(declarations), options);
    let found: Vec<(&str, &str)> =
        emitted.diagnostics.iter().map(|finding| (finding.code.as_ref(), finding.message.as_str())).collect();
    assert_eq!(found, expected);
    assert!(emitted.diagnostics.iter().all(|finding| finding.help.is_some()));
    assert!(emitted.files.is_empty());
}

#[test]
fn two_names_that_become_one() {
    check(
        "resource Book { id: uuid @key operations { create public } }
         type book { text: string } type Use { it: book? }",
        &[],
        &[("E0701", "two names become `Book` in the Rust SDK")],
    );
    check(
        "resource Book { id: uuid @key foo_bar: Kind fooBar: string operations { get public } } enum Kind { a A }",
        &[],
        &[
            ("E0701", "two names become `A` in the Rust SDK"),
            ("E0701", "two names become `foo_bar` in the Rust SDK"),
        ],
    );
}

#[test]
fn names_of_the_client_itself() {
    check(
        "operation from_env() -> Found at GET \"/env\" public; type Found { at: string }",
        &[],
        &[("E0701", "`from_env` is already something else in the Rust SDK")],
    );
}

#[test]
fn options_that_do_not_fit() {
    check(
        "resource Book { id: uuid @key operations { get public } }",
        &[("crate", "../shop"), ("base_url", "javascript:alert(1)")],
        &[
            ("E0004", "the option `base_url` of `sdk-rust` is no http address"),
            ("E0004", "the option `crate` of `sdk-rust` is no name of a crate"),
        ],
    );
}

/// A schema with a service and these declarations; what stands before a semicolon is the service's.
fn service(declarations: &str) -> String {
    let (inner, outer) = declarations.split_once(';').unwrap_or(("", declarations));
    format!("namespace shop\nservice Shop {{ version \"1.0.0\"\n{inner} }}\n{outer}\n")
}
