//! What holds for every lint: its name, its place, its page, its files.

use std::collections::BTreeSet;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas9_diagnostics::Level;
use atlas9_lints::{Config, Group, Lint, Setting, all, find, suggest};

/// Their order; a lint without options has no `Options`.
const SECTIONS: [&str; 8] = ["What", "Why", "Incorrect", "Correct", "Cases", "Fix", "Options", "Peers"];

#[test]
fn lints_are_sorted_and_unique() {
    let names: Vec<_> = all().map(|lint| (lint.group.name(), lint.name)).collect();
    let sorted: BTreeSet<_> = names.iter().copied().collect();
    assert_eq!(names, sorted.into_iter().collect::<Vec<_>>());
    for lint in all() {
        assert_eq!(
            find(lint.name).map(|found| found.group),
            Some(lint.group),
            "{} is there twice",
            lint.name
        );
    }
}

#[test]
fn groups_are_sorted_and_used() {
    let names = Group::ALL.map(Group::name);
    assert!(names.is_sorted());
    for group in Group::ALL {
        assert!(all().any(|lint| lint.group == group), "the group {} has no lint", group.name());
    }
}

#[test]
fn every_lint_has_its_files_and_every_file_its_lint() {
    let expected: BTreeSet<PathBuf> = all()
        .flat_map(|lint| {
            ["md", "rs"].map(|ending| Path::new(lint.group.name()).join(format!("{}.{ending}", lint.name)))
        })
        .collect();
    // Those of packages are in no file of ours.
    let of_lint = |path: &PathBuf| path.components().count() == 2 && !path.starts_with("custom");
    let found: BTreeSet<PathBuf> = files().into_iter().filter(of_lint).collect();
    assert_eq!(found, expected);
}

#[test]
fn names_are_snake_case_words() {
    for lint in all() {
        let plain = lint.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        assert!(plain && !lint.name.starts_with('_') && !lint.name.contains("__"), "{}", lint.name);
    }
}

#[test]
fn pages_have_the_one_form() {
    let wrong: Vec<_> = all().filter(|lint| panic::catch_unwind(|| check_page(lint)).is_err()).collect();
    assert!(wrong.is_empty(), "{:?}", wrong.iter().map(|lint| lint.name).collect::<Vec<_>>());
}

fn check_page(lint: &Lint) {
    let (name, page) = (lint.name, lint.page);
    let mut lines = page.lines();
    assert_eq!(lines.next(), Some(format!("# {name}").as_str()));
    let before = page.split("\n## ").next().unwrap_or("");
    assert_eq!(
        before.trim_end().lines().count(),
        3,
        "{name}: one line stands between the heading and `## What`"
    );
    assert!(lint.summary().ends_with('.') && lint.summary().len() <= 110, "{name}: {}", lint.summary());
    let headings: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let has = |section: &&str| *section != "Options" || !lint.options().is_empty();
    assert_eq!(headings, SECTIONS.into_iter().filter(has).collect::<Vec<_>>(), "{name}");
    check_cases(lint);
    check_options(lint);
    check_peers(lint);
    let (_, fix) = page.split_once("\n## Fix\n\n").unwrap();
    let told = ["None: ", "None for now: ", "Safe: ", "Unsafe: "].iter().any(|word| fix.starts_with(word));
    assert!(told, "{name}: the section Fix begins with `None:`, `Safe:` or `Unsafe:`");
    assert_eq!(lint.fix().is_some(), !fix.starts_with("None"), "{name}");
    assert!(page.ends_with(".\n"), "{name}: a page ends with a sentence");
    for line in page.lines().filter(|line| line.chars().count() > 120) {
        assert!(line.contains("//~"), "{name}: too long: {line}");
    }
}

fn section<'a>(lint: &'a Lint, name: &str) -> &'a str {
    let (_, rest) = lint.page.split_once(&format!("\n## {name}\n\n")).unwrap();
    rest.split("\n## ").next().unwrap()
}

