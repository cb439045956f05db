//! The example of the language's design, from text to model.

#![expect(clippy::expect_used, reason = "a test may panic")]

use atlas9_analyze::analyze_texts;
use atlas9_diagnostics::{Color, text};
use atlas9_ir::Ir;

fn bookstore() -> Ir {
    let (sources, ir, diagnostics) =
        analyze_texts(&[("bookstore.atlas", include_str!("fixtures/bookstore.atlas"))]);
    assert!(diagnostics.is_empty(), "{}", text(&sources, &diagnostics, Color::Off));
    ir.expect("a model without errors")
}

#[test]
fn model_survives_json() {
    let ir = bookstore();
    let json = serde_json::to_string_pretty(&ir).expect("writes");
    assert_eq!(serde_json::from_str::<Ir>(&json).expect("reads"), ir);
}
