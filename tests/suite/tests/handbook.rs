//! `atlas9 explain --all` as pages: every lint and error has one, ways lead somewhere, and writing is careful.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use atlas9_suite::command::{Said, said};
use atlas9_suite::place::atlas9;
use regex::Regex;
use serde_json::Value;

#[test]
fn every_lint_and_error_has_a_page_and_ways_lead_somewhere() {
    let check = |format: &str, ending: &str, way: &str| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let made = pages(format, folder.path());
        assert_eq!(made.status, 0, "{}", made.err);
        for (kind, name) in names() {
            let page = folder.path().join(format!("{kind}s/{name}.{ending}"));
            assert!(page.is_file(), "{} is missing", page.display());
        }
        let ways = Regex::new(way).expect("a pattern");
        let files = [folder.path().to_owned(), folder.path().join("errors"), folder.path().join("lints")];
        let mut found = 0;
        for file in files.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder")).flatten() {
            let path = file.path();
            if path.extension().is_none_or(|end| end != ending) {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a page");
            for way in ways.captures_iter(&text).map(|found| found[1].to_owned()) {
                let to = path.parent().expect("a folder").join(&way);
                assert!(to.is_file(), "{} leads to {way}", path.display());
                found += 1;
            }
        }
        assert!(found > 300, "only {found} ways");
    };
    check("html", "html", "href=\"([^\"#:]+)\"");
    check("markdown", "md", r"\]\(([\w./]+\.md)\)");
}

#[test]
fn one_document_holds_all_pages_and_names_nothing_twice() {
    let made = said(atlas9().args(["explain", "--all", "--format", "html"]));
    let ids = Regex::new(r#" id="([^"]+)""#).expect("a pattern");
    let ids: Vec<String> = ids.captures_iter(&made.out).map(|found| found[1].to_owned()).collect();
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    for (_, name) in names() {
        assert!(unique.contains(&name.to_lowercase()), "{name} is missing");
    }
    let ways = Regex::new("href=\"#([^\"]+)\"").expect("a pattern");
    for way in ways.captures_iter(&made.out) {
        assert!(unique.contains(&way[1].to_owned()), "nothing is called {}", &way[1]);
    }
}

#[test]
fn pages_are_accepted_by_a_judge_of_html() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    pages("html", folder.path());
    let rules = folder.path().join(".htmlvalidate.json");
    // Lines and blanks are not looked at: no person writes these files.
    fs::write(&rules, r#"{"root": true, "extends": ["html-validate:recommended"], "rules": {"no-trailing-whitespace": "off", "no-inline-style": "off"}}"#)
        .expect("the file can be written");
    let judged = said(atlas9_suite::tools::node("html-validate").current_dir(folder.path()).arg("**/*.html"));
    assert_eq!(judged.status, 0, "{}{}", judged.out, judged.err);
}

#[test]
fn writing_again_changes_nothing_and_edits_are_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let base = folder.path();
    assert!(!pages("html", base).err.contains("0 written"));
    assert!(pages("html", base).err.contains("0 written"));
    fs::write(base.join("lints/float_money.html"), "mine").expect("the file can be written");
    let refused = pages("html", base);
    assert_eq!(refused.status, 1, "{}", refused.err);
    assert!(refused.err.contains("float_money.html"), "{}", refused.err);
    assert_eq!(fs::read_to_string(base.join("lints/float_money.html")).expect("a page"), "mine");
}

#[test]
fn formats_of_pages_are_for_pages() {
    let check = |args: &[&str], word: &str| {
        let wrong = said(atlas9().args(args));
        assert_eq!(wrong.status, 2, "{args:?}");
        assert!(wrong.err.contains(word), "{}", wrong.err);
    };
    check(&["check", "--format", "html", "examples/bookstore"], "explain --all");
    check(&["explain", "float_money", "--format", "markdown"], "explain --all");
    check(&["explain", "--all", "--out", "pages"], "--format html");
    check(&["explain", "float_money", "--out", "pages"], "--all");
}

fn pages(format: &str, base: &Path) -> Said {
    said(atlas9().args(["explain", "--all", "--format", format, "--out"]).arg(base))
}

/// Every kind and name that is explained.
fn names() -> Vec<(String, String)> {
    let list = said(atlas9().args(["explain", "--all", "--format", "json"]));
    let list: Vec<Value> = serde_json::from_str(&list.out).expect("a list");
    assert!(list.len() > 200);
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    list.iter().map(|page| (text(&page["kind"]), text(&page["name"]))).collect()
}
