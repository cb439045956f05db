//! README says what is true: every path exists, every command runs.

use std::collections::BTreeSet;
use std::fs;

use atlas9_suite::http::{Case, play};
use atlas9_suite::place::root;
use regex::Regex;

#[test]
fn every_path_of_where_things_live_exists() {
    let readme = fs::read_to_string(root().join("README.md")).expect("there is a README");
    let section = readme
        .split("## Where things live")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .expect("README has that section");
    let path = Regex::new(r"(?m)^\| `([A-Za-z0-9_./-]+)` \|").expect("a pattern");
    let paths: BTreeSet<&str> =
        path.captures_iter(section).filter_map(|found| found.get(1)).map(|found| found.as_str()).collect();
    assert!(paths.len() >= 15, "only {} paths: {paths:?}", paths.len());
    let missing: Vec<&&str> = paths.iter().filter(|path| !root().join(path).exists()).collect();
    assert!(missing.is_empty(), "README names what is not there: {missing:?}");
}

#[test]
fn every_dependency_is_in_the_table() {
    let readme = fs::read_to_string(root().join("README.md")).expect("there is a README");
    let metadata = cargo_metadata::MetadataCommand::new()
        .current_dir(root())
        .no_deps()
        .exec()
        .expect("cargo metadata runs");
    let used: BTreeSet<String> = metadata
        .packages
        .iter()
        .flat_map(|package| package.dependencies.iter().map(|dependency| dependency.name.clone()))
        .collect();
    let missing: Vec<&String> = used
        .iter()
        .filter(|name| !name.starts_with("atlas9") && !readme.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "README's table of dependencies lacks {missing:?}");
}

/// The curl lines of README, run by a shell against a server, in the order they stand.
#[test]
fn the_curl_lines_of_the_readme_work() {
    let readme = fs::read_to_string(root().join("README.md")).expect("there is a README");
    let script: String = readme
        .split("```sh\n")
        .skip(1)
        .filter_map(|block| block.split("```").next())
        .filter(|block| block.contains("curl"))
        .collect();
    assert!(script.matches("call ").count() >= 10, "README has too few requests:\n{script}");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = crate::servers::serve(&format!("sqlite://{}/readme.db", folder.path().display()));
    let script = script
        .replace("http://127.0.0.1:8080", &server.url)
        .replace("TOKEN=dev", &format!("TOKEN={}", atlas9_suite::server::TOKEN));
    let out = atlas9_suite::command::run(
        std::process::Command::new("bash").args(["-euo", "pipefail", "-c", &script]),
    );
    for word in ["\"next_cursor\":", "\"deleted_at\":", "already_published"] {
        assert!(out.contains(word), "`{word}` is missing in\n{out}");
    }
    // The server is still well after it.
    Case::all(&root().join("tests/run/http/serve"))
        .iter()
        .for_each(|case| drop(play(case, &server.url, atlas9_suite::server::TOKEN)));
}
