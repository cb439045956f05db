//! One resource's file as a whole, so that a change of the generated code is seen in review.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::path::Path;

use support::emit;

/// The files of a schema are those beside it. `UPDATE=1 cargo test` writes them.
fn check(schema: &str, file: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let text = std::fs::read_to_string(folder.join(schema)).expect("the schema is there");
    let emitted = emit(&text, &[]);
    assert!(emitted.diagnostics.is_empty(), "{:#?}", emitted.diagnostics);
    let made = emitted.files.get(&format!("src/{file}")).expect("the file is made");
    let golden = folder.join(file);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, made).expect("the golden file can be written");
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(
        made, expected,
        "the output has changed; look at it, then run: UPDATE=1 cargo test -p atlas9-emit-sdk-typescript"
    );
}

#[test]
fn a_resource() {
    check("notes.atlas", "notes.ts");
}
