//! Packages that use one another: the example checks, generates and serves; what is wrong in a dependency is told with its path.

use std::fs;
use std::path::Path;
use std::process::Command;

use atlas9_suite::command::{run, said};
use atlas9_suite::place::{atlas9, programs, root};
use atlas9_suite::server::Server;
use serde_json::Value;

use crate::example::build_script;
use crate::reload::SOON;

const COMMON: &str = "examples/shared-types/common";
const SHOP: &str = "examples/shared-types/shop";

#[test]
fn the_example_is_clean() {
    for package in [COMMON, SHOP] {
        let said = said(atlas9().args(["check", "--fail-on", "warning", package]));
        assert_eq!(said.status, 0, "{}", said.err);
    }
    let said = said(atlas9().args(["fmt", "--check", "examples/shared-types"]));
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
}

#[test]
fn the_example_generates_what_it_uses() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    run(atlas9().args(["generate", SHOP, "--out"]).arg(folder.path()));
    let openapi =
        fs::read_to_string(folder.path().join("generated/openapi/openapi.json")).expect("it is there");
    let document: Value = serde_json::from_str(&openapi).expect("it is JSON");
    let schemas = &document["components"]["schemas"];
    assert!(schemas["Address"]["properties"]["lines"].is_object(), "{schemas}");
    assert!(schemas["Customer"]["properties"]["email"].is_object(), "{schemas}");
    let errors =
        fs::read_to_string(folder.path().join("generated/rust-server/shop/errors.rs")).expect("it is there");
    // The same on every machine: nothing of where the packages lie but the way between them.
    assert!(errors.contains("`../common/schema/people.atlas:"), "{errors}");
}

#[test]
fn the_model_says_what_is_from_where() {
    let model: Value = serde_json::from_str(&run(atlas9().args(["ir", SHOP]))).expect("the model is JSON");
    let namespaces = |name: &str| {
        model["types"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|it| it["name"] == name)
            .map(|it| it["namespace"].clone())
    };
    assert_eq!(namespaces("Address"), Some("common".into()));
    assert_eq!(namespaces("OrderStatus"), Some("shop".into()));
    let packages: Vec<&Value> =
        model["files"].as_array().into_iter().flatten().map(|file| &file["package"]).collect();
    assert!(packages.contains(&&"common".into()) && packages.contains(&&"std".into()), "{packages:?}");
}

#[test]
fn configuration_tells_the_dependencies() {
    let text = run(atlas9().args(["config", SHOP]));
    let line = text.lines().find(|line| line.starts_with("dependencies.common ")).expect("it is told");
    assert!(line.contains(" ../common ") && line.ends_with("shop/atlas.yaml:7"), "{line}");
    let text = run(atlas9().args(["config", COMMON]));
    assert!(
        text.lines().any(|line| line.starts_with("dependencies ") && line.ends_with("default")),
        "{text}"
    );
}

/// The example under another roof, to be changed.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for file in [
        "common/atlas.yaml",
        "common/schema/addresses.atlas",
        "common/schema/people.atlas",
        "shop/atlas.yaml",
        "shop/schema/shop.atlas",
    ] {
        let to = folder.path().join(file);
        fs::create_dir_all(to.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::copy(root().join("examples/shared-types").join(file), to).expect("the file can be copied");
    }
    folder
}

fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("the file is there");
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replace(from, to)).expect("the file can be written");
}

