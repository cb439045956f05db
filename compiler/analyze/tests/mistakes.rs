//! One mistake, one error: every word of two examples misspelt, every line left out, one at a time.

use std::collections::BTreeSet;

use atlas9_analyze::analyze_texts;
use atlas9_diagnostics::{Color, text};

const BOOKSTORE: &str = include_str!("fixtures/bookstore.atlas");
const OPERATIONS: &str = include_str!("fixtures/operations.atlas");

/// The different messages that a source gives, and how they are shown.
fn check(source: &str) -> (BTreeSet<String>, String) {
    let (sources, ir, diagnostics) = analyze_texts(&[("example.atlas", source)]);
    assert_eq!(ir.is_some(), diagnostics.is_empty());
    let messages = diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect();
    (messages, text(&sources, &diagnostics, Color::Off))
}

/// Misspells each word. `elsewhere` are those that other places name in several ways, so that each of those places has a
/// message of its own.
fn misspell(source: &str, elsewhere: &[&str]) {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let (_, shown) = check(source);
    assert_eq!(shown, "");
    let (mut end, mut noisy) = (0, Vec::new());
    for part in source.split_inclusive(|letter| !is_word(letter)) {
        let word = part.trim_end_matches(|letter| !is_word(letter));
        let mut changed = source.to_owned();
        changed.insert(end + word.len(), 'q');
        end += part.len();
        if word.is_empty() || elsewhere.contains(&word) {
            continue;
        }
        let (messages, shown) = check(&changed);
        if messages.len() > 1 {
            noisy.push(format!("{word}\n{shown}"));
        }
    }
    assert!(noisy.is_empty(), "{}", noisy.join("\n"));
}

#[test]
fn a_misspelt_word_is_told_once() {
    misspell(BOOKSTORE, &["Book", "book_id", "isbn", "per"]);
}

#[test]
fn a_misspelt_word_of_an_operation_is_told_once() {
    misspell(OPERATIONS, &["per", "Book", "book_id", "id"]);
}

#[test]
fn a_missing_line_never_ends_in_a_panic() {
    for source in [BOOKSTORE, OPERATIONS] {
        let lines: Vec<&str> = source.lines().collect();
        for skipped in 0..lines.len() {
            let (before, after) = lines.split_at(skipped);
            let rest: Vec<&str> = before.iter().chain(after.iter().skip(1)).copied().collect();
            check(&rest.join("\n"));
        }
    }
}
