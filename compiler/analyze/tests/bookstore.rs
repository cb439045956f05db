//! The example of the language's design, from text to model.

#![expect(clippy::expect_used, reason = "a test may panic")]

use atlas9_analyze::analyze_texts;
use atlas9_diagnostics::{Color, text};
use atlas9_ir::{ErrorKind, Ir, OperationKind};
use heck::ToUpperCamelCase;

fn bookstore() -> Ir {
    let (sources, ir, diagnostics) =
        analyze_texts(&[("bookstore.atlas", include_str!("fixtures/bookstore.atlas"))]);
    assert!(diagnostics.is_empty(), "{}", text(&sources, &diagnostics, Color::Off));
    ir.expect("a model without errors")
}

#[test]
fn the_model_survives_json() {
    let ir = bookstore();
    let json = serde_json::to_string(&ir).expect("writes");
    assert_eq!(serde_json::from_str::<Ir>(&json).expect("reads"), ir);
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    let json = || serde_json::to_string(&bookstore()).expect("writes");
    assert_eq!(json(), json());
}

#[test]
fn rows_that_actions_leave_behind_are_known() {
    let ir = bookstore();
    let book = ir.resources.values().find(|resource| resource.name == "Book").expect("a book");
    let by_code = book.operations.iter().filter(|operation| match &operation.kind {
        OperationKind::Action(action) => action.needs_code(),
        _ => false,
    });
    assert_eq!(by_code.map(|operation| operation.name.as_str()).collect::<Vec<_>>(), ["reprice"]);
    assert_eq!(ir.place(book.span), "bookstore.atlas:39");
}

#[test]
fn the_standard_library_has_one_error_for_each_kind() {
    let names: Vec<String> = ErrorKind::ALL.iter().map(|kind| kind.word().to_upper_camel_case()).collect();
    let text = format!(
        "namespace all\nuse std.errors.*\nservice All {{\n version \"1.0.0\"\n raises {}\n}}\n",
        names.join(", ")
    );
    let (_, ir, diagnostics) = analyze_texts(&[("all.atlas", &text)]);
    assert_eq!(diagnostics, []);
    let ir = ir.expect("a model");
    let errors: Vec<_> = ir.errors.values().map(|error| (error.kind, error.code.as_str())).collect();
    assert_eq!(errors, ErrorKind::ALL.map(|kind| (kind, kind.word())));
    assert!(ir.errors.values().all(|error| !error.message.is_empty() && !error.remedy.is_empty()));
    assert!(atlas9_std::FILES.iter().all(|(name, _)| name.starts_with("std/")));
}
