//! Every page keeps its word: Incorrect is found where it is marked, Correct is not, the fix leads from one to the other, Cases
//! are as they say, and whatever is found can be allowed.

use std::panic;

use crate::support::{allowed, blocks, check, fixed_and_laid_out};
use atlas9_lints::{FixKind, Lint, all};

#[test]
fn pages_keep_their_word() {
    let wrong: Vec<_> = all().filter(|lint| panic::catch_unwind(|| check_page(lint)).is_err()).collect();
    assert!(wrong.is_empty(), "{:?}", wrong.iter().map(|lint| lint.name).collect::<Vec<_>>());
}

fn check_page(lint: &Lint) {
    let (found, text) = check(lint.name, block(lint, "Incorrect"));
    assert!(!found.is_empty(), "{}: nothing is marked", lint.name);
    let (none, correct) = check(lint.name, block(lint, "Correct"));
    assert_eq!(none, [], "{}", lint.name);
    for finding in found.iter().filter(|finding| finding.fix.is_some() || finding.rename.is_some()) {
        let safe = finding.fix.as_ref().is_some_and(|fix| fix.safe);
        assert_eq!(lint.fix(), Some(if safe { FixKind::Safe } else { FixKind::Unsafe }), "{}", lint.name);
    }
    if lint.fix().is_some() {
        assert_eq!(fixed_and_laid_out(&text, &found), correct, "{}", lint.name);
    }
    for case in blocks(lint, "Cases") {
        check(lint.name, case);
    }
    // An import stands in no declaration, so that nothing can allow it; there is no need to keep one.
    if lint.name != "unused_import" {
        allowed(lint.name, &text);
    }
}

/// The only code of a section.
fn block(lint: &Lint, section: &str) -> &'static str {
    let mut blocks = blocks(lint, section);
    let block = blocks.next().unwrap();
    assert!(blocks.next().is_none(), "{}: one example in {section}", lint.name);
    block
}
