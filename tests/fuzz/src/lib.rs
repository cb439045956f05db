//! What holds for any text whatever. Each function is a fuzz target; a stable test plays the corpus through all of them.
//!
//! To look for new cases, with a nightly compiler and `cargo install cargo-fuzz`:
//!
//! ```sh
//! cargo +nightly fuzz run --fuzz-dir tests/fuzz --features libfuzzer parse -- \
//!     -max_total_time=300 -timeout=10 -rss_limit_mb=512 -dict=tests/fuzz/atlas.dict
//! ```
//!
//! and the same with `analyse` and `fmt`. What it finds lies below `tests/fuzz/artifacts`; once mended, it belongs into the corpus.

mod schema;

pub use schema::schema;

use atlas9_diagnostics::{Color, Diagnostic, FileId, Level, SourceMap, json, text};
use atlas9_ir::Ir;

/// What separates the files of one input: a line that no `.atlas` file has.
const NEXT_FILE: &str = "\n=====\n";

/// Parses. Each finding has a place inside the text, says something, and can be shown.
///
/// # Panics
/// When that does not hold.
pub fn parse(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let mut sources = SourceMap::new();
    let id = sources.add("fuzz.atlas", source);
    let (_, diagnostics) = atlas9_syntax::parse(id, source);
    shown(&sources, &diagnostics);
}

/// Analyses the files of the input. There is a model exactly where there is no error; it survives its JSON form, and the lints.
///
/// # Panics
/// When that does not hold.
pub fn analyse(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let names: Vec<String> =
        (0..=source.matches(NEXT_FILE).count()).map(|index| format!("{index}.atlas")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(source.split(NEXT_FILE)).collect();
    let (sources, ir, diagnostics) = atlas9_analyze::analyze_texts(&files);
    shown(&sources, &diagnostics);
    assert_eq!(ir.is_none(), failed(&diagnostics), "a model exactly where there is no error");
    let Some(ir) = ir else { return };
    let written = serde_json::to_string(&ir).expect("the model has a JSON form");
    let read: Ir = serde_json::from_str(&written).expect("the model's JSON form can be read");
    assert!(read == ir, "the model survives its JSON form");
    let today = atlas9_lints::Date::parse("2026-11-21");
    let findings = atlas9_lints::run(&ir, &sources, &atlas9_lints::Config::new(today));
    shown(&sources, &findings);
}

/// Formats. The result formats to itself, has as many comments, and is read like the text before.
///
/// # Panics
/// When that does not hold.
pub fn fmt(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let Ok(once) = atlas9_syntax::format(FileId(0), source) else { return };
    let twice = atlas9_syntax::format(FileId(0), &once).expect("what was formatted can be formatted");
    assert_eq!(once, twice, "formatting twice is formatting once");
    let (before, _) = atlas9_syntax::parse(FileId(0), source);
    let (after, diagnostics) = atlas9_syntax::parse(FileId(0), &once);
    assert!(!failed(&diagnostics), "formatting breaks nothing");
    let sorted = |file: &atlas9_syntax::ast::File| {
        let mut texts: Vec<String> = file.comments.iter().map(|comment| comment.text.clone()).collect();
        texts.sort();
        texts
    };
    assert_eq!(sorted(&before), sorted(&after), "no comment is lost");
    assert_eq!(before.items.len(), after.items.len(), "no declaration is lost");
}

fn failed(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
}

fn shown(sources: &SourceMap, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        assert!(!diagnostic.message.is_empty(), "every finding says something");
        let spans = diagnostic.span.into_iter().chain(diagnostic.labels.iter().map(|label| label.span));
        for span in spans {
            let file = sources.get(span.file).expect("every place is in a file");
            assert!(file.text().get(span.range()).is_some(), "{:?} is no place", span.range());
        }
    }
    text(sources, diagnostics, Color::Off);
    json(sources, diagnostics);
}
