//! One resource's file of the bookstore as a whole, so that a change of the generated code is seen in review.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::path::Path;

use support::{emit, model};

/// A file of the example's server. `UPDATE=1 cargo test` writes the golden one.
fn check(name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = root.join("../../examples/bookstore/schema");
    let texts = ["authors", "books", "reviews", "service"].map(|name| {
        let name = format!("{name}.atlas");
        let text = std::fs::read_to_string(schema.join(&name)).expect("the example is there");
        (name, text)
    });
    let files: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let emitted = emit(&model(&files), &[("module", "bookstore")], &[]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let made = emitted.files.get(&format!("bookstore/{name}")).expect("the file is made");
    let golden = root.join("tests/golden").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, made).expect("the golden file can be written");
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(
        made, expected,
        "the output has changed; look at it, then run: UPDATE=1 cargo test -p atlas9-emit-rust-server"
    );
}

#[test]
fn a_resource() {
    check("reviews.rs");
}

#[test]
fn the_root() {
    check("mod.rs");
}
