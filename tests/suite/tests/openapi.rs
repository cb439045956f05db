//! The OpenAPI of every case is accepted by tools that never saw our code.

use atlas9_suite::command::said;
use atlas9_suite::place::{generate, scratch};
use atlas9_suite::tools;

use crate::cases::packages;

#[test]
fn every_document_passes_openapi_spec_validator_and_redocly() {
    let base = scratch("openapi");
    let mut documents = Vec::new();
    for (name, package) in packages() {
        for version in ["3.1", "3.0"] {
            let out = base.join(&name).join(version);
            let config =
                std::fs::read_to_string(package.join("atlas.yaml")).expect("the package has a configuration");
            let copy = base.join("packages").join(&name).join(version);
            copy_package(&package, &copy);
            let without_emit: String = config.split("\nemit:").next().unwrap_or("").to_owned();
            let wanted = format!(
                "{without_emit}\nemit:\n  openapi:\n    version: \"{version}\"\n    format: [json, yaml]\n"
            );
            std::fs::write(copy.join("atlas.yaml"), wanted).expect("the file can be written");
            generate(&copy, &out, &[]);
            documents.extend(
                ["openapi.json", "openapi.yaml"].map(|file| out.join("generated/openapi").join(file)),
            );
        }
    }
    let validator = said(tools::python("openapi-spec-validator").args(&documents));
    assert_eq!(validator.status, 0, "{}{}", validator.out, validator.err);
    let redocly = said(
        tools::node("redocly")
            .args(["lint", "--extends", "recommended", "--format", "json", "--max-problems", "1000"])
            .args(&documents)
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

pub fn copy_package(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("the folder can be made");
    for entry in std::fs::read_dir(from).expect("the package can be read") {
        let path = entry.expect("the package can be read").path();
        let name = path.file_name().expect("a file has a name");
        if path.is_dir() && name == "schema" {
            copy_package(&path, &to.join(name));
        } else if path.extension().is_some_and(|end| end == "atlas" || end == "yaml") {
            std::fs::copy(&path, to.join(name)).expect("the file can be copied");
        }
    }
}
