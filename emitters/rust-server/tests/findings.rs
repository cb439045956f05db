//! What cannot be expressed is an error at the declaration, and nothing is made.

mod support;

use support::{emit, model};

/// The emitter finds exactly this.
fn check(declarations: &str, options: &[(&str, &str)], expected: &[(&str, &str)]) {
    find(
        &format!("namespace shop\nservice Shop {{ version \"1.0.0\" }}\n{declarations}\n"),
        options,
        expected,
    );
}

/// As `check`, in a schema with a service of its own.
fn find(schema: &str, options: &[(&str, &str)], expected: &[(&str, &str)]) {
    let emitted = emit(&model(&[("test.atlas", schema)]), options, &[]);
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
        "resource Book { id: uuid @key code: BookId operations { get public } }
         type BookId { text: string }",
        &[],
        &[("E0701", "two names become `BookId` in the Rust server")],
    );
    check(
        "resource Book { id: uuid @key operations { get public action on_get() public } }",
        &[],
        &[("E0701", "two names become `on_get` in the Rust server")],
    );
}

#[test]
fn names_of_what_the_service_offers() {
    let clash = |declarations: &str| {
        find(
            &format!(
                "namespace shop
                 service Shop {{ version \"1.0.0\" operation books() public }}
                 {declarations}"
            ),
            &[],
            &[("E0701", "two names become `books` in the Rust server")],
        );
    };
    clash("resource Book { id: uuid @key operations { get public } }");
}

#[test]
fn options_that_do_not_fit() {
    let expected = [("E0004", "the option `module` of `rust-server` is no name of a Rust module")];
    for module in ["../shop", "fn", "a b", "1x", "x; INJECTED()"] {
        check(BOOK, &[("module", module)], &expected);
    }
}
