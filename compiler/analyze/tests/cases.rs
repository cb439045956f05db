//! Each file in `cases/` holds the source of one or more files and what is said of them. `UPDATE=1 cargo test` writes it anew.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use atlas9_analyze::analyze_texts;
use atlas9_diagnostics::{Color, text};

const OUTPUT: &str = "=== output\n";

/// The findings as they are shown, and then whether there is a model. Symbols stand beside, since the text does not show them.
fn check(files: &[(&str, &str)]) -> String {
    let (sources, ir, diagnostics) = analyze_texts(files);
    let symbols: Vec<&str> =
        diagnostics.iter().filter_map(|diagnostic| diagnostic.symbol.as_deref()).collect();
    let model = if ir.is_some() { "a model" } else { "no model" };
    let shown = text(&sources, &diagnostics, Color::Off);
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    format!("{}\nabout: {}\n{model}\n", lines.join("\n").trim_end(), symbols.join(", "))
}

fn split(case: &str) -> Vec<(&str, &str)> {
    let source = case.split(OUTPUT).next().unwrap_or_default();
    let files = source.split("=== ").filter(|part| !part.is_empty());
    files.map(|part| part.split_once('\n').expect("a name and a text")).collect()
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
        let now = format!("{source}{OUTPUT}{}", check(&split(&case)));
        if now == case {
            continue;
        }
        if update {
            fs::write(&path, &now).expect("writes");
        } else {
            different.push(format!("{}\n{now}", path.display()));
        }
    }
    assert!(different.is_empty(), "run UPDATE=1 cargo test -p atlas9-analyze\n{}", different.join("\n"));
}

#[test]
fn there_are_many_cases() {
    assert!(cases().len() >= 40, "{}", cases().len());
}
