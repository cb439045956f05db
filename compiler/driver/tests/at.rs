//! The API as it was, through every emitter, and beside packages that have versions of their own.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use atlas9_driver::{CheckOptions, Checked, Package, PackageFile, check, emit, targets};

/// What somebody would have written for version 1.0.0 of `tests/cases/history.atlas`; each declaration stands on the line on which
/// it stands there, since generated files name the lines that they were made from.
const HISTORY: &str = r#"namespace history

reserved OldBook, Pamphlet

/// What came, what went and what has another name.
service History {
    version  "1.0.0"
    reserved sign_in
    operation register(email: string(3..=80)) -> Book  public
}

resource Book {
    reserved isbn10
    id:     uuid             @key
    name:   string(1..=200)

    operations {
        reserved purge
        get
    }
}
"#;

fn package(schema: &str, version: &str) -> Package {
    let config = format!("name: history\nversion: {version}");
    let mut package = Package::new(config.as_bytes(), "history");
    package.members[0].files.push(file(schema));
    package
}

fn file(schema: &str) -> PackageFile {
    PackageFile { name: "schema.atlas".to_owned(), bytes: schema.into() }
}

fn checked(package: Package, at: Option<&str>) -> Checked {
    check(package, &CheckOptions { no_lints: true, at: at.map(str::to_owned), ..CheckOptions::default() })
}

/// Every file that is made of a package.
fn files(package: Package, at: Option<&str>) -> Vec<(String, String)> {
    let checked = checked(package, at);
    let ir = checked.ir.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
    let emission = emit(&ir, &targets(&checked.config, &[]).expect("all run"));
    assert!(emission.diagnostics.is_empty(), "{:#?}", emission.diagnostics);
    let mut texts = Vec::new();
    for output in emission.outputs {
        let files = output.files.iter();
        texts.extend(files.map(|(path, text)| (format!("{}/{path}", output.out), text.to_owned())));
    }
    texts
}

fn history() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/history.atlas");
    fs::read_to_string(path).expect("the case can be read")
}

#[test]
fn every_emitter_makes_what_it_would_have_made() {
    let (then, written) =
        (files(package(&history(), "1.4.0"), Some("1.0.0")), files(package(HISTORY, "1.0.0"), None));
    assert!(then.len() > 20);
    for (one, other) in then.iter().zip(&written) {
        assert_eq!(one, other);
    }
    assert_eq!(then.len(), written.len());
    assert_ne!(then, files(package(&history(), "1.4.0"), None));
    let heads = then.iter().filter(|(_, text)| text.contains("from history 1.0.0. Do not edit."));
    assert!(heads.count() > 20);
}

#[test]
fn its_own_version_is_what_there_is_without_one() {
    assert_eq!(files(package(&history(), "1.4.0"), Some("1.4.0")), files(package(&history(), "1.4.0"), None));
}

#[test]
fn other_packages_stay_as_they_are() {
    let schema = "namespace shop
use units.*
service Shop { version \"1.4.0\" }
resource Book with Counted { id: uuid @key size: Size? new: bool = true @added(\"1.4.0\") operations { get } }";
    let units = "namespace units
mixin Counted { count: int32 = 0 @added(\"3.0.0\") }
type Size @added(\"2.0.0\") { width: int32 @renamed(from: breadth, since: \"2.1.0\") @deprecated(since: \"2.2.0\") }";
    let mut package = Package::new(b"name: shop\ndependencies: { units: ../units }", "shop");
    package.members[0].files.push(file(schema));
    let other = package.add("../units", b"name: units\nversion: 3.0.0", "units");
    package.members[other].files.push(file(units));
    package.need(0, "units", other);
    let checked = checked(package, Some("1.0.0"));
    let ir = checked.ir.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
    let book = ir.resources.values().next().expect("a resource");
    let names: Vec<&str> = book.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["id", "size", "count"]);
    let size = format!("{:?}", ir.types.values().next().expect("a type"));
    assert!(size.contains("\"width\"") && size.contains("2.2.0"), "{size}");
}

#[test]
fn what_is_wrong_now_is_wrong_then() {
    let broken = history().replace("string(1..=200)", "strin");
    let codes = |at| -> Vec<String> {
        let found = checked(package(&broken, "1.4.0"), at).diagnostics;
        found.iter().map(|found| found.code.to_string()).collect()
    };
    assert_eq!(codes(Some("1.0.0")), ["E0202"]);
    assert_eq!(codes(Some("1.0.0")), codes(None));
}
