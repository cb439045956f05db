//! Every line of two examples left out, one at a time.

use atlas9_analyze::analyze_texts;

const BOOKSTORE: &str = include_str!("fixtures/bookstore.atlas");
const OPERATIONS: &str = include_str!("fixtures/operations.atlas");

fn check(source: &str) {
    let (_, ir, diagnostics) = analyze_texts(&[("example.atlas", source)]);
    assert_eq!(ir.is_some(), diagnostics.is_empty());
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
