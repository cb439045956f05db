//! Each file in `cases/` holds packages, what is said of the first one, and what is in its model. `UPDATE=1 cargo test` writes
//! it anew.

#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use atlas9_build::load;
use atlas9_driver::diagnostics::{ALL_CODES, Color, text};
use atlas9_driver::ir::Ir;
use atlas9_driver::{CheckOptions, check};

const OUTPUT: &str = "=== output\n";

/// Writes the packages to disk, and checks the first one.
fn said(source: &str) -> String {
    let folder = written(source);
    let (name, _) = source.trim_start_matches("=== ").split_once('\n').expect("a name and a text");
    let (first, _) = name.split_once('/').expect("a package lies in a folder");
    let loaded = load(&folder.path().join(first)).expect("the package is there");
    let checked = check(loaded.package, &CheckOptions { no_lints: true, ..CheckOptions::default() });
    let shown = text(&checked.sources, &checked.diagnostics, Color::Off);
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    match checked.ir {
        Some(ir) => model(&ir),
        None => format!("{}\n", lines.join("\n").trim_end()),
    }
}

/// Where each declaration of the model is from.
fn model(ir: &Ir) -> String {
    let types = ir.types.values().map(|decl| (&decl.namespace, &decl.name, decl.span));
    let errors = ir.errors.values().map(|error| (&error.namespace, &error.name, error.span));
    let annotations = ir.annotations.values().map(|it| (&it.namespace, &it.name, it.span));
    let lines = types.chain(errors).chain(annotations).map(|(namespace, name, span)| {
        let package = ir.files.get(span.file.0 as usize).map_or("", |file| file.package.as_str());
        format!(
            "{namespace}.{name} in {}{}{package}\n",
            ir.place(span),
            if package.is_empty() { "" } else { " of " }
        )
    });
    lines.collect()
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("reads").map(|entry| entry.expect("reads").path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_case_says_what_it_said() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut different = Vec::new();
    for path in cases() {
        let case = fs::read_to_string(&path).expect("reads");
        let source = case.split(OUTPUT).next().unwrap_or_default();
        let now = format!("{source}{OUTPUT}{}", said(source));
        if now == case {
            continue;
        }
        if update {
            fs::write(&path, &now).expect("writes");
        } else {
            different.push(format!("{}\n{now}", path.display()));
        }
    }
    assert!(different.is_empty(), "run UPDATE=1 cargo test -p atlas9-build\n{}", different.join("\n"));
}

/// Errors of the command line and of what lies on disk have their tests elsewhere: they need more than a few files.
const ELSEWHERE: [&str; 22] = [
    "E0001", "E0002", "E0006", "E0008", "E0009", "E0010", "E0011", "E0012", "E0013", "E0022", "E0023",
    "E0034", "E0035", "E0036", "E0039", "E0040", "E0041", "E0050", "E0052", "E0053", "E0054", "E0064",
];

#[test]
fn every_error_of_packages_has_a_case() {
    let shown: String = cases().iter().map(|path| fs::read_to_string(path).expect("reads")).collect();
    let codes = ALL_CODES.iter().filter(|code| code.name.starts_with("E00"));
    for code in codes.filter(|code| !ELSEWHERE.contains(&code.name)) {
        assert!(shown.contains(&format!("error[{}]", code.name)), "{}", code.name);
    }
}

/// The packages of a file, written to a new folder.
fn written(source: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = source.split("=== ").filter(|part| !part.is_empty());
    for (name, text) in files.map(|part| part.split_once('\n').expect("a name and a text")) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    folder
}

#[test]
#[cfg(unix)]
fn a_package_behind_two_links_is_one() {
    use std::os::unix::fs::symlink;

    let folder = written(
        "=== shop/atlas.yaml\nname: shop\ndependencies: {common: libraries/common, prices: ../prices}\n\
         === shop/shop.atlas\nnamespace shop\ntype Order { gram: common.Gram price: prices.Price }\n\
         === prices/atlas.yaml\nname: prices\ndependencies: {common: ../shared}\n\
         === prices/prices.atlas\nnamespace prices\ntype Price { per: common.Gram }\n\
         === real/deep/common/atlas.yaml\nname: common\ndependencies: {units: ../units}\n\
         === real/deep/common/common.atlas\nnamespace common\ntype Gram { in: units.Unit }\n\
         === real/deep/units/atlas.yaml\nname: units\n\
         === real/deep/units/units.atlas\nnamespace units\nenum Unit { gram \"A gram.\" }\n",
    );
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("shop/libraries")).expect("the folder can be made");
    symlink(path("real/deep/common"), path("shop/libraries/common")).expect("the link can be made");
    symlink(path("real/deep/common"), path("shared")).expect("the link can be made");
    // A link into itself is no way to anything.
    symlink(path("shop"), path("shop/libraries/shop")).expect("the link can be made");
    let loaded = load(&path("shop")).expect("the package is there");
    let folders: Vec<&str> = loaded.package.members.iter().map(|member| member.folder.as_str()).collect();
    // `libraries/units` is no such folder: the detour through the link stays.
    assert_eq!(folders, ["", "libraries/common", "../prices", "libraries/common/../units"]);
    let checked = check(loaded.package, &CheckOptions { no_lints: true, ..CheckOptions::default() });
    assert_eq!(checked.diagnostics, []);
}

#[test]
fn a_long_line_of_packages_ends_well() {
    const LENGTH: usize = 100;
    let mut source = String::new();
    for at in 0..LENGTH {
        let next =
            if at + 1 < LENGTH { format!("dependencies: {{p{0}: ../p{0}}}", at + 1) } else { String::new() };
        source += &format!("=== p{at}/atlas.yaml\nname: p{at}\n{next}\n=== p{at}/p.atlas\nnamespace p{at}\n");
    }
    let folder = written(&source);
    let loaded = load(&folder.path().join("p0")).expect("the package is there");
    assert_eq!(loaded.package.members.len(), LENGTH);
    let checked = check(loaded.package, &CheckOptions { no_lints: true, ..CheckOptions::default() });
    assert_eq!(checked.diagnostics, []);
}
