//! What is said of files with mistakes, and what is left of them: a snapshot for each file in `errors/`.

use std::fs;

use atlas9_diagnostics::FileId;
use atlas9_syntax::{format, parse};

/// The source, what is reported, and what could be read.
fn check(source: &str) -> String {
    let (file, diagnostics) = parse(FileId(0), source);
    assert!(!diagnostics.is_empty(), "nothing is reported");
    assert_eq!(format(FileId(0), source).1, diagnostics, "the formatter says the same");
    crate::common::formatted(source);
    let shown = crate::common::rendered(source, &diagnostics);
    format!("{source}----\n{}\n----\n{}", shown.trim_end(), crate::common::outline(&file))
}

#[test]
fn says_what_is_wrong() {
    insta::glob!("errors/*.atlas", |path| {
        let source = fs::read_to_string(path).expect("a case");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(check(&source));
        });
    });
}
