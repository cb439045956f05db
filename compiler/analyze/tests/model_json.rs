//! The model's JSON form: every case survives it, and a reader does not mind members that it does not know.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use atlas9_analyze::analyze_texts;
use atlas9_diagnostics::{Color, text};
use atlas9_ir::{FORMAT, Ir};
use serde_json::{Value, json};

#[test]
fn every_case_survives_and_takes_unknown_members() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("the cases can be read") {
        let path = entry.expect("the cases can be read").path();
        if path.is_dir() {
            continue;
        }
        let source = fs::read_to_string(&path).expect("the case can be read");
        let (sources, ir, diagnostics) = analyze_texts(&[("case.atlas", &source)]);
        assert!(diagnostics.is_empty(), "{}", text(&sources, &diagnostics, Color::Off));
        survives(&ir.expect("a model without errors"), &path.display().to_string());
        seen += 1;
    }
    assert!(seen > 5, "only {seen} cases");
}

fn survives(ir: &Ir, name: &str) {
    let written = serde_json::to_value(ir).expect("writes");
    assert_eq!(written["format"], FORMAT, "{name}");
    assert_eq!(serde_json::from_value::<Ir>(written.clone()).expect("reads"), *ir, "{name}");
    let mut newer = written.clone();
    add_members(&mut newer);
    assert_ne!(newer, written);
    assert_eq!(serde_json::from_value::<Ir>(newer).expect("reads what it does not know"), *ir, "{name}");
}

/// A member that nobody knows in each object but those that name a kind by their only member.
fn add_members(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(add_members),
        Value::Object(members) => {
            members.values_mut().for_each(add_members);
            if members.len() > 1 {
                members.insert("from_the_future".to_owned(), json!({"any": ["thing"]}));
            }
        }
        _ => {}
    }
}

#[test]
fn whole_numbers_are_not_rounded() {
    let source = "namespace shop\n\ntype Line {\n    count: int64 = 9223372036854775807\n}\n\nresource Pen {\n    id: uuid @key\n    line: Line\n}\n";
    let (_, ir, diagnostics) = analyze_texts(&[("a.atlas", source)]);
    assert_eq!(diagnostics, []);
    let ir = ir.expect("a model without errors");
    let written = serde_json::to_string(&ir).expect("writes");
    assert!(written.contains(r#"{"int":"9223372036854775807"}"#), "{written}");
    survives(&ir, "a.atlas");
}
