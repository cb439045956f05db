//! `atlas9 check`: everything that is wrong, in one run, each at its place.

use std::fs;

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
    let said = said(atlas9().args(["check", "--format", "json"]).arg(folder.path()));
    let findings: Value =
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}\n{}\n{}", said.out, said.err));
    let errors: Vec<String> = findings
        .as_array()
        .expect("an array of findings")
        .iter()
        .filter(|finding| finding["level"] == "error")
        .map(|finding| {
            let file = finding["file"].as_str().unwrap_or("").rsplit('/').next().unwrap_or("").to_owned();
            format!("{file}:{}", finding["line"])
        })
        .collect();
    assert_eq!(errors, ["a.atlas:5", "a.atlas:10", "b.atlas:5", "b.atlas:6", "c.atlas:5"], "{findings:#}");
    assert_eq!(said.status, 1);
    assert!(said.err.contains("3 files"), "{}", said.err);
}

#[test]
fn the_bookstore_is_clean() {
    let said =
        said(atlas9().args(["check", "--today", "2026-11-21", "--fail-on", "warning", "examples/bookstore"]));
    assert_eq!((said.status, said.out.as_str()), (0, ""), "{}", said.err);
    assert!(said.err.contains("4 files"), "{}", said.err);
}
