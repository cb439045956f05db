//! The limits of the language: at the bound all is well, beyond it there is one error with a place.

use std::thread;

use crate::common::rendered;
use atlas9_diagnostics::{Diagnostic, FileId, Level, codes};
use atlas9_syntax::{MAX_BYTES, format, parse};

fn errors(source: &str) -> Vec<Diagnostic> {
    parse(FileId(0), source).1
}

/// The source is read without an error.
fn check(source: &str) {
    let found = errors(source);
    assert_eq!(found, [], "{}", rendered(source, &found));
}

/// The source has this one error, at this offset.
fn check_one(source: &str, code: &str, at: usize) {
    let found = errors(source);
    let shown: Vec<_> =
        found.iter().map(|error| (error.code.as_ref(), error.span.expect("a place").range().start)).collect();
    assert_eq!(shown, [(code, at)]);
}

/// What can hold itself: the text before the levels, each level's beginning, what is inside, each level's end, the text behind.
const NESTED: [(&str, &str, &str, &str, &str); 9] = [
    ("type A = ", "[", "int", "]", ""),
    ("type A = ", "{string: ", "int", "}", ""),
    ("type A = ", "{", "int", ": int}", ""),
    ("type A {\n    rules {\n        a: ", "(", "b", ")", " \"t\"\n    }\n}\n"),
    ("type A {\n    rules {\n        a: ", "length(", "b", ")", " \"t\"\n    }\n}\n"),
    ("type A {\n    rules {\n        a: b in ", "[", "c", "]", " \"t\"\n    }\n}\n"),
    ("type A {\n    examples {\n        a { b: ", "[", "1", "]", " }\n    }\n}\n"),
    ("type A {\n    examples {\n        a { b: ", "{ b: ", "1", " }", " }\n    }\n}\n"),
    ("enum A @x", "(a: x", "", ")", " { a }\n"),
];

fn nested((before, open, inside, close, behind): (&str, &str, &str, &str, &str), levels: usize) -> String {
    format!("{before}{}{inside}{}{behind}", open.repeat(levels), close.repeat(levels))
}

/// How many levels stand around the place before the levels begin.
fn around(before: &str) -> usize {
    before.matches('{').count()
}

#[test]
fn nests_up_to_sixty_four_levels() {
    for kind in NESTED {
        let room = 64 - around(kind.0);
        check(&nested(kind, room));
        let deep = nested(kind, room + 1);
        let bracket = kind.1.find(['(', '[', '{']).expect("a bracket");
        check_one(&deep, codes::E0107.name, kind.0.len() + room * kind.1.len() + bracket);
        for levels in [1_000, 20_000] {
            let found = errors(&nested(kind, levels));
            assert_eq!(found.len(), 1, "{levels} levels of {}", kind.1);
        }
    }
}

#[test]
fn overflows_no_stack() {
    let run = || {
        for kind in NESTED {
            for levels in [64 - around(kind.0), 65, 5_000] {
                let source = nested(kind, levels);
                let (file, _) = parse(FileId(0), &source);
                // The formatter and whatever else walks the tree goes as deep.
                drop(file.clone());
                let _ = format(FileId(0), &source);
                let half = source.get(..kind.0.len() + levels * kind.1.len()).expect("the opening half");
                let _ = parse(FileId(0), half);
                let _ = parse(FileId(0), &format!("{}{}", kind.4, kind.3.repeat(levels)));
            }
        }
    };
    let small = thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).expect("a thread");
    small.join().expect("no overflow");
}

#[test]
fn reads_four_mebibytes() {
    let line = &format!("type A {{ a: string(1..=20)? = \"b\" @c(d: 1) }}  // {}\n", "e".repeat(2000));
    let mut source = line.repeat(MAX_BYTES / line.len());
    source.push_str(&"/".repeat(MAX_BYTES - source.len()));
    assert_eq!(source.len(), MAX_BYTES);
    let (file, found) = parse(FileId(0), &source);
    assert_eq!((file.items.len(), found), (MAX_BYTES / line.len(), Vec::new()));
    source.push('\n');
    check_one(&source, codes::E0107.name, 0);
    check_one(&"(".repeat(MAX_BYTES + 1), codes::E0107.name, 0);
}

#[test]
fn shows_a_hundred_errors_and_counts_the_others() {
    let note = |found: &[Diagnostic]| {
        let last = found.last().expect("a note");
        assert_eq!((found.len(), last.level, last.span.is_some()), (101, Level::Note, true));
        last.message.clone()
    };
    let broken = "resource A {\n    a b\n}\n";
    let stray = "type A { $ }\n";
    let unclosed = "type A {\n    a: b(\n}\n";
    for kind in [broken, stray, unclosed] {
        assert_eq!(errors(&kind.repeat(100)).len(), 100);
        assert_eq!(note(&errors(&kind.repeat(101))), "1 more error in how this file is written is not shown");
        let many = errors(&kind.repeat(10_000));
        assert_eq!(note(&many), "9900 more errors in how this file is written are not shown");
        let places: Vec<_> = many.iter().map(|error| error.span.expect("a place").start).collect();
        assert!(places.is_sorted(), "the first hundred are shown, in order");
        assert!(places[100] as usize <= 100 * kind.len());
    }
    let mixed = errors(&format!("{broken}{stray}{unclosed}").repeat(3_334));
    assert_eq!(note(&mixed), "9902 more errors in how this file is written are not shown");
}

/// A reader that looks at all before it again and again would take minutes for each.
#[test]
fn reads_long_runs_of_entries_in_one_go() {
    let lines = 100_000;
    let one_line = format!("service S {{ {}}}", "a 1 ".repeat(4 * lines));
    assert_eq!(errors(&one_line), Vec::new());
    let operations = format!("service S {{ {}}}", "operation foo() -> Bar ".repeat(lines));
    assert_eq!(errors(&operations), Vec::new());
    let deeper = format!("service S {{\n    operation foo() -> Bar\n{}}}", "        a 1\n".repeat(lines));
    assert_eq!(errors(&deeper).len(), 1);
    let unfinished = format!("service S {{\n    foo =\n{}}}", "          x = \n".repeat(lines));
    assert_eq!(errors(&unfinished).len(), 1);
    let uses = "x 1\nuse a.b\n".repeat(lines);
    assert_eq!(errors(&uses).len(), 101);
    let separators = format!("enum A {{ {}}}", "a, ".repeat(lines));
    assert!(matches!(errors(&separators).as_slice(), [one] if one.fix.is_none()));
}
