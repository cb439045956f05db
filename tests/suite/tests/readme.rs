//! What README names is there: paths and dependencies; and its requests are answered as it says, by both servers.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use atlas9_suite::command::said;
use atlas9_suite::place::{atlas9, root};
use atlas9_suite::postgres;
use atlas9_suite::server::{Server, TOKEN};
use regex::Regex;

use crate::servers::{compiled, serve};

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

/// The first block of README in that language.
fn block<'a>(readme: &'a str, language: &str) -> &'a str {
    let rest = readme.split_once(&format!("```{language}\n")).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split("```").next()).expect("README has a block of that language")
}

#[test]
fn the_schema_of_the_readme_is_formatted_and_checks_clean() {
    let readme = fs::read_to_string(root().join("README.md")).expect("there is a README");
    let package = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(package.path().join("schema")).expect("the folder can be made");
    let write = |path: &str, text: &str| {
        fs::write(package.path().join(path), text).expect("the file can be written");
    };
    write("atlas.yaml", "name: desk\n");
    write("schema/desk.atlas", block(&readme, "atlas"));
    let checked = said(atlas9().arg("check").arg(package.path()));
    assert_eq!(
        (checked.status, checked.err.contains("nothing to complain of")),
        (0, true),
        "{}",
        checked.err
    );
    let formatted = said(atlas9().args(["fmt", "--check"]).arg(package.path()));
    assert_eq!(formatted.status, 0, "{}{}", formatted.out, formatted.err);
}

#[test]
fn the_build_script_of_the_readme_is_that_of_the_example() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("the file is there");
    let readme = read("README.md");
    assert_eq!(block(&readme, "rust"), read("examples/bookstore/build.rs"));
    let manifest = read("examples/bookstore/Cargo.toml");
    let shown = block(&readme, "toml").lines();
    let missing: Vec<&str> = shown.filter(|line| !manifest.lines().any(|own| own == *line)).collect();
    assert_eq!(missing, [""; 0], "examples/bookstore/Cargo.toml has them no more");
}

#[test]
fn the_test_of_the_readme_is_one_of_the_example() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("the file is there");
    let (readme, tests) = (read("README.md"), read("examples/bookstore/src/tests.rs"));
    let section =
        readme.split_once("### Test it\n").map(|(_, section)| section).expect("the section is there");
    let shown = block(section, "rust");
    assert!(tests.contains(shown), "examples/bookstore/src/tests.rs has it no more:\n{shown}");
}

/// The curl lines of README, run by a shell in the order they stand, get the statuses that the text promises.
#[test]
fn the_curl_lines_of_the_readme_work() {
    let script = requests();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sqlite = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
    talk(&script, "serve on SQLite", &serve(&sqlite("serve")));
    talk(&script, "serve on PostgreSQL", &serve(&postgres::database()));
    talk(&script, "compiled on SQLite", &compiled(&sqlite("compiled")));
    talk(&script, "compiled on PostgreSQL", &compiled(&postgres::database()));
}

/// Three creates, two pages, a filtered list, one of some fields, a patch, a batch, a delete and its undoing, and a book published
/// twice.
const STATUSES: [&str; 13] =
    ["201", "201", "201", "200", "200", "200", "200", "200", "200", "200", "200", "200", "409"];

/// Only the address and the token are exchanged.
fn talk(script: &str, name: &str, server: &Server) {
    let script =
        script.replace("http://127.0.0.1:8080", &server.url).replace("TOKEN=dev", &format!("TOKEN={TOKEN}"));
    let said = said(Command::new("bash").args(["-euo", "pipefail", "-c", &script]));
    let statuses: Vec<&str> = said.err.lines().collect();
    assert_eq!(statuses, STATUSES, "{name}:\n{}", said.out);
    assert_eq!(said.status, 0, "{name}:\n{}", said.out);
    for word in ["\"next_cursor\":", "\"summary\":null", "\"deleted_at\":\"", "already_published"] {
        assert!(said.out.contains(word), "{name}: `{word}` is missing in\n{}", said.out);
    }
}

/// The blocks of README that talk to a server.
fn requests() -> String {
    let readme = fs::read_to_string(root().join("README.md")).expect("there is a README");
    let blocks = readme.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    blocks.filter(|block| block.contains("curl")).collect()
}
