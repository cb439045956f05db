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

const BOOK: &str = "resource Book { id: uuid @key operations { get public } }";

#[test]
fn two_names_that_become_one() {
    check(
        "resource Book { id: uuid @key title: string code: CreateBook operations { create public } }
         type CreateBook { text: string }",
        &[],
        &[("E0701", "two names become `CreateBook` in the TypeScript SDK")],
    );
}

#[test]
fn names_of_the_sdk_itself() {
    check(
        "resource Book { id: uuid @key pages: Paginator? operations { get public } }
         type Paginator { text: string }",
        &[],
        &[("E0701", "`Paginator` is already something else in the TypeScript SDK")],
    );
}

#[test]
fn the_parameter_for_names_of_fields_hides_nothing() {
    let schema = |clause: &str| {
        format!(
            "resource Book {{ id: uuid @key names: Names? operations {{ get {clause} public }} }} type Names {{ text: string }}"
        )
    };
    check(&schema("fields"), &[], &[("E0701", "`Names` is already something else in the TypeScript SDK")]);
    let emitted = emit(&service(&schema("")), &[]);
    assert!(emitted.diagnostics.is_empty() && !emitted.files.is_empty(), "{:#?}", emitted.diagnostics);
}

#[test]
fn options_that_do_not_fit() {
    check(
        BOOK,
        &[("package", "../Shop"), ("base_url", "javascript:alert(1)"), ("repository", "`x`")],
        &[
            ("E0004", "the option `package` of `sdk-typescript` is no npm package name"),
            ("E0004", "the option `base_url` of `sdk-typescript` is no http address"),
            ("E0004", "the option `repository` of `sdk-typescript` is no http address"),
        ],
    );
}

/// A schema with a service and these declarations.
fn service(declarations: &str) -> String {
    format!("namespace shop\nservice Shop {{ version \"1.0.0\" }}\n{declarations}\n")
}
