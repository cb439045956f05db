//! The case of nasty names: served, with the values that the clients of all languages send there and read again.

use std::path::PathBuf;
use std::process::Command;

use atlas9_suite::command::run;
use atlas9_suite::place::{atlas9, root};
use atlas9_suite::server::Server;

use crate::cases::packages;

/// Its package.
pub fn package() -> PathBuf {
    let (_, package) =
        packages().into_iter().find(|(name, _)| name == "nasty_names").expect("there is such a case");
    package
}

/// Runs a program with the values of `tests/run/names`, beside a server that takes them.
pub fn run_with_values(program: &mut Command) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = format!("sqlite://{}/names.db", folder.path().display());
    let server = Server::start(
        atlas9().args(["serve", "--port", "0", "--no-reload", "--database", &database]).arg(package()),
    );
    run(program.env("VALUES", root().join("tests/run/names/values.json")).env("BASE_URL", &server.url));
}
