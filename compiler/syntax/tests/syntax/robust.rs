//! No text makes the parser or the formatter panic, and one slip gives one error.

use crate::common::{BOOKSTORE, declarations, formatted, rendered};
use atlas9_diagnostics::FileId;
use atlas9_syntax::parse;

/// Parses; whatever is reported has a place inside of the text and can be shown.
fn check(source: &str) -> usize {
    let (_, diagnostics) = parse(FileId(0), source);
    for diagnostic in &diagnostics {
        let range = diagnostic.span.expect("a place").range();
        assert!(source.get(range.clone()).is_some(), "{range:?} is no place in\n{source}");
        assert!(
            !diagnostic.message.is_empty() && diagnostic.help.as_ref().is_some_and(|help| !help.is_empty())
        );
    }
    diagnostics.len()
}

#[test]
fn one_slip_gives_one_error_at_most() {
    for source in declarations() {
        for (at, deleted) in source.char_indices() {
            let slip = format!("{}{}", &source[..at], &source[at + deleted.len_utf8()..]);
            let (_, diagnostics) = parse(FileId(0), &slip);
            assert!(
                diagnostics.len() <= 1,
                "without {deleted:?} at {at}:\n{}",
                rendered(&slip, &diagnostics)
            );
        }
    }
}

#[test]
fn reads_every_beginning() {
    for source in declarations() {
        for (at, _) in source.char_indices() {
            check(&source[..at]);
        }
    }
}

#[test]
fn reads_the_whole_example_with_slips() {
    for at in (0..BOOKSTORE.len()).step_by(29) {
        check(&BOOKSTORE[..at]);
        let slip = format!("{}{}", &BOOKSTORE[..at], &BOOKSTORE[at + 1..]);
        assert!(check(&slip) <= 1, "without byte {at}");
        formatted(&slip);
    }
}

#[test]
fn reads_what_is_no_schema() {
    let odd = [
        "(", "{\n", "}", "[{(", "\"", "/", "///", "\u{1}é", "'", "' \" ", "&&", "#", ";", "@", "a ", "- ",
        "\\",
    ];
    for piece in odd {
        for around in
            ["", "resource A {\n", "resource A {\n a: ", "resource A {\n operations {\n", "enum A { a "]
        {
            check(&format!("{around}{}", piece.repeat(300)));
            check(&format!("{around}{}\n}}\n}}\nenum B {{ b }}\n", piece.repeat(300)));
        }
    }
}
