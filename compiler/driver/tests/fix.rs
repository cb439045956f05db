//! Fixes: none meets another, none leaves an error, and they end.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use atlas9_driver::diagnostics::{Diagnostic, Edit, Fix, Level, Span};
use atlas9_driver::{CheckOptions, Checked, Fixed, Package, PackageFile, fix};

const PLAIN: &str =
    "namespace shop\n\n/// Money.\ntype Line {\n    price: float64 // dear\n    count: int32\n}\n";

fn package(text: &str) -> Package {
    let mut package = Package::new(b"name: shop\n", "shop");
    package.members[0]
        .files
        .push(PackageFile { name: "a.atlas".to_owned(), bytes: text.as_bytes().to_owned() });
    package
}

/// A finding for each word of the schema that has another: in each round it is told as long as the word is there.
fn fixed(text: &str, words: &[(&str, &str)]) -> (String, Fixed) {
    let told = |checked: &Checked| found(checked, words);
    let fixed = fix(&package(text), &CheckOptions::default(), false, &told);
    let after = fixed.files.first().map_or_else(|| text.to_owned(), |file| file.after.clone());
    (after, fixed)
}

fn found(checked: &Checked, words: &[(&str, &str)]) -> Vec<Diagnostic> {
    let (id, file) =
        checked.sources.iter().find(|(_, file)| file.name() == "a.atlas").expect("the file is there");
    let finding = |(word, other): &(&str, &str)| {
        let at = file.text().find(word)?;
        let edit = Edit { span: Span::new(id, at, at + word.len()), text: (*other).to_owned() };
        let finding = Diagnostic::new("odd_word", Level::Warning, "an odd word").at(edit.span, "this");
        Some(finding.fix(Fix { safe: true, edits: vec![edit] }))
    };
    words.iter().filter_map(finding).collect()
}

#[test]
fn a_fix_that_meets_another_waits() {
    let (after, fixed) =
        fixed(PLAIN, &[("price: float64", "price: bool"), ("float64 // dear", "int64 // dear")]);
    assert!(after.contains("price: bool // dear"), "{after}");
    assert_eq!((fixed.count, fixed.left_out.len()), (1, 0));
}

#[test]
fn a_fix_brings_another() {
    let (after, fixed) = fixed(PLAIN, &[("int32", "int64"), ("int64", "bool"), ("float64", "uuid")]);
    assert!(after.contains("price: uuid // dear\n    count: bool"), "{after}");
    assert_eq!(fixed.count, 3);
}

#[test]
fn a_fix_that_would_leave_an_error_is_not_taken() {
    let words = [("Money", "Amounts"), ("float64", "flote64"), ("count", "number"), ("int32", "int64")];
    let (after, fixed) = fixed(PLAIN, &words);
    assert_eq!(after, PLAIN.replace("Money", "Amounts").replace("count", "number").replace("int32", "int64"));
    assert_eq!(fixed.count, 3);
    let [said] = fixed.left_out.as_slice() else { unreachable!("{fixed:?}") };
    assert!(said.contains("`odd_word` at a.atlas:5") && said.contains("flote64"), "{said}");
}

#[test]
fn fixes_that_undo_one_another_end() {
    let (_, fixed) = fixed(PLAIN, &[("int32", "int64"), ("int64", "int32")]);
    assert!(fixed.left_out.iter().any(|said| said.contains("rounds")), "{fixed:?}");
}

#[test]
fn a_formatted_file_stays_one() {
    let formatted = "namespace shop\n\ntype Line {\n    price:  float64  // dear\n    of:     int32\n}\n";
    let (after, _) = fixed(formatted, &[("of:", "quantity:")]);
    assert_eq!(
        after,
        "namespace shop\n\ntype Line {\n    price:     float64  // dear\n    quantity:  int32\n}\n"
    );
    let (after, _) = fixed(&formatted.replace("of:     ", "of: "), &[("of:", "quantity:")]);
    assert!(after.contains("price:  float64  // dear\n    quantity: int32"), "{after}");
}

#[test]
fn lines_end_as_they_did() {
    let (after, _) =
        fixed(&PLAIN.replace('\n', "\r\n"), &[("count: int32", "number: int32\n    sum: int64")]);
    assert_eq!(
        after,
        PLAIN.replace("count: int32\n", "number: int32\n    sum: int64\n").replace('\n', "\r\n")
    );
}

#[test]
fn only_the_files_of_the_package_are_touched() {
    let told = |checked: &Checked| {
        let (id, _) = checked.sources.iter().find(|(_, file)| file.name().starts_with("std/")).expect("std");
        let edit = Edit { span: Span::new(id, 0, 0), text: "// ours\n".to_owned() };
        let finding = Diagnostic::new("odd_word", Level::Warning, "an odd word").at(edit.span, "this");
        vec![finding.fix(Fix { safe: true, edits: vec![edit] })]
    };
    assert_eq!(fix(&package(PLAIN), &CheckOptions::default(), true, &told), Fixed::default());
}

#[test]
fn other_names_are_given_where_they_are_asked_for() {
    let text = "namespace shop\n\n/// Money.\ntype Line {\n    netPrice: int32\n    pageCount: int32\n    page_count: int32\n    rules { low: netPrice < 5 \"Cheap.\" }\n}\n";
    let told = |checked: &Checked| checked.diagnostics.clone();
    let options = CheckOptions::default();
    assert_eq!(fix(&package(text), &options, false, &told).files, []);
    let fixed = fix(&package(text), &options, true, &told);
    let [file] = fixed.files.as_slice() else { unreachable!("{fixed:?}") };
    assert_eq!(file.after, text.replace("netPrice", "net_price"));
}

#[test]
fn a_name_that_cannot_be_given_is_said() {
    let told = |checked: &Checked| {
        let mut found = checked.diagnostics.clone();
        found.retain(|finding| finding.rename.is_some());
        found
    };
    let text = "namespace shop\n\n/// Told.\nerror Told: conflict {\n    message \"\\\"{nowIs}\\\".\"\n    /// Now.\n    nowIs: string(1..=9)\n}\n";
    let fixed = fix(&package(text), &CheckOptions::default(), true, &told);
    assert_eq!(fixed.files, []);
    let said =
        "did not rename `nowIs` at a.atlas:7 to `now_is`: escapes hide where `nowIs` stands in a.atlas:5";
    assert_eq!(fixed.left_out, [said]);
}
