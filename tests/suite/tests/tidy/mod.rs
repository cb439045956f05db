//! The rules of architecture.md that a machine can hold.

mod arrows;
mod files;
mod functions;
mod words;

use std::path::{Path, PathBuf};
use std::process::Command;

use atlas9_suite::command::run;
use atlas9_suite::place::root;

/// A source file of ours, with its path from the top of the repository.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// True for what runs in tests only.
    fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }

    /// The text without what stands in `#[cfg(test)]` modules at its end.
    fn shipped(&self) -> &str {
        self.text.split("\n#[cfg(test)]\nmod ").next().unwrap_or("")
    }
}

/// Every Rust file that somebody wrote: what git knows or would add, without what was generated.
fn sources() -> Vec<Source> {
    let listed = run(Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"])
        .current_dir(root()));
    let paths = listed.lines().filter(|path| !path.contains("/generated/") && !path.contains("/golden/"));
    let sources: Vec<Source> = paths.filter_map(source).collect();
    assert!(sources.len() > 50, "only {} sources: is this the repository?", sources.len());
    sources
}

fn source(path: &str) -> Option<Source> {
    let full: PathBuf = root().join(path);
    // A file that was deleted but not committed is still listed.
    Path::exists(&full).then(|| Source {
        path: path.to_owned(),
        text: std::fs::read_to_string(&full).unwrap_or_else(|error| panic!("{path}: {error}")),
    })
}

/// Fails with the whole list of what breaks a rule.
fn hold(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n{}", broken.join("\n"));
}

/// The value below which `share` percent of the sorted values lie.
fn percentile(values: &mut [usize], share: usize) -> usize {
    values.sort_unstable();
    values.get(values.len() * share / 100).copied().unwrap_or(0)
}