#[test]
fn errors_of_a_dependency_have_its_path() {
    let folder = copy();
    change(&folder.path().join("common/schema/addresses.atlas"), "string(1..=16)", "strng(1..=16)");
    // What is unformatted elsewhere is not this package's business, and neither are its lints.
    change(
        &folder.path().join("common/schema/people.atlas"),
        "/// The language of",
        "///    The language of",
    );
    let check = |from: &Path, package: &str| {
        said(Command::new(programs().0).args(["check", package]).current_dir(from))
    };
    for (from, package, place) in [
        (folder.path().to_owned(), "shop", "common/schema/addresses.atlas:10:"),
        (folder.path().join("shop"), ".", "../common/schema/addresses.atlas:10:"),
        (folder.path().join("shop/schema"), "..", "../../common/schema/addresses.atlas:10:"),
    ] {
        let said = check(&from, package);
        assert_eq!(said.status, 1, "{said:?}");
        assert!(said.err.contains(&format!("--> {place}")), "{}", said.err);
        assert!(said.err.contains("did you mean `string`?") && said.err.contains("1 error"), "{}", said.err);
    }
    let before = fs::read(folder.path().join("common/schema/people.atlas")).expect("the file is there");
    run(atlas9().arg("fmt").arg(folder.path().join("shop")));
    assert_eq!(
        before,
        fs::read(folder.path().join("common/schema/people.atlas")).expect("the file is there")
    );
    let refused = said(atlas9().arg("generate").arg(folder.path().join("shop")));
    assert!(refused.status == 1 && !folder.path().join("shop/generated").exists(), "{refused:?}");
}

#[test]
fn lints_are_about_the_package_itself() {
    let folder = copy();
    // A list without a bound is a finding of the package that declares it.
    change(
        &folder.path().join("common/schema/addresses.atlas"),
        "[string(1..=100)](1..=4)",
        "[string(1..=100)]",
    );
    let findings = |package: &str| {
        said(atlas9().args(["check", "--fail-on", "warning"]).arg(folder.path().join(package))).status
    };
    assert_eq!((findings("common"), findings("shop")), (1, 0));
}

#[test]
fn a_changed_dependency_is_served() {
    let folder = copy();
    let address = folder.path().join("common/schema/addresses.atlas");
    let server = Server::start(atlas9().args(["serve", "--port", "0"]).arg(folder.path().join("shop")));
    change(&address, "string(1..=16)", "strng(1..=16)");
    let told = server.says("still served", SOON);
    assert!(told.contains("E0202") && told.contains("common/schema/addresses.atlas:10:"), "{told}");
    change(&address, "strng(1..=16)", "string(1..=12)");
    server.says("reloaded", SOON);
    // A dependency that is new and broken is watched from the start.
    let prices = folder.path().join("prices");
    fs::create_dir(&prices).expect("the folder can be made");
    fs::write(prices.join("atlas.yaml"), "name: prices\n").expect("the file can be written");
    fs::write(prices.join("prices.atlas"), "namespace prices\n\ntype Price = decmal(10, 2)\n")
        .expect("the file can be written");
    change(&folder.path().join("shop/atlas.yaml"), "dependencies:\n", "dependencies:\n  prices: ../prices\n");
    let told = server.says("still served", SOON);
    assert!(told.contains("prices/prices.atlas:3:"), "{told}");
    change(&prices.join("prices.atlas"), "decmal", "decimal");
    server.says("reloaded", SOON);
}

#[test]
fn a_build_script_watches_the_dependencies() {
    let folder = copy();
    let package = folder.path().join("shop");
    let said =
        said(Command::new(build_script()).env("OUT_DIR", folder.path().join("out")).current_dir(&package));
    assert_eq!(said.status, 0, "{said:?}");
    let watched: Vec<&str> =
        said.out.lines().filter_map(|line| line.strip_prefix("cargo::rerun-if-changed=")).collect();
    for path in [
        "./../common/atlas.yaml",
        "./../common/schema",
        "./../common/schema/people.atlas",
        "./schema/shop.atlas",
    ] {
        assert!(watched.contains(&path), "{path} is not among {watched:?}");
    }
}

#[test]
fn two_packages_do_not_generate_into_one_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let generate = |package: &str, args: &[&str]| {
        said(atlas9().args(["generate", package, "--only", "sql", "--out"]).arg(folder.path()).args(args))
    };
    assert_eq!(generate("examples/bookstore", &[]).status, 0);
    let refused = generate(SHOP, &[]);
    assert_eq!(refused.status, 1, "{refused:?}");
    for word in ["E0023", "`bookstore`", "`shop`", "--out", "--overwrite"] {
        assert!(refused.err.contains(word), "`{word}` is missing: {}", refused.err);
    }
    assert!(generate(SHOP, &["--check"]).err.contains("E0023"));
    assert_eq!(generate("examples/bookstore", &["--check"]).status, 0);
    assert_eq!(generate(SHOP, &["--overwrite"]).status, 0);
}
