//! Any valid schema checks clean, survives formatting and its JSON form, and every emitter takes it; with any slips in it, it is formatted
//! around them.

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
    let (formatted, _) = atlas9_syntax::format(FileId(0), &source);
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

/// Takes some characters out at a place, and puts a sign there or a piece of the text.
fn slip(source: &str, (at, length, sign): (u16, u8, u8)) -> String {
    const SIGNS: &[&str] = &[
        "", "{", "}", "(", ")", "[", "]", "\"", "/", "//", "#", ":", ",", "@", "\n", "    ", "\r\n", "use ",
    ];
    let text: Vec<char> = source.chars().collect();
    let start = usize::from(at) * text.len() / (1 << 16);
    let end = (start + usize::from(length % 16)).min(text.len());
    let put: String = match SIGNS.get(usize::from(sign % 32)) {
        Some(sign) => (*sign).to_owned(),
        None => text.iter().skip(usize::from(sign) * text.len() / 256).take(20).collect(),
    };
    text[..start].iter().copied().chain(put.chars()).chain(text[end..].iter().copied()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_valid_schema_goes_all_the_way(choices in vec(any::<u8>(), 0..160)) {
        check(&choices);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_schema_is_formatted_around_its_slips(
        choices in vec(any::<u8>(), 0..160),
        slips in vec(any::<(u16, u8, u8)>(), 1..3),
    ) {
        let source = slips.into_iter().fold(schema(&choices), |source, it| slip(&source, it));
        atlas9_fuzz::fmt(source.as_bytes());
    }
}
