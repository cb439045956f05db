//! How much a package may hold.

use atlas9_driver::diagnostics::Level;
use atlas9_driver::{CheckOptions, Checked, MAX_DECLARATIONS, Package, PackageFile, check};

/// A package of these files.
fn check_files(files: impl Iterator<Item = (String, String)>) -> Checked {
    let mut package = Package::new(b"name: shop\n", "shop");
    let file = |(name, text): (String, String)| PackageFile { name, bytes: text.into_bytes() };
    package.members[0].files.extend(files.map(file));
    check(package, &CheckOptions { no_lints: true, ..CheckOptions::default() })
}

/// A package of that many declarations in files that are as large as the others.
fn checked(declarations: usize) -> Checked {
    const FILES: usize = 4;
    let each = declarations / FILES;
    check_files((0..FILES).map(|file| {
        let count = if file + 1 == FILES { declarations - each * file } else { each };
        let enums = (0..count).map(|at| format!("enum E{file}x{at} {{ a \"A.\" }}\n"));
        (format!("{file}.atlas"), format!("namespace shop\n{}", enums.collect::<String>()))
    }))
}

#[test]
fn a_package_has_as_many_declarations_as_it_may() {
    let checked = checked(MAX_DECLARATIONS);
    assert!(checked.diagnostics.is_empty(), "{:#?}", checked.diagnostics.first());
    assert_eq!(checked.counts.declarations, MAX_DECLARATIONS);
    assert!(checked.ir.is_some_and(|ir| ir.types.len() == MAX_DECLARATIONS));
}

#[test]
fn one_more_is_told_where_it_stands() {
    let checked = checked(MAX_DECLARATIONS + 1);
    let [wrong] = checked.diagnostics.as_slice() else { panic!("{:#?}", checked.diagnostics) };
    assert_eq!(wrong.code, "E0022");
    assert!(wrong.message.contains("100001") && wrong.help.is_some(), "{wrong:?}");
    let place = wrong.span.map(|span| checked.sources.place(span)).unwrap_or_default();
    assert_eq!(place, "3.atlas:25002");
    assert!(checked.ir.is_none());
}

#[test]
fn of_many_mistakes_in_a_file_the_first_are_shown_and_the_others_counted() {
    let wrong = |name: &str, count: usize| {
        let types: String = (0..count).map(|at| format!("type T{at} {{ a: Nothing{at} }}\n")).collect();
        (name.to_owned(), format!("namespace {name}\n{types}"))
    };
    let checked = check_files([wrong("few", 100), wrong("many", 10_000), wrong("more", 101)].into_iter());
    let of = |index: usize| {
        let file = checked.sources.iter().filter(|(_, file)| !file.name().contains("std")).nth(index);
        let id = file.map(|(id, _)| id);
        checked.diagnostics.iter().filter(move |found| found.span.map(|span| span.file) == id)
    };
    let note = |index| of(index).next_back().map_or("", |last| last.message.as_str());
    // `atlas.yaml` is the first file.
    assert_eq!([of(1).count(), of(2).count(), of(3).count()], [100, 101, 101]);
    assert_eq!(note(2), "9900 more errors in what this file means are not shown");
    assert_eq!(note(3), "1 more error in what this file means is not shown");
    assert!(checked.ir.is_none());
}

/// A hundred names that nothing declares, each beside very many that it may have meant.
#[test]
fn what_was_meant_is_not_looked_for_without_end() {
    let known = |line: &dyn Fn(usize) -> String| (0..30_000).map(line).collect::<String>();
    let wrong = |line: &dyn Fn(usize) -> String| (0..100).map(line).collect::<String>();
    let fields = format!(
        "namespace fields\nresource X {{\n    id: uuid @key\n{}    operations {{ list filter({}) }}\n}}\n",
        known(&|at| format!("    fieldnumber{at}: int\n")),
        wrong(&|at| format!("fieldnumbr{at}, ")),
    );
    let values = format!(
        "namespace values\nenum E {{\n{}}}\ntype T {{\n{}}}\n",
        known(&|at| format!("    valuenumber{at} \"A.\"\n")),
        wrong(&|at| format!("    f{at}: E = valuenumbr{at}\n")),
    );
    for (name, text) in [("fields", fields), ("values", values)] {
        let checked = check_files(std::iter::once((name.to_owned(), text)));
        let helps = checked.diagnostics.iter().filter_map(|found| found.help.as_deref());
        let (near, others): (Vec<&str>, Vec<&str>) = helps.partition(|help| help.starts_with("did you mean"));
        assert!(near.len() > 50 && others.len() > 20, "{name}: {} of {}", near.len(), others.len());
    }
}

#[test]
fn many_mistakes_are_told_in_the_same_way_each_time() {
    let fields: String = (0..1500).map(|at| format!("    f{at}: string @tag(nmae: \"a\")\n")).collect();
    let text =
        format!("namespace shop\nannotation tag(name: string(..=3)) on field\ntype T {{\n{fields}}}\n");
    let found = || check_files(std::iter::once(("shop".to_owned(), text.clone()))).diagnostics;
    let first = found();
    assert_eq!(first.iter().filter(|found| found.level == Level::Error).count(), 100);
    assert!(first.iter().all(|error| error.help.is_some() || error.level == Level::Note));
    let lines: Vec<_> = first.iter().filter_map(|error| error.span).map(|span| span.start).collect();
    assert!(lines.iter().all(|start| (*start as usize) < text.len() / 10), "the first ones are shown");
    for _ in 0..3 {
        assert!(found() == first, "the seed of this run's tables is seen");
    }
}
