//! A schema in, its model out.
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

use atlas9_analyze::analyze_texts;
use atlas9_ir::Ir;

/// The model of a schema that is right.
pub fn model(files: &[(&str, &str)]) -> Ir {
    let (_, ir, diagnostics) = analyze_texts(files);
    ir.unwrap_or_else(|| panic!("the schema is wrong: {diagnostics:#?}"))
}
