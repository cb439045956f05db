//! `atlas9 publish`: the registry's own client checks the package, and nothing is uploaded.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use atlas9_suite::command::{Said, said};
use atlas9_suite::place::{atlas9, bookstore, root, scratch, target};
use atlas9_suite::tools;
use serde_json::Value;

use crate::openapi::copy_package;

/// A copy of the bookstore, in which packages can be prepared, with another configuration.
fn package(name: &str, change: impl Fn(String) -> String) -> PathBuf {
    let folder = scratch("publish").join(name);
    let _ = fs::remove_dir_all(&folder);
    copy_package(&bookstore(), &folder);
    let path = folder.join("atlas.yaml");
    let config = fs::read_to_string(&path).expect("the bookstore has a configuration");
    fs::write(path, change(config)).expect("the file can be written");
    folder
}

fn publish(emitter: &str, package: &PathBuf) -> Command {
    let mut command = atlas9();
    command.args(["publish", emitter, "--dry-run"]).arg(package);
    command
}

fn refused(command: &mut Command, status: i32, words: &[&str]) {
    let Said { status: ended, out, err } = said(command);
    assert_eq!((ended, out.as_str()), (status, ""), "{err}");
    words.iter().for_each(|word| assert!(err.contains(word), "{word}\n{err}"));
}

#[test]
fn npm_says_what_it_would_upload() {
    let package = package("npm", |config| config);
    let said = said(publish("sdk-typescript", &package).args(["--format", "json"]));
    assert_eq!(said.status, 0, "{}", said.err);
    let told: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(told["name"], "@bookstore/sdk");
    assert_eq!(told["version"], "1.4.0");
    assert_eq!(told["upload"], "npm publish --access public");
    let contents = told["contents"].to_string();
    for file in ["dist/esm/index.js", "dist/cjs/books.d.ts", "api.md", "CHANGELOG.md", "README.md", "LICENSE"]
    {
        assert!(contents.contains(file), "{file} would not be uploaded: {contents}");
    }
    assert!(contents.contains("(dry-run)"), "{contents}");
}

#[test]
fn a_go_module_is_looked_at_by_go_and_asks_for_a_licence() {
    let package = package("go", |config| config);
    let said = said(&mut publish("sdk-go", &package));
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.err.contains("running go vet ./..."), "{}", said.err);
    assert!(said.err.contains("put your `LICENSE` into the repository"), "{}", said.err);
    for line in [
        "example.com/bookstore 1.4.0 is ready for",
        "  books.go\n",
        "  CHANGELOG.md\n",
        "  README.md\n",
        "  example_test.go\n",
        "git tag v1.4.0",
    ] {
        assert!(said.out.contains(line), "{line}\n{}", said.out);
    }
}

#[test]
fn a_package_has_the_text_of_its_licence_where_that_is_known() {
    let known = "  sdk-go:\n    license: ISC\n    copyright: 2026 Acme Ltd\n";
    let package = package("text", |config| config.replace("  sdk-go:\n", known));
    let said = said(&mut publish("sdk-go", &package));
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.out.contains("  LICENSE\n") && !said.err.contains("LICENSE"), "{}{}", said.out, said.err);
    let text = fs::read_to_string(package.join(".atlas9/publish/sdk-go/LICENSE")).expect("the text is there");
    assert!(text.starts_with("ISC License\n\nCopyright (c) 2026 Acme Ltd\n"), "{text}");
}

#[test]
fn what_goes_to_pypi_is_built_and_checked_by_twine() {
    let told = wheeled(&package("pypi", |config| config));
    assert_eq!((&told["name"], &told["version"]), (&"bookstore".into(), &"1.4.0".into()));
    passed(&told, &["bookstore-1.4.0-py3-none-any.whl", "bookstore-1.4.0.tar.gz"]);
}

#[test]
fn a_python_package_of_nasty_names_is_built_and_checked_by_twine() {
    let told = wheeled(&nasty("python_nasty", "sdk-python"));
    assert_eq!(told["name"], "nasty-names");
    passed(&told, &["nasty_names-1.0.0-py3-none-any.whl", "nasty_names-1.0.0.tar.gz"]);
}

