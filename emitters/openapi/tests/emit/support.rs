//! What the tests share: a schema in, the document out.

#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use atlas9_analyze::analyze_texts;
use atlas9_diagnostics::{Color, text};
use atlas9_emit_openapi::OpenApi;
use atlas9_emitters_core::{Context, Emitted, Emitter, OptionValue, Options};
use serde_json::Value as Json;

/// What the emitter makes of a schema, which must be correct.
pub fn emit(schema: &str, given: &[(&str, &str)]) -> Emitted {
    let (sources, ir, diagnostics) = analyze_texts(&[("schema.atlas", schema)]);
    assert!(diagnostics.is_empty(), "{}", text(&sources, &diagnostics, Color::Off));
    let ir = ir.unwrap_or_else(|| panic!("a correct schema has a model"));
    let mut options = Options::defaults(OpenApi.options());
    for (name, value) in given {
        let value = match *name {
            "format" => OptionValue::List(value.split(',').map(str::to_owned).collect()),
            _ => OptionValue::Text((*value).to_owned()),
        };
        options.set(name, value);
    }
    OpenApi.emit(&ir, &Context { options: &options, siblings: &BTreeMap::new() })
}

/// The document in JSON; nothing may be wrong.
pub fn document(schema: &str, given: &[(&str, &str)]) -> Json {
    let emitted = emit(schema, given);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let text = emitted.files.get("openapi.json").unwrap_or_default();
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A schema with a service and these declarations.
pub fn service(declarations: &str) -> String {
    format!("namespace shop\nservice Shop {{ version \"1.0.0\" base_path \"/v1\" }}\n{declarations}\n")
}
