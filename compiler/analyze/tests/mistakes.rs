//! One mistake, one error: every word of the example misspelt, every line left out, one at a time.

use std::collections::BTreeSet;

use atlas9_analyze::analyze_texts;
use atlas9_diagnostics::{Color, text};

const SOURCE: &str = include_str!("fixtures/bookstore.atlas");

/// The different messages that a source gives, and how they are shown.
fn check(source: &str) -> (BTreeSet<String>, String) {
    let (sources, ir, diagnostics) = analyze_texts(&[("bookstore.atlas", source)]);
    assert_eq!(ir.is_some(), diagnostics.is_empty());
    let messages = diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect();
    (messages, text(&sources, &diagnostics, Color::Off))
}

/// Words that other places name in several ways, so that each of those places has a message of its own.
const NAMED_ELSEWHERE: [&str; 4] = ["Book", "book_id", "isbn", "per"];

#[test]
fn a_misspelt_word_is_told_once() {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut end = 0;
    for part in SOURCE.split_inclusive(|letter| !is_word(letter)) {
        let word = part.trim_end_matches(|letter| !is_word(letter));
        let mut changed = SOURCE.to_owned();
        changed.insert(end + word.len(), 'q');
        end += part.len();
        if !word.is_empty() {
            let (messages, shown) = check(&changed);
            assert!(messages.len() <= 1 || NAMED_ELSEWHERE.contains(&word), "{word}\n{shown}");
        }
    }
}

#[test]
fn a_missing_line_never_ends_in_a_panic() {
    let lines: Vec<&str> = SOURCE.lines().collect();
    for skipped in 0..lines.len() {
        let (before, after) = lines.split_at(skipped);
        let rest: Vec<&str> = before.iter().chain(after.iter().skip(1)).copied().collect();
        check(&rest.join("\n"));
    }
}
