//! Any valid schema checks clean, survives formatting and its JSON form, and every emitter takes it.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use atlas9_analyze::analyze_texts;
use atlas9_diagnostics::{Color, FileId, text};
use atlas9_driver::EMITTERS;
use atlas9_emitters_core::{Context, Files, Options};
use atlas9_fuzz::schema;
use atlas9_ir::Ir;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, proptest};
use serde_json::Value;

/// The model of a schema that must be right.
fn model(source: &str) -> Ir {
    let (sources, ir, diagnostics) = analyze_texts(&[("shop.atlas", source)]);
    let shown = text(&sources, &diagnostics, Color::Off);
    ir.unwrap_or_else(|| panic!("{shown}\n{source}"))
}

/// The model without the places that formatting moves.
fn unplaced(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| {
                !matches!(name.as_str(), "files" | "extent" | "covers")
                    && !name.ends_with("span")
                    && !name.ends_with("spans")
            });
            members.values_mut().for_each(unplaced);
        }
        Value::Array(items) => items.iter_mut().for_each(unplaced),
        _ => {}
    }
}

fn meaning(ir: &Ir) -> Value {
    let mut value = serde_json::to_value(ir).expect("the model has a JSON form");
    unplaced(&mut value);
    value
}

fn emitted(ir: &Ir, source: &str) -> Vec<Files> {
    let made = EMITTERS.iter().map(|emitter| {
        let options = Options::defaults(emitter.options());
        let made = emitter.emit(ir, &Context { options: &options, siblings: &BTreeMap::new() });
        let told: Vec<&str> = made.diagnostics.iter().map(|told| told.message.as_str()).collect();
        assert!(told.is_empty(), "{}: {told:?}\n{source}", emitter.name());
        made.files
    });
    made.collect()
}

fn check(choices: &[u8]) {
    let source = schema(choices);
    let ir = model(&source);
    let formatted = atlas9_syntax::format(FileId(0), &source).expect("what is right can be formatted");
    assert_eq!(meaning(&ir), meaning(&model(&formatted)), "{source}\nand formatted\n{formatted}");
    atlas9_fuzz::fmt(source.as_bytes());
    let written = serde_json::to_string(&ir).expect("the model has a JSON form");
    let read: Ir = serde_json::from_str(&written).expect("the model's JSON form can be read");
    assert!(read == ir, "{source}");
    let (once, again) = (emitted(&ir, &source), emitted(&read, &source));
    for (once, again) in once.iter().zip(&again) {
        assert!(once.iter().eq(again.iter()), "{source}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_valid_schema_goes_all_the_way(choices in vec(any::<u8>(), 0..160)) {
        check(&choices);
    }
}
