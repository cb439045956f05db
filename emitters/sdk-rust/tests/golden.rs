//! One resource's file as a whole, so that a change of the generated code is seen in review.

mod support;

use std::path::Path;

use support::emit;

/// The file of a schema is the one beside it. `UPDATE=1 cargo test` writes it.
#[test]
fn a_resource() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let text = std::fs::read_to_string(folder.join("notes.atlas")).expect("the schema is there");
    let emitted = emit(&text, &[]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let made = emitted.files.get("src/notes.rs").expect("the file is made");
    let golden = folder.join("notes.rs");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, made).expect("the golden file can be written");
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(
        made, expected,
        "the output has changed; look at it, then run: UPDATE=1 cargo test -p atlas9-emit-sdk-rust"
    );
}
