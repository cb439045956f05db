//! The formatter: a snapshot for each file in `format/`, and the design's example, which is laid out already.

use std::fs;

use crate::common::{BOOKSTORE, CONSTRUCTS, declarations, formatted};
use atlas9_diagnostics::FileId;
use atlas9_syntax::format;

#[test]
fn leaves_the_example_as_it_is() {
    assert_eq!(formatted(BOOKSTORE), BOOKSTORE);
    assert_eq!(formatted(CONSTRUCTS), CONSTRUCTS);
}

#[test]
fn finds_the_way_back_to_the_example() {
    // Below an operation of the service a setting and a clause are told apart by indentation.
    for (example, step) in [(BOOKSTORE, 0), (CONSTRUCTS, 1)] {
        let indent = |line: &str| " ".repeat((line.len() - line.trim_start().len()) / 4 * step);
        let line = |line| format!("{}{}\r\n", indent(line), squeeze(line));
        let squeezed: String = example.lines().map(line).collect();
        assert_eq!(formatted(&format!("\u{feff}{squeezed}")), example);
    }
}

#[test]
fn lays_out() {
    insta::glob!("format/*.atlas", |path| {
        let source = fs::read_to_string(path).expect("a case");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{source}----\n{}", formatted(&source)));
        });
    });
}

#[test]
fn accepts_an_empty_file() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted("\n\n"), "");
    assert_eq!(formatted("// alone"), "// alone\n");
}

#[test]
fn loses_no_comment() {
    for source in declarations().into_iter().filter(|part| part.len() < 1500) {
        for (at, _) in source.char_indices().filter(|(at, _)| is_boundary(&source, *at)) {
            let (before, after) = source.split_at(at);
            keeps_comment(&format!("{before}// kept\n{after}"));
            keeps_comment(&format!("{before}\n// kept\n\n{after}"));
        }
    }
}

/// Where a comment may stand, it is found again, and formatting settles.
fn keeps_comment(source: &str) {
    let (once, _) = format(FileId(0), source);
    assert_eq!(once.matches("// kept").count(), 1, "a comment was lost from\n{source}\nin\n{once}");
    assert_eq!(format(FileId(0), &once).0, once, "formatting again changes\n{once}");
}

/// Whether a token may begin at the offset.
fn is_boundary(source: &str, at: usize) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let (before, after) = source.split_at(at);
    let (last, next) = (before.chars().next_back(), after.chars().next());
    !(next.is_some_and(char::is_whitespace) || is_word(last) && is_word(next))
}

/// The line without indentation and with single spaces outside of texts.
fn squeeze(line: &str) -> String {
    let mut out = String::new();
    let mut in_text = line.trim_start().starts_with("///");
    for c in line.trim().chars() {
        in_text ^= c == '"';
        if in_text || c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}
