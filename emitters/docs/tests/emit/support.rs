//! A schema in, the page out.

use std::collections::BTreeMap;

use atlas9_analyze::analyze_texts;
use atlas9_emit_docs::Docs;
use atlas9_emitters_core::{Context, Emitter, OptionValue, Options};

/// The page of a schema, under options.
pub fn page(schema: &str, given: &[(&str, &str)]) -> String {
    let (_, ir, diagnostics) = analyze_texts(&[("test.atlas", schema)]);
    let ir = ir.unwrap_or_else(|| panic!("the schema is wrong: {diagnostics:#?}"));
    let mut options = Options::defaults(Docs.options());
    for (name, value) in given {
        options.set(name, OptionValue::Text((*value).to_owned()));
    }
    let emitted = Docs.emit(&ir, &Context { options: &options, siblings: &BTreeMap::new() });
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    emitted.files.get("index.html").unwrap_or_else(|| panic!("there is no page")).to_owned()
}

/// The page without its style and its script.
pub fn body(page: &str) -> &str {
    let (_, rest) = page.split_once("</style>").unwrap_or_else(|| panic!("there is no style"));
    rest.split_once("<script>").map_or(rest, |(body, _)| body)
}
