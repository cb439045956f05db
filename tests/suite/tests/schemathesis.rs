//! Schemathesis, with every check and every phase, finds nothing in the servers: no failure, no status and no answer that their
//! document does not have, nothing refused that fits it.
//!
//! What it takes for a failure and is none stands with its reason in `tools/schemathesis_hooks.py`. Each server gets so many
//! requests as `ATLAS9_SCHEMATHESIS` says: `ATLAS9_SCHEMATHESIS=20000 tests/all schemathesis` is the long form.

use std::path::{Path, PathBuf};

use atlas9_suite::command::said;
use atlas9_suite::place::{root, scratch};
use atlas9_suite::postgres;
use atlas9_suite::server::{Server, TOKEN};
use atlas9_suite::tools;
use serde_json::Value;

use crate::hostile::services::{Service, bookstore, library as library_with_books};
use crate::library;
use crate::servers::{compiled_unlimited, on_sqlite, serve_unlimited};

/// Requests to each server, unless the environment says otherwise.
const REQUESTS: u64 = 1000;

#[test]
fn nothing_is_found_in_the_bookstore_that_is_served() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    check("bookstore-served-sqlite", &serve_unlimited(&on_sqlite(folder.path())()), bookstore, Code::Missing);
    check("bookstore-served-postgres", &serve_unlimited(&postgres::database()), bookstore, Code::Missing);
}

#[test]
fn nothing_is_found_in_the_bookstore_that_is_compiled() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    check(
        "bookstore-compiled-sqlite",
        &compiled_unlimited(&on_sqlite(folder.path())()),
        bookstore,
        Code::There,
    );
    check("bookstore-compiled-postgres", &compiled_unlimited(&postgres::database()), bookstore, Code::There);
}

#[test]
fn nothing_is_found_in_the_library() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    check(
        "library-served-sqlite",
        &library::serve(&on_sqlite(folder.path())()),
        library_with_books,
        Code::Missing,
    );
    check(
        "library-compiled-postgres",
        &library::compiled(&postgres::database()),
        library_with_books,
        Code::There,
    );
}

/// Whether a server has the code that the schema leaves to Rust.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    There,
    Missing,
}

/// Runs Schemathesis, with another seed each time, until the server has got enough requests.
fn check(name: &str, server: &Server, service: fn(&str) -> Service, code: Code) {
    let known = service(&server.url).known();
    let asked = std::env::var("ATLAS9_SCHEMATHESIS").ok().map(|text| text.parse().expect("a number"));
    let asked = asked.unwrap_or(REQUESTS);
    let folder = scratch("schemathesis").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let (mut sent, mut seed) = (0, 0);
    while sent < asked {
        seed += 1;
        let examples = (asked / 200).clamp(5, 100);
        let more = run(&folder, &server.url, &known, code, seed, examples);
        assert!(more > 0, "{name}: nothing was sent");
        sent += more;
    }
    println!("{name}: {sent} requests, {seed} seeds, nothing found");
}

/// How many requests were sent, none of which found anything.
fn run(folder: &Path, url: &str, known: &Value, code: Code, seed: u64, examples: u64) -> u64 {
    let report = folder.join(format!("{seed}.json"));
    let mut command = tools::python("schemathesis");
    command.arg("--config-file").arg(tool("schemathesis.toml"));
    command.arg("run").arg(format!("{url}/openapi.json"));
    command.args([
        "--header",
        &format!("Authorization: Bearer {TOKEN}"),
        "--no-color",
        "--continue-on-failure",
    ]);
    command.args(["--seed", &seed.to_string(), "--max-examples", &examples.to_string()]);
    command.arg("--report-json-path").arg(&report).current_dir(folder);
    command.env("PYTHONPATH", tool("")).env("PYTHONDONTWRITEBYTECODE", "1").env_remove("ATLAS9_WITHOUT_CODE");
    command.env("ATLAS9_KNOWN", known.to_string());
    if code == Code::Missing {
        command.env("ATLAS9_WITHOUT_CODE", "1");
    }
    let said = said(&mut command);
    let text = std::fs::read_to_string(&report).unwrap_or_default();
    let report: Value = serde_json::from_str(&text).unwrap_or_default();
    let shown = || format!("{command:?} ended with {}\n{}{}", said.status, said.out, said.err);
    assert!(said.status == 0 && report["complete"] == true, "{}", shown());
    let operations = &report["operations"];
    assert!(operations["tested"] == operations["total"] && operations["total"] != 0, "{}", shown());
    assert!(
        accepted(&report) * 2 > operations["total"].as_u64().unwrap_or(0),
        "little was accepted: {}",
        shown()
    );
    report["test_cases"]["generated"].as_u64().unwrap_or(0)
}

/// How many operations have accepted a request.
fn accepted(report: &Value) -> u64 {
    let rates = report["valid_rates"].as_object().into_iter().flatten();
    let accepted = rates.filter(|(_, phases)| {
        let phases = phases.as_object().into_iter().flatten();
        phases.into_iter().any(|(_, rate)| rate["accepted"].as_u64().unwrap_or(0) > 0)
    });
    accepted.count() as u64
}

fn tool(name: &str) -> PathBuf {
    root().join("tests/suite/tools").join(name)
}
