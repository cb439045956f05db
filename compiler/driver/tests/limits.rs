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
    assert_eq!(note(2), "9900 more errors of what this file means are not shown");
    assert_eq!(note(3), "1 more error of what this file means is not shown");
    assert!(checked.ir.is_none());
}

/// Names that nothing declares, many of them, each beside many that it may have meant. Comparing all with all would not end here.
#[test]
fn what_was_meant_is_not_looked_for_without_end() {
    const MANY: usize = 5_000;
    let each = |line: &dyn Fn(usize) -> String| (0..MANY).map(line).collect::<String>();
    let fields = format!(
        "namespace fields\nresource X {{\n    id: uuid @key\n{}    operations {{ list filter({}) }}\n}}\n",
        each(&|at| format!("    fieldnumber{at}: int\n")),
        each(&|at| format!("fieldnumbr{at}, ")),
    );
    let values = format!(
        "namespace values\nenum E {{\n{}}}\ntype T {{\n{}}}\n",
        each(&|at| format!("    valuenumber{at} \"A.\"\n")),
        each(&|at| format!("    f{at}: E = valuenumbr{at}\n")),
    );
    let imports = format!(
        "namespace imports\nuse std.text.{{{}}}\ntype T {{\n{}}}\n",
        each(&|at| format!("Missing{at}, ")),
        each(&|at| format!("    f{at}: Nowhere{at}\n")),
    );
    for (name, text) in [("fields", fields), ("values", values), ("imports", imports)] {
        let checked = check_files(std::iter::once((name.to_owned(), text)));
        let errors = checked.diagnostics.iter().filter(|found| found.level == Level::Error).count();
        assert_eq!(errors, 100, "{name}");
    }
}
