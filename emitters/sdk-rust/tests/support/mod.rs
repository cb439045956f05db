//! A schema in, the crate out.
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use atlas9_analyze::analyze_texts;
use atlas9_emit_sdk_rust::SdkRust;
use atlas9_emitters_core::{Context, Emitted, Emitter, OptionValue, Options};

/// What the emitter makes of a schema, under options.
pub fn emit(schema: &str, given: &[(&str, &str)]) -> Emitted {
    let (_, ir, diagnostics) = analyze_texts(&[("test.atlas", schema)]);
    let ir = ir.unwrap_or_else(|| panic!("the schema is wrong: {diagnostics:#?}"));
    let mut options = Options::defaults(SdkRust.options());
    for (name, value) in given {
        options.set(name, OptionValue::Text((*value).to_owned()));
    }
    SdkRust.emit(&ir, &Context { options: &options, siblings: &BTreeMap::new() })
}
