//! The pages of the reference keep their word: Incorrect raises exactly the page's error, Correct raises nothing; both are laid out as
//! `atlas9 fmt` does, which `UPDATE=1 cargo test` writes anew.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use atlas9_analyze::{analyze_texts, analyze_texts_at};
use atlas9_diagnostics::{ALL_CODES, Code, Color, text};
use layout::laid_out;

#[path = "blocks/layout.rs"]
mod layout;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../reference/errors")
}

/// The block under a heading.
fn block(code: &Code, heading: &str) -> &'static str {
    let (_, rest) = code.page.split_once(heading).expect("a heading");
    let (_, rest) = rest.split_once("```atlas\n").expect("a block");
    rest.split_once("```").expect("the block's end").0
}

/// The files of a block: a line such as `// prices.atlas` begins another one.
fn files(source: &str) -> Vec<String> {
    let begins = |line: &str| line.starts_with("// ") && line.trim_end().ends_with(".atlas");
    let mut files = vec![String::new()];
    for line in source.split_inclusive('\n') {
        if begins(line) {
            files.push(String::new());
        }
        files.last_mut().expect("a file").push_str(line);
    }
    files
}

/// The codes that a block raises, and how they are shown.
fn check(source: &str) -> (Vec<String>, String) {
    let at = source.lines().find_map(|line| line.strip_prefix("// atlas9 generate --at "));
    let files = files(source);
    let names: Vec<String> = (1..=files.len()).map(|number| format!("page{number}.atlas")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().zip(&files).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let files: Vec<_> = files.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect();
    let (sources, _, diagnostics) =
        at.map_or_else(|| analyze_texts(&files), |version| analyze_texts_at(&files, version));
    let codes = diagnostics.iter().map(|diagnostic| diagnostic.code.to_string()).collect();
    (codes, text(&sources, &diagnostics, Color::Off))
}

/// Errors of files and packages, and those of emitters, need more than a text.
fn of_the_language(code: &Code) -> bool {
    !code.name.starts_with("E00") && !code.name.starts_with("E07")
}

#[test]
fn pages_raise_their_error_and_nothing_else() {
    for code in ALL_CODES.iter().filter(|code| of_the_language(code)) {
        let (codes, shown) = check(block(code, "## Incorrect"));
        assert_eq!(codes, [code.name], "Incorrect of {}\n{shown}", code.name);
        let (codes, shown) = check(block(code, "## Correct"));
        assert!(codes.is_empty(), "Correct of {}\n{shown}", code.name);
    }
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let pages: BTreeSet<String> = fs::read_dir(folder())
        .expect("reads")
        .map(|entry| entry.expect("reads").file_name().to_string_lossy().trim_end_matches(".md").to_owned())
        .collect();
    let codes: BTreeSet<String> = ALL_CODES.iter().map(|code| code.name.to_owned()).collect();
    assert_eq!(pages, codes);
    for code in ALL_CODES {
        assert!(code.page.starts_with(&format!("# {}: ", code.name)), "{}", code.name);
    }
}

/// The page with its blocks laid out, and the blank lines between the files of one as they are.
fn formatted(page: &str) -> String {
    let mut made = String::new();
    let mut rest = page;
    while let Some((before, block)) = rest.split_once("```atlas\n") {
        let (block, after) = block.split_once("```\n").expect("the block's end");
        made.push_str(before);
        made.push_str("```atlas\n");
        for file in files(block) {
            let (text, blank) = file.split_at(file.trim_end().len());
            if !text.is_empty() {
                made.push_str(laid_out(text).trim_end());
            }
            made.push_str(blank);
        }
        made.push_str("```\n");
        rest = after;
    }
    made + rest
}

#[test]
fn blocks_are_formatted() {
    for code in ALL_CODES {
        let path = folder().join(format!("{}.md", code.name));
        let (then, now) = (code.page, formatted(code.page));
        if now != then && std::env::var_os("UPDATE").is_some() {
            fs::write(path, now).expect("writes");
            continue;
        }
        assert!(now == then, "{}: run UPDATE=1 cargo test -p atlas9-analyze\n{now}", path.display());
    }
}
