//! The OpenAPI of every case is accepted by tools that never saw our code.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use atlas9_suite::command::{run, said};
use atlas9_suite::place::{generate, scratch};
use atlas9_suite::tools;

use crate::cases::packages;

#[test]
fn every_document_passes_validator_redocly_and_spectral() {
    let documents = documents();
    let validator = said(tools::python("openapi-spec-validator").args(documents));
    assert_eq!(validator.status, 0, "{}{}", validator.out, validator.err);
    redocly(documents);
    spectral(documents);
}

#[test]
fn generators_of_others_read_every_document() {
    let (types, client) = (scratch("openapi").join("types.ts"), scratch("openapi").join("client.go"));
    for document in documents().iter().filter(|path| path.extension().is_some_and(|end| end == "json")) {
        run(tools::node("openapi-typescript").arg(document).arg("--output").arg(&types));
        // What it says it can read; 3.1 it says it cannot yet.
        if document.components().any(|part| part.as_os_str() == "3.0") {
            let go = ["-generate", "types,client", "-package", "client", "-o"];
            run(tools::go("oapi-codegen").args(go).arg(&client).arg(document));
        }
    }
}

fn redocly(documents: &[PathBuf]) {
    let redocly = said(
        tools::node("redocly")
            .args(["lint", "--extends", "recommended", "--format", "json", "--max-problems", "1000"])
            .args(documents)
            .env("REDOCLY_TELEMETRY", "off"),
    );
    // One report for all documents, or one for each: none may count anything.
    let totals: Vec<&str> = redocly
        .out
        .lines()
        .filter(|line| line.contains("\"errors\":") || line.contains("\"warnings\":"))
        .collect();
    assert!(!totals.is_empty(), "Redocly reports nothing: {}{}", redocly.out, redocly.err);
    let clean = totals.iter().all(|line| line.trim().trim_end_matches(',').ends_with(": 0"));
    assert!(redocly.status == 0 && clean, "{}{}", redocly.out, redocly.err);
}

fn spectral(documents: &[PathBuf]) {
    let rules = scratch("openapi").join("spectral.yaml");
    fs::write(&rules, "extends: [\"spectral:oas\"]\n").expect("the file can be written");
    let read = documents.iter().map(|path| shown_to_spectral(path));
    let mut spectral = tools::node("spectral");
    spectral.args(["lint", "--fail-severity", "hint", "--ruleset"]).arg(rules).args(read);
    run(&mut spectral);
}

/// Spectral sets the prototype of what it reads where a property is called `__proto__`, and sees another document: that one is called
/// something else for it.
fn shown_to_spectral(document: &Path) -> PathBuf {
    let text = fs::read_to_string(document).expect("the document can be read");
    if !text.contains("__proto__") {
        return document.to_owned();
    }
    let shown = document.with_file_name(format!(
        "for-spectral-{}",
        document.file_name().expect("a document has a name").to_string_lossy()
    ));
    fs::write(&shown, text.replace("__proto__", "proto__")).expect("the file can be written");
    shown
}

/// The documents of every case, in both versions and both formats.
fn documents() -> &'static [PathBuf] {
    static MADE: OnceLock<Vec<PathBuf>> = OnceLock::new();
    MADE.get_or_init(|| {
        packages()
            .iter()
            .flat_map(|(name, package)| ["3.1", "3.0"].map(|version| made(name, package, version)))
            .flatten()
            .collect()
    })
}

fn made(name: &str, package: &Path, version: &str) -> [PathBuf; 2] {
    let base = scratch("openapi");
    let config = fs::read_to_string(package.join("atlas.yaml")).expect("the package has a configuration");
    let copy = base.join("packages").join(name).join(version);
    copy_package(package, &copy);
    let without_emit = config.split("\nemit:").next().unwrap_or("");
    // Spectral wants to know whom to ask.
    let wanted = format!(
        "{without_emit}\nemit:\n  openapi:\n    version: \"{version}\"\n    format: [json, yaml]\n    \
         contact_url: https://example.com/support\n"
    );
    fs::write(copy.join("atlas.yaml"), wanted).expect("the file can be written");
    let out = base.join(name).join(version);
    generate(&copy, &out, &[]);
    ["openapi.json", "openapi.yaml"].map(|file| out.join("generated/openapi").join(file))
}

pub fn copy_package(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the package can be read") {
        let path = entry.expect("the package can be read").path();
        let name = path.file_name().expect("a file has a name");
        if path.is_dir() && name == "schema" {
            copy_package(&path, &to.join(name));
        } else if path.extension().is_some_and(|end| end == "atlas" || end == "yaml") {
            fs::copy(&path, to.join(name)).expect("the file can be copied");
        }
    }
}
