//! Files with mistakes: what is sound is formatted, what is broken stays byte for byte; a snapshot for each file in `partial/`.

use std::fs;

use atlas9_diagnostics::FileId;
use atlas9_syntax::parse;

use crate::common::{declarations, formatted, rendered};

#[test]
fn formats_what_is_sound() {
    insta::glob!("partial/*.atlas", |path| {
        let source = fs::read_to_string(path).expect("a case");
        let (_, diagnostics) = parse(FileId(0), &source);
        assert!(!diagnostics.is_empty(), "nothing is wrong");
        let shown = rendered(&source, &diagnostics);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{source}----\n{}----\n{shown}", formatted(&source)));
        });
    });
}

/// While there are mistakes, what is laid out ends its lines as the file does.
#[test]
fn keeps_the_line_end_of_the_file() {
    let windows = |text: &str| text.replace('\n', "\r\n");
    insta::glob!("partial/*.atlas", |path| {
        let source = fs::read_to_string(path).expect("a case");
        assert_eq!(formatted(&windows(&source)), windows(&formatted(&source)), "{}", path.display());
    });
    let check = |source: &str, expected: &str| assert_eq!(formatted(source), expected);
    check(
        "enum  X { a }\r\n\r\n\r\n// c\r\nenum B { = }\r\n",
        "enum X { a }\r\n\r\n\r\n// c\r\nenum B { = }\r\n",
    );
    check(
        "enum B { = }\r\nenum  X { a }\nenum  Y { a }",
        "enum B { = }\r\nenum X { a }\r\n\r\nenum Y { a }\r\n",
    );
    check("// one\nenum B { = }\r\nenum  X { a }\r\n", "// one\nenum B { = }\r\nenum X { a }\n");
    check("enum  X { a }\r\nenum  Y { a }\r\n", "enum X { a }\n\nenum Y { a }\n");
}

const ABOVE: &str = "/// First.\nenum   First  {  a }\n\n\n";
const BELOW: &str = "\n\n/// Last.\nenum   Last  {  z }\n";

/// The declarations with the head of their file, without what must stand above everything else.
fn parts() -> Vec<(String, String)> {
    let part = |source: String| {
        let (head, part) = source.split_at(source.find("\n\n").expect("a namespace") + 2);
        let lines = part.split_inclusive('\n').filter(|line| !line.starts_with("use "));
        (head.to_owned(), lines.collect())
    };
    declarations().into_iter().map(part).collect()
}

/// A slip in one declaration leaves it as it is, and those around it are formatted.
#[test]
fn a_slip_keeps_to_its_declaration() {
    let mut slips = 0;
    for (head, part) in parts() {
        let part = part.replace("    ", "  ");
        for (at, deleted) in part.char_indices().step_by(2) {
            let slip = format!("{}{}", &part[..at], &part[at + deleted.len_utf8()..]);
            let source = format!("{head}{ABOVE}{slip}{BELOW}");
            if parse(FileId(0), &source).1.is_empty() {
                continue;
            }
            slips += 1;
            let result = formatted(&source);
            let above = result.starts_with(&format!("{head}/// First.\nenum First {{ a }}\n"));
            assert!(above, "what stands above the slip is not formatted:\n{result}");
            let below = result.ends_with("/// Last.\nenum Last { z }\n");
            assert!(below, "what stands below the slip is not formatted:\n{result}");
            assert!(result.contains(&slip), "what is broken is not left as it is:\n{source}\nis\n{result}");
        }
    }
    assert!(slips > 500, "{slips}");
}

/// Nothing goes wrong where the author's own lines are out of place.
#[test]
fn a_slip_in_a_file_without_indentation_changes_nothing_else() {
    for (head, part) in parts() {
        let part: String = part.lines().map(|line| format!("{}\n", line.trim())).collect();
        for (at, deleted) in part.char_indices().step_by(53) {
            let slip = format!("{}{}", &part[..at], &part[at + deleted.len_utf8()..]);
            formatted(&format!("{head}{ABOVE}{slip}{BELOW}"));
            formatted(&format!("{head}{ABOVE}{slip}  {part}"));
        }
    }
}
