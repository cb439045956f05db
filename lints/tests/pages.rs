//! Every page keeps its word: Incorrect is found where it is marked, Correct is not, and the fix leads from one to the other.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use atlas9_lints::{FixKind, Lint, all};
use support::{check, fixed};

#[test]
fn pages_keep_their_word() {
    all().for_each(check_page);
}

fn check_page(lint: &Lint) {
    let (found, text) = check(lint.name, block(lint, "Incorrect"));
    assert!(!found.is_empty(), "{}: nothing is marked", lint.name);
    let (none, correct) = check(lint.name, block(lint, "Correct"));
    assert_eq!(none, [], "{}", lint.name);
    for fix in found.iter().filter_map(|finding| finding.fix.as_ref()) {
        assert_eq!(lint.fix(), Some(if fix.safe { FixKind::Safe } else { FixKind::Unsafe }), "{}", lint.name);
    }
    if lint.fix().is_some() {
        assert_eq!(fixed(&text, &found), correct, "{}", lint.name);
    }
}

/// The code of a section.
fn block<'a>(lint: &'a Lint, section: &str) -> &'a str {
    let (_, rest) = lint.page.split_once(&format!("\n## {section}\n\n```atlas\n")).unwrap();
    let (block, _) = rest.split_once("```\n").unwrap();
    block
}