fn passed(told: &Value, files: &[&str]) {
    let contents = told["contents"].to_string();
    for file in files {
        assert!(contents.contains(&format!("{file}: PASSED")), "{file} is missing: {contents}");
    }
}

/// What publishing a package would upload to PyPI, once it has been built and twine has looked at it.
fn wheeled(package: &PathBuf) -> Value {
    let tools = tools::python("python3");
    let mut paths =
        vec![PathBuf::from(tools.get_program()).parent().expect("a tool lies in a folder").to_owned()];
    paths.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let path = std::env::join_paths(paths).expect("paths without colons");
    let said = said(publish("sdk-python", package).args(["--format", "json"]).env("PATH", path));
    assert_eq!(said.status, 0, "{}", said.err);
    serde_json::from_str(&said.out).expect("JSON")
}

#[test]
fn a_package_that_nobody_may_use_is_refused_before_anything_runs() {
    let package = package("licence", |config| config.replace("    license: MIT OR Apache-2.0\n", ""));
    let words = ["error[E0040]", "no licence", "set `license: Apache-2.0` for `sdk-typescript`"];
    refused(&mut publish("sdk-typescript", &package), 1, &words);
    assert!(!package.join(".atlas9/publish/sdk-typescript/node_modules").exists(), "a client has run");
}

#[test]
fn what_cannot_be_published_is_told_with_a_way_out() {
    let package = package("wrong", |config| config);
    refused(&mut publish("sdk-typescrip", &package), 2, &["E0034", "did you mean `sdk-typescript`?"]);
    refused(&mut publish("sql", &package), 2, &["E0034", "makes no package that is published"]);
    let words = ["error[E0041]", "`npm` is not installed", "install Node.js 20 or later"];
    refused(publish("sdk-typescript", &package).env("PATH", ""), 2, &words);
}

#[test]
fn cargo_packages_a_crate_as_it_would_upload_it() {
    let told = packaged(&package("rust", |config| config));
    assert_eq!((told["name"].as_str(), told["version"].as_str()), (Some("bookstore"), Some("1.4.0")));
    assert_eq!(told["upload"], "cargo publish --allow-dirty");
    holds(
        &told,
        &[
            "Cargo.toml",
            "src/lib.rs",
            "src/api/call.rs",
            "src/books.rs",
            "CHANGELOG.md",
            "LICENSE",
            "README.md",
            "api.md",
        ],
    );
}

#[test]
fn cargo_packages_a_crate_of_nasty_names() {
    let told = packaged(&nasty("rust_nasty", "sdk-rust"));
    assert_eq!(told["name"], "nasty-names");
    holds(&told, &["Cargo.toml", "src/clients.rs", "README.md", "api.md"]);
}

/// A package of the nasty names, of which one SDK can be published.
fn nasty(name: &str, emitter: &str) -> PathBuf {
    let folder = scratch("publish").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    let config = format!("name: nasty-names\nemit:\n  {emitter}:\n    license: MIT\n");
    fs::write(folder.join("atlas.yaml"), config).expect("the file can be written");
    fs::copy(root().join("tests/cases/nasty_names.atlas"), folder.join("schema.atlas"))
        .expect("the case can be copied");
    folder
}

/// What publishing a crate would upload, once cargo has packaged and built it.
fn packaged(package: &PathBuf) -> Value {
    // As the suite builds crates, so that nothing is built again.
    let settings = package.join(".cargo");
    fs::create_dir_all(&settings).expect("the folder can be made");
    let profile =
        "[profile.dev]\ndebug = \"line-tables-only\"\n\n[profile.dev.package.\"*\"]\ndebug = false\n";
    fs::write(settings.join("config.toml"), profile).expect("the file can be written");
    let mut publish = publish("sdk-rust", package);
    let said = said(publish.env("CARGO_TARGET_DIR", target()).args(["--format", "json"]));
    assert_eq!(said.status, 0, "{}", said.err);
    serde_json::from_str(&said.out).expect("JSON")
}

fn holds(told: &Value, files: &[&str]) {
    let contents = told["contents"].to_string();
    for file in files {
        assert!(contents.contains(&format!("\"{file}\"")), "{file} would not be uploaded: {contents}");
    }
}