/// One is near and silent, one has to do with a mixin.
fn check_cases(lint: &Lint) {
    let cases: Vec<_> = section(lint, "Cases").split("```atlas\n").skip(1).collect();
    assert!(cases.iter().any(|case| !case.contains("//~")), "{}: no case is silent", lint.name);
    assert!(cases.iter().any(|case| case.contains("mixin ")), "{}: no case has a mixin", lint.name);
}

/// The page names each option with its default: ``- `terms` (`[id]`): what it means.``
fn check_options(lint: &Lint) {
    for option in lint.options() {
        assert_eq!(option.lint, lint.name, "{}", option.name);
        let told = section(lint, "Options").replace('\n', " ");
        let line = format!("- `{}` (`{}`): {}", option.name, option.default_text(), option.meaning);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
        assert!(words(&told).contains(&words(&line)), "{}: the page lacks\n{line}", lint.name);
    }
}

/// The tools that pages name, as they are called.
const PEERS: [&str; 16] = [
    "api-linter",
    "Ariga",
    "azure-core",
    "buf",
    "eslint",
    "kube-api-linter",
    "MongoDB IPA",
    "oasdiff",
    "OWASP (Spectral)",
    "Redocly",
    "Smithy",
    "Spectral",
    "squawk",
    "splinter",
    "vacuum",
    "Zalando",
];

fn check_peers(lint: &Lint) {
    let told = section(lint, "Peers");
    let known = |line: &str| PEERS.iter().any(|peer| line.starts_with(&format!("- {peer}: ")));
    let lines: Vec<_> = told.lines().filter(|line| !line.is_empty() && !line.starts_with("  ")).collect();
    let none = lines.len() == 1 && told.starts_with("None: ");
    assert!(none || lines.iter().all(|line| known(line)), "{}: {told}", lint.name);
}

#[test]
fn files_are_small_and_say_what_they_are() {
    let mut sizes = Vec::new();
    for path in files().into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
        let text = fs::read_to_string(source().join(&path)).unwrap();
        assert!(text.starts_with("//! "), "{} does not open with a sentence", path.display());
        sizes.push(text.lines().count());
    }
    sizes.sort_unstable();
    assert!(sizes[sizes.len() / 2] <= 60 && sizes[sizes.len() - 1] <= 300, "{sizes:?}");
}

/// `cargo fmt` follows `mod` only where it stands in the text, and the lints' stands in a macro.
#[test]
fn lints_are_formatted() {
    let lints = files().into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let output = Command::new("rustfmt")
        .args(["--edition", "2024", "--check"])
        .args(lints.map(|path| source().join(path)))
        .output()
        .expect("rustfmt comes with the toolchain");
    assert!(output.status.success(), "run rustfmt on these:\n{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn levels_of_a_lint_win_over_those_of_its_group() {
    let (float, unknown) = (find("float_money").unwrap(), find("unknown_lint").unwrap());
    let meaning = find("enum_without_meaning").unwrap();
    let mut config = Config::default();
    assert_eq!(
        [float, unknown, meaning].map(|lint| config.of(lint)),
        [Setting::Warn, Setting::Deny, Setting::Allow]
    );
    config.set("float_money", Setting::Allow).unwrap();
    config.set("shape", Setting::Deny).unwrap();
    config.set("pedantic", Setting::Warn).unwrap();
    assert_eq!(config.of(float), Setting::Allow);
    assert_eq!(config.of(find("raw_foreign_key").unwrap()), Setting::Deny);
    assert_eq!(config.of(meaning).level(), Some(Level::Warning));
    assert_eq!(Setting::parse("deny"), Some(Setting::Deny));
    assert_eq!(Setting::parse("error"), None);
}

#[test]
fn unknown_names_get_a_suggestion() {
    let check = |name: &str, expected: Option<&str>| {
        assert_eq!(suggest(name), expected);
        let error = Config::default().set(name, Setting::Warn).unwrap_err();
        assert_eq!((error.name.as_str(), error.suggestion), (name, expected));
    };
    check("flaot_money", Some("float_money"));
    check("securty", Some("security"));
    check("zzz", None);
}

/// The source files, as paths in `src`, sorted.
fn files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![source()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path.strip_prefix(source()).unwrap().to_owned()),
            }
        }
    }
    found.sort();
    found
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}
