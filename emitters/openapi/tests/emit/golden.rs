//! A whole document, so that a change of it is seen in review.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use crate::support::emit;

/// The document of a schema is the one beside it. `UPDATE=1 cargo test` writes it.
fn check(schema: &str, golden: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let text = std::fs::read_to_string(folder.join(schema)).expect("the schema is there");
    let emitted = emit(&text, &[("format", "yaml")]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let made = emitted.files.get("openapi.yaml").expect("the file is made");
    assert_eq!(emitted.files.len(), 1, "only what is asked for");
    let golden = folder.join(golden);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, made).expect("the golden file can be written");
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(
        made, expected,
        "the document has changed; look at it, then run: UPDATE=1 cargo test -p atlas9-emit-openapi"
    );
}

#[test]
fn a_small_service() {
    check("notes.atlas", "notes.yaml");
}
