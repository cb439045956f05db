//! `atlas9 check`: everything that is wrong, in one run, each at its place.

use std::fs;
use std::path::Path;

use atlas9_suite::command::said;
use atlas9_suite::place::atlas9;
use serde_json::Value;

#[test]
fn five_mistakes_in_three_files_are_five_findings() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write =
        |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("the file can be written");
    write("atlas.yaml", "name: shop\n");
    write(
        "a.atlas",
        "namespace shop\n\nresource Author {\n    id: uuid @key\n    name strng(1..=120)\n}\n\nresource Pen {\n    id: uuid @key\n    ink: strng(1..=9)\n}\n",
    );
    write(
        "b.atlas",
        "namespace shop\n\nresource Book {\n    id: uuid @key\n    title: string(9..=1)\n    author_id: ref Auhtor\n}\n",
    );
    write("c.atlas", "namespace shop\n\nenum Ink { blue \"Blue.\" }\n\nenum Ink { red \"Red.\" }\n");
    assert_eq!(
        errors(folder.path()),
        [
            "a.atlas:5:10 E0101",
            "a.atlas:10:10 E0202",
            "b.atlas:5:19 E0302",
            "b.atlas:6:20 E0202",
            "c.atlas:5:6 E0201"
        ]
    );
    let said = said(atlas9().arg("check").arg(folder.path()));
    assert_eq!(said.status, 1);
    assert!(said.err.contains("3 files"), "{}", said.err);
}

/// What `check` calls errors in a package: each as `file:line:column code`.
pub fn errors(package: &Path) -> Vec<String> {
    let said = said(atlas9().args(["check", "--format", "json"]).arg(package));
    let findings: Vec<Value> =
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}\n{}\n{}", said.out, said.err));
    let errors = findings.iter().filter(|finding| finding["level"] == "error");
    errors
        .map(|finding| {
            let text = |member: &str| finding[member].as_str().unwrap_or("").to_owned();
            let file = text("file").rsplit('/').next().unwrap_or("").to_owned();
            format!("{file}:{}:{} {}", finding["line"], finding["column"], text("code"))
        })
        .collect()
}

#[test]
fn the_bookstore_is_clean() {
    let said =
        said(atlas9().args(["check", "--today", "2026-11-21", "--fail-on", "warning", "examples/bookstore"]));
    assert_eq!((said.status, said.out.as_str()), (0, ""), "{}", said.err);
    assert!(said.err.contains("4 files"), "{}", said.err);
}
