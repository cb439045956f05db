//! `atlas9 lint` over the examples of the lints' pages, over schemas after the examples of other linters, and over the bookstore.

use std::fs;
use std::path::{Path, PathBuf};

use atlas9_lints::{FixKind, Lint, all};
use atlas9_suite::command::{Said, said};
use atlas9_suite::place::{atlas9, root};
use serde_json::Value;

/// The day of all of them, unless an example names its own.
const TODAY: &str = "2026-11-21";

const MARKER: &str = " //~ ";

#[test]
fn peers_examples_are_found() {
    let cases = peers();
    assert!(cases.len() >= 10, "{cases:?}");
    let wrong: Vec<String> = cases.iter().filter_map(|case| peer(case)).collect();
    assert!(
        wrong.is_empty(),
        "{}\nlook at each, then: UPDATE=1 cargo test -p atlas9-suite -- lint_pages",
        wrong.join("\n")
    );
}

fn peers() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/cases/peers")).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// What differs from the marks of a schema; nothing where they hold, or are written anew.
fn peer(path: &Path) -> Option<String> {
    let marked = fs::read_to_string(path).expect("the case can be read");
    let text = unmarked(&marked);
    let package = package("name: peer\n", &text);
    let found = lint(package.path(), &["--format", "json", "--profile", "strict"]);
    let found: Vec<Value> = serde_json::from_str(&found.out).expect("findings as JSON");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for finding in &found {
        let line = finding["line"].as_u64().and_then(|line| usize::try_from(line).ok()).expect("a line");
        let code = finding["code"].as_str().expect("a code");
        let line = &mut lines[line - 1];
        line.push_str(if line.contains(MARKER) { " " } else { MARKER });
        line.push_str(code);
    }
    let expected = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    if expected == marked {
        return None;
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, expected).expect("the case can be written");
        return None;
    }
    Some(format!("{}: found is\n{expected}", path.display()))
}

#[test]
fn fixes_lead_from_incorrect_to_correct() {
    let fixable: Vec<&Lint> = all().filter(|lint| lint.fix().is_some()).collect();
    assert!(fixable.len() >= 10, "only {} lints have fixes", fixable.len());
    let wrong: Vec<String> = fixable.iter().filter_map(|lint| unfixed(lint)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the fix of a lint's example.
fn unfixed(lint: &Lint) -> Option<String> {
    // `unused_suppression` tells of what another lint would find.
    let config = format!("name: shop\nlints:\n  all: allow\n  {}: warn\n  float_money: warn\n", lint.name);
    let package = package(&config, &unmarked(example(lint, "Incorrect")));
    let flag = if lint.fix() == Some(FixKind::Safe) { "--fix" } else { "--unsafe-fixes" };
    let correct = unmarked(example(lint, "Correct"));
    for time in ["once", "again"] {
        let said = lint_on(day(&correct), package.path(), &[flag, "--fail-on", "warning"]);
        let text = fs::read_to_string(package.path().join("shop.atlas")).expect("the schema can be read");
        if text != correct || said.status != 0 {
            return Some(format!("{}, fixed {time}, {}:\n{text}\n{}", lint.name, said.status, said.err));
        }
    }
    None
}

#[test]
fn the_bookstore_is_clean_under_strict() {
    let package = root().join("examples/bookstore");
    let said = lint(&package, &["--profile", "strict", "--fail-on", "warning"]);
    assert_eq!((said.status, said.out.as_str()), (0, ""), "{}", said.err);
    assert!(said.err.contains("4 files"), "{}", said.err);
}

fn lint(package: &Path, args: &[&str]) -> Said {
    lint_on(TODAY, package, args)
}

fn lint_on(today: &str, package: &Path, args: &[&str]) -> Said {
    said(atlas9().args(["lint", "--today", today]).args(args).arg(package))
}

/// The day that an example's first line names.
fn day(text: &str) -> &str {
    let named = text.strip_prefix("// Today is ").and_then(|rest| rest.split_once(".\n"));
    named.map_or(TODAY, |(day, _)| day)
}

fn package(config: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("atlas.yaml"), config).expect("the file can be written");
    fs::write(folder.path().join("shop.atlas"), text).expect("the file can be written");
    folder
}

fn unmarked(marked: &str) -> String {
    let line = |line: &str| format!("{}\n", line.split(MARKER).next().unwrap_or(line).trim_end());
    marked.lines().map(line).collect()
}

/// The only schema of a section of a lint's page.
fn example(lint: &Lint, section: &str) -> &'static str {
    let from = |text: &'static str, mark: &str| text.split_once(mark).map(|(_, rest)| rest);
    let block = from(lint.page, &format!("\n## {section}\n")).and_then(|text| from(text, "```atlas\n"));
    block.and_then(|text| text.split("```\n").next()).expect("the page has an example")
}
