//! What the tests share: a schema in, what the emitter makes out.

#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use atlas9_analyze::analyze_texts;
use atlas9_diagnostics::{Color, text};
use atlas9_emit_sql::Sql;
use atlas9_emitters_core::{Context, Emitted, Emitter, OptionValue, Options};

/// What the emitter makes of a schema, which must be correct.
pub fn emit(schema: &str, databases: &[&str]) -> Emitted {
    emit_all(&[("schema.atlas", schema)], databases)
}

/// The same of several files.
pub fn emit_all(files: &[(&str, &str)], databases: &[&str]) -> Emitted {
    let (sources, ir, diagnostics) = analyze_texts(files);
    assert!(diagnostics.is_empty(), "{}", text(&sources, &diagnostics, Color::Off));
    let ir = ir.unwrap_or_else(|| panic!("a correct schema has a model"));
    let mut options = Options::defaults(Sql.options());
    let databases = databases.iter().map(|word| (*word).to_owned()).collect();
    options.set("databases", OptionValue::List(databases));
    Sql.emit(&ir, &Context { options: &options, siblings: &BTreeMap::new() })
}

/// The file that makes the tables; nothing may be wrong.
pub fn up(schema: &str, database: &str) -> String {
    let emitted = emit(schema, &[database]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    emitted.files.get(&format!("{database}/0001_create.up.sql")).unwrap_or_default().to_owned()
}

/// A schema with a service and these declarations.
pub fn service(declarations: &str) -> String {
    format!("namespace shop\nservice Shop {{ version \"1.0.0\" }}\n{declarations}\n")
}
