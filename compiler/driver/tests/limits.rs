//! How much a package may hold.

use atlas9_driver::{CheckOptions, Checked, MAX_DECLARATIONS, Package, PackageFile, check};

/// A package of that many declarations in files that are as large as the others.
fn checked(declarations: usize) -> Checked {
    const FILES: usize = 4;
    let mut package = Package::new(b"name: shop\n", "shop");
    let each = declarations / FILES;
    for file in 0..FILES {
        let count = if file + 1 == FILES { declarations - each * file } else { each };
        let enums = (0..count).map(|at| format!("enum E{file}x{at} {{ a \"A.\" }}\n"));
        let text = format!("namespace shop\n{}", enums.collect::<String>());
        let file = PackageFile { name: format!("{file}.atlas"), bytes: text.into_bytes() };
        package.members[0].files.push(file);
    }
    check(package, &CheckOptions { no_lints: true, ..CheckOptions::default() })
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
