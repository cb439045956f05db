//! The Rust SDK: held to Rust's strict tools for every case, and run against the bookstore.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use atlas9_suite::command::run;
use atlas9_suite::place::{copy, generate, root, scratch, target};

use crate::cases::packages;
use crate::{names, sdk_rust_calls};

/// One workspace for all crates, so that what they need is built once.
const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["run", "calls", "*/generated/sdk-rust"]

# As in the repository, so that what both need is not built again.
[profile.dev]
debug = "line-tables-only"

[profile.dev.package."*"]
debug = false
"#;

/// What clippy is told.
const STRICT: [&str; 6] = ["--all-targets", "--", "-D", "warnings", "-W", "clippy::pedantic"];

/// How many resources the crate has in which each is a feature.
const MANY: usize = 25;

#[test]
fn the_sdk_of_every_case_passes_the_strict_tools_of_rust() {
    run(&mut cargo(&["fmt", "--all", "--check"]));
    run(cargo(&["clippy", "--workspace", "--exclude", "matrix"]).args(STRICT));
    run(&mut cargo(&["clippy", "-p", "matrix", "--all-targets", "--", "-D", "warnings"]));
    let doc = ["doc", "--workspace", "--no-deps", "--exclude", "matrix", "--exclude", sdk_rust_calls::CRATE];
    run(cargo(&doc).env("RUSTDOCFLAGS", "-D warnings"));
}

/// The calls of all pages and the examples of all READMEs.
pub fn check_calls() {
    run(&mut cargo(&["fmt", "-p", sdk_rust_calls::CRATE, "--check"]));
    run(cargo(&["clippy", "-p", sdk_rust_calls::CRATE]).args(STRICT));
}

#[test]
fn resources_that_are_features_can_be_left_out() {
    for features in ["", "thing3s", "thing3s,thing4s"] {
        run(cargo(&["clippy", "-p", "many", "--no-default-features", "--features", features]).args(STRICT));
    }
}

#[test]
fn a_crate_passes_its_own_tests() {
    run(&mut cargo(&["test", "-p", "bookstore"]));
}

#[test]
fn the_examples_of_nasty_names_and_of_features_are_compiled() {
    let said = run(&mut cargo(&["test", "--doc", "-p", "nasty-names", "-p", "many"]));
    assert!(said.matches("running ").count() == 2 && !said.contains("running 0 tests"), "{said}");
}

#[test]
fn values_of_nasty_names_come_back_as_they_were() {
    names::run_with_values(&mut cargo(&["test", "-p", "matrix"]));
}

/// The scenarios of `tests/run/matrix`.
pub fn matrix() -> Command {
    run(&mut cargo(&["build", "-p", "matrix"]));
    Command::new(target().join("debug/matrix"))
}

/// Cargo in the workspace.
fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let (command, rest) = arguments.split_first().expect("a command");
    cargo.arg(command).args(if *command == "fmt" { &[] } else { ["--quiet"].as_slice() }).args(rest);
    cargo.current_dir(workspace()).env("CARGO_TARGET_DIR", target());
    cargo
}

/// The crates of all cases, and the program that goes through the scenarios.
fn workspace() -> &'static Path {
    static READY: OnceLock<PathBuf> = OnceLock::new();
    READY.get_or_init(|| {
        let folder = scratch("sdk-rust");
        let values = fs::read_to_string(root().join("tests/run/sdk-rust/values.atlas"));
        let values = values.expect("the schema can be read");
        let own = [("many", many()), ("values", values)];
        let own = own.map(|(name, schema)| (name.to_owned(), package(name, &schema)));
        let packages: Vec<(String, PathBuf)> = packages().into_iter().chain(own).collect();
        for (name, package) in &packages {
            generate(package, &folder.join(name), &["docs", "sdk-rust"]);
        }
        sdk_rust_calls::write(&folder, packages.iter().map(|(name, _)| name.as_str()));
        let program = root().join("tests/run/sdk-rust");
        copy(&program, &folder.join("run"));
        fs::copy(program.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock can be copied");
        fs::write(folder.join("Cargo.toml"), WORKSPACE).expect("the manifest can be written");
        folder
    })
}

/// A package of one schema, for this language alone.
fn package(name: &str, schema: &str) -> PathBuf {
    let folder = scratch("sdk-rust-packages").join(name);
    fs::create_dir_all(&folder).expect("the folder can be made");
    fs::write(folder.join("atlas.yaml"), format!("name: {name}\n")).expect("the file can be written");
    fs::write(folder.join("schema.atlas"), schema).expect("the file can be written");
    folder
}

/// A schema of so many resources that each is a feature; some of them need what the others do not.
fn many() -> String {
    let mut schema = "namespace many\nservice Many { version \"1.0.0\" }\n\
                      error Taken: conflict { message \"It is taken.\" remedy \"Take another.\" }\n"
        .to_owned();
    for at in 0..MANY {
        let next = (at + 1) % MANY;
        let more = match at % 3 {
            0 => format!("create update action take() -> Thing{at} raises Taken"),
            1 => "list sort(name) filter(name)".to_owned(),
            _ => "delete".to_owned(),
        };
        let fields = format!("id: uuid @key name: string(1..=9) next: ref Thing{next}?");
        schema.push_str(&format!("resource Thing{at} {{ {fields} operations {{ get {more} }} }}\n"));
    }
    schema
}
