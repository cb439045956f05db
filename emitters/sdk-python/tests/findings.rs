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
        "resource Book { id: uuid @key at: Place code: PlacePatch? operations { update public } }
         type Place { street: string? } type PlacePatch { text: string }",
        &[],
        &[("E0701", "two names become `PlacePatch` in the Python SDK")],
    );
    check(
        "resource Book { id: uuid @key class: string class_: string operations { get public } }",
        &[],
        &[("E0701", "two names become `class_` in the Python SDK")],
    );
}

#[test]
fn names_of_the_client_itself() {
    check(
        "resource Book { id: uuid @key operations { get public } } ",
        &[("package", "numbers")],
        &[("E0004", "the option `package` of `sdk-python` is a module of Python itself")],
    );
    let emitted = emit(
        "namespace shop service Shop { version \"1.0.0\" operation close() public }
         resource Book { id: uuid @key operations { get public } }",
        &[],
    );
    let messages: Vec<&str> = emitted.diagnostics.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["`close` is already something else in the Python SDK"]);
}

#[test]
fn options_that_do_not_fit() {
    check(
        "resource Book { id: uuid @key operations { get public } }",
        &[("package", "../shop"), ("base_url", "javascript:alert(1)")],
        &[
            ("E0004", "the option `package` of `sdk-python` is no name of a package on PyPI"),
            ("E0004", "the option `base_url` of `sdk-python` is no http address"),
        ],
    );
}

/// A schema with a service and these declarations.
fn service(declarations: &str) -> String {
    format!("namespace shop\nservice Shop {{ version \"1.0.0\" }}\n{declarations}\n")
}
