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
        "resource Book { id: uuid @key title: string code: CreateBook operations { create public } }
         type CreateBook { text: string }",
        &[],
        &[("E0701", "two names become `CreateBook` in the Go SDK")],
    );
    check(
        "resource Book { id: uuid @key operations { list public action list_page() public } }",
        &[],
        &[("E0701", "two names become `ListPage` in the Go SDK")],
    );
    check(
        "resource Book { id: uuid @key foo_bar: Kind fooBar: string operations { get public } } enum Kind { a A }",
        &[],
        &[
            ("E0701", "two names become `A` in the Go SDK"),
            ("E0701", "two names become `FooBar` in the Go SDK"),
        ],
    );
}

#[test]
fn names_of_the_sdk_itself() {
    check(
        "resource Book { id: uuid @key new: New? operations { get public } }
         type New { text: string }",
        &[],
        &[("E0701", "`New` is already something else in the Go SDK")],
    );
}

#[test]
fn options_that_do_not_fit() {
    check(
        "resource Book { id: uuid @key operations { get public } }",
        &[("module", "../shop"), ("base_url", "javascript:alert(1)")],
        &[
            ("E0004", "the option `base_url` of `sdk-go` is no http address"),
            ("E0004", "the option `module` of `sdk-go` is no path of a Go module"),
        ],
    );
}

/// A schema with a service and these declarations.
fn service(declarations: &str) -> String {
    format!("namespace shop\nservice Shop {{ version \"1.0.0\" }}\n{declarations}\n")
}
