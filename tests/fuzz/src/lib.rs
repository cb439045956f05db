//! What holds for any text whatever. Each function is a fuzz target; a stable test plays the corpus through all of them.
//!
//! To look for new cases, with a nightly compiler and `cargo install cargo-fuzz`:
//!
//! ```sh
//! cargo +nightly fuzz run --fuzz-dir tests/fuzz --features libfuzzer --sanitizer none parse -- \
//!     -max_total_time=300 -timeout=10 -rss_limit_mb=512 -dict=tests/fuzz/atlas.dict
//! ```
//!
//! and the same with `analyse` and `fmt`. All of it is safe Rust, in which the address sanitizer finds nothing; the freed memory that it keeps
//! would count against the limit. What it finds lies below `tests/fuzz/artifacts`; once mended, it belongs into the corpus,
//! which holds some of what it has found new, the short ones: `-merge=1` tells which those are.

mod schema;

pub use schema::schema;

use std::mem::discriminant;

use atlas9_diagnostics::{Color, Diagnostic, FileId, Level, SourceMap, json, text};
use atlas9_ir::Ir;
use atlas9_syntax::ast::File;

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

/// Formats. The result formats to itself, has the same words in the same order and the same comments, and is read like the text before:
/// the same declarations are there, and the same is said.
///
/// # Panics
/// When that does not hold.
pub fn fmt(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let (once, told) = atlas9_syntax::format(FileId(0), source);
    let (twice, told_again) = atlas9_syntax::format(FileId(0), &once);
    assert_eq!(once, twice, "formatting twice is formatting once");
    let (before, _) = atlas9_syntax::parse(FileId(0), source);
    let (after, _) = atlas9_syntax::parse(FileId(0), &once);
    assert_eq!(messages(&told), messages(&told_again), "the same is said");
    assert_eq!(comments(&before), comments(&after), "no comment is lost");
    assert_eq!(words(source, &before), words(&once, &after), "no word is lost");
    let kinds = |file: &File| file.items.iter().map(|item| discriminant(&item.kind)).collect::<Vec<_>>();
    assert_eq!(kinds(&before), kinds(&after), "no declaration is lost");
}

fn messages(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|told| told.message.as_str()).collect()
}

fn comments(file: &File) -> Vec<&str> {
    let mut texts: Vec<&str> = file.comments.iter().map(|comment| comment.text.as_str()).collect();
    texts.sort_unstable();
    texts
}

/// The words and signs, without comments and without what formatting adds and takes away: commas and empty parentheses.
fn words(source: &str, file: &File) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in without_comments(source, file).replace(',', " ").chars() {
        match words.last_mut() {
            Some(word) if is_word(last) && is_word(c) => word.push(c),
            Some(open) if open == "(" && c == ')' => drop(words.pop()),
            _ if c.is_whitespace() => {}
            _ => words.push(c.to_string()),
        }
        last = c;
    }
    words
}

fn without_comments(source: &str, file: &File) -> String {
    let mut out = String::new();
    let mut start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let places = file.comments.iter().map(|comment| comment.span.range());
    for place in places.chain(std::iter::once(source.len()..source.len())) {
        out.push_str(source.get(start..place.start).unwrap_or(""));
        out.push(' ');
        start = place.end;
    }
    out
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
