//! Sizes of files and their first sentence; the fixed top level.

use super::{hold, percentile, sources};
use atlas9_suite::command::run;
use atlas9_suite::place::root;

#[test]
fn files_are_small() {
    let sources = sources();
    let lines = |text: &str| text.lines().count();
    let large: Vec<String> =
        sources.iter().filter(|source| lines(&source.text) > 600).map(|source| source.path.clone()).collect();
    hold("a file has at most 600 lines", &large);
    let median = percentile(&mut sources.iter().map(|source| lines(&source.text)).collect::<Vec<_>>(), 50);
    assert!(median <= 150, "the median file has {median} lines, more than 150");
}

#[test]
fn every_file_opens_with_what_it_is() {
    let silent: Vec<String> = sources()
        .iter()
        .filter(|source| !source.text.starts_with("//! ") && !source.text.starts_with("#!["))
        .map(|source| source.path.clone())
        .collect();
    hold("a file opens with a `//!` sentence", &silent);
}

#[test]
fn the_top_level_is_fixed() {
    const FIXED: [&str; 15] = [
        "Cargo.toml",
        "Cargo.lock",
        "compiler",
        "emitters",
        "lints",
        "stdlib",
        "examples",
        "tests",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "rust-toolchain.toml",
        "target",
    ];
    let listed = run(std::process::Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root()));
    let mut strange: Vec<String> = listed
        .lines()
        .map(|path| path.split('/').next().unwrap_or("").to_owned())
        .filter(|top| !top.starts_with('.') && !FIXED.contains(&top.as_str()))
        .collect();
    strange.dedup();
    hold("the top level is fixed", &strange);
}
