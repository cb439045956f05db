//! The Rust SDK: held to Rust's strict tools for every case, and run against the bookstore.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use atlas9_suite::command::run;
use atlas9_suite::place::{copy, generate, root, scratch, target};

use crate::cases::packages;
use crate::names;

/// One workspace for all crates, so that what they need is built once.
const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["run", "*/generated/sdk-rust"]

# As in the repository, so that what both need is not built again.
[profile.dev]
debug = "line-tables-only"

[profile.dev.package."*"]
debug = false
"#;

#[test]
fn the_sdk_of_every_case_passes_the_strict_tools_of_rust() {
    run(&mut cargo(&["fmt", "--all", "--check"]));
    let strict = ["--all-targets", "--", "-D", "warnings", "-W", "clippy::pedantic"];
    run(cargo(&["clippy", "--workspace", "--exclude", "matrix"]).args(strict));
    run(&mut cargo(&["clippy", "-p", "matrix", "--all-targets", "--", "-D", "warnings"]));
    run(cargo(&["doc", "--workspace", "--no-deps", "--exclude", "matrix"]).env("RUSTDOCFLAGS", "-D warnings"));
}

#[test]
fn a_crate_passes_its_own_tests() {
    run(&mut cargo(&["test", "-p", "bookstore"]));
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
        for (name, package) in packages() {
            generate(&package, &folder.join(name), &["sdk-rust"]);
        }
        let program = root().join("tests/run/sdk-rust");
        copy(&program, &folder.join("run"));
        fs::copy(program.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock can be copied");
        fs::write(folder.join("Cargo.toml"), WORKSPACE).expect("the manifest can be written");
        folder
    })
}
