//! The generated Rust server of every case: accepted by the compiler, clippy, rustfmt and rustdoc as it stands; and what
//! those with code answer. A schema that changes breaks the code that does not fit, and no other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas9_suite::command::{run, said};
use atlas9_suite::place::{self, root, scratch, target};

use serde_json::Value;

use crate::cases::packages;
use crate::openapi::copy_package;

/// A library that takes in every case, and lints as a user would who is strict.
const MANIFEST: &str = r#"[package]
name = "generated"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
atlas9-server = { path = "SERVER" }

[dev-dependencies]
axum = { version = "0.8", default-features = false }
tokio = { version = "1", features = ["macros", "rt"] }
tower = { version = "0.5", features = ["util"] }

[lints.rust]
missing_docs = "warn"
unsafe_code = "forbid"

# As in the repository, so that the runtime is not built again.
[profile.dev]
debug = "line-tables-only"

[profile.dev.package."*"]
debug = false
"#;

#[test]
fn generated_servers_pass_the_tools_of_rust() {
    let folder = scratch("rust-server");
    let modules = generate(&folder);
    write(&folder, &modules);
    let cargo = |command: &str, args: &[&str]| {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.arg(command).arg("--quiet").args(args).current_dir(&folder).env("CARGO_TARGET_DIR", target());
        cargo
    };
    run(&mut cargo("clippy", &["--all-targets", "--", "-D", "warnings"]));
    run(&mut cargo("fmt", &["--check"]));
    run(cargo("doc", &["--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"));
    run(&mut cargo("test", &["--lib"]));
    let tests = run(&mut cargo("test", &["--doc"]));
    assert!(tests.contains("running 0 tests"), "documentation of a schema has become a test\n{tests}");
    // Beside a server stands the SDK, which has derives.
    modules.iter().filter_map(|(_, module)| module.parent()).for_each(without_derives);
    let changed = folder.join("changed");
    rename_parameter("queries", &changed);
    place::generate(&changed, &folder.join("out/queries"), &[]);
    assert_eq!(
        mistakes(cargo("check", &["--tests", "--message-format", "json"])),
        ["code.rs: title: input.tag"]
    );
}

/// What a derive costs the compiler is what most of a generated server would cost it.
fn without_derives(folder: &Path) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            without_derives(&path);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).expect("the file can be read");
            let derives = text.lines().any(|line| line.trim_start().starts_with("#[derive"));
            assert!(!derives, "{} has a derive", path.display());
        }
    }
}

/// A copy of a case in which the parameter of `tag` has another name.
fn rename_parameter(case: &str, folder: &Path) {
    let packages = packages();
    let (_, package) = packages.iter().find(|(name, _)| name == case).expect("a case");
    copy_package(package, folder);
    let schema = folder.join("schema.atlas");
    let text = fs::read_to_string(&schema).expect("the schema can be read");
    let renamed = text.replace("tag(tag: ", "tag(label: ").replace("tags/{tag}", "tags/{label}");
    assert_ne!(renamed, text);
    fs::write(schema, renamed).expect("the schema can be written");
}

/// Where the compiler sees mistakes: the file, and the words there.
fn mistakes(mut cargo: Command) -> Vec<String> {
    let said = said(&mut cargo);
    assert_ne!(said.status, 0, "code goes on to compile against a schema that it does not know");
    let messages = said.out.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let spans = messages.filter(|message| message["message"]["level"] == "error").flat_map(|message| {
        let spans = message["message"]["spans"].as_array().cloned().unwrap_or_default();
        spans.into_iter().filter(|span| span["is_primary"] == true)
    });
    let place = |span: Value| {
        let file = span["file_name"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        let words = span["text"][0]["text"].as_str().unwrap_or_default().trim();
        let within = words.find("title").and_then(|start| words.get(start..)).unwrap_or(words);
        format!("{file}: {}", within.trim_end_matches([' ', '}', ')']))
    };
    let mut found: Vec<String> = spans.map(place).collect();
    found.dedup();
    found
}

/// Generates every case; the modules' names and files.
fn generate(folder: &Path) -> Vec<(String, PathBuf)> {
    let modules = packages().into_iter().map(|(name, package)| {
        let out = folder.join("out").join(&name);
        place::generate(&package, &out, &[]);
        let module = out.join("generated/rust-server").join(&name).join("mod.rs");
        assert!(module.is_file(), "{} was not made", module.display());
        (name, module)
    });
    modules.collect()
}

fn write(folder: &Path, modules: &[(String, PathBuf)]) {
    let server = root().join("stdlib/server").display().to_string();
    let modules = modules.iter().map(|(name, path)| format!("#[path = {path:?}]\npub mod {name};\n"));
    let code = root().join("tests/run/rust-server/code.rs");
    let library = format!(
        "//! Every case, and code for some.\n\n{}\n#[cfg(test)]\n#[path = {code:?}]\n#[rustfmt::skip]\nmod code;\n",
        modules.collect::<Vec<_>>().join("\n")
    );
    fs::create_dir_all(folder.join("src")).expect("the folder can be made");
    // The versions that the repository has, which are there without a network.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock can be copied");
    fs::write(folder.join("Cargo.toml"), MANIFEST.replace("SERVER", &server))
        .expect("the manifest can be written");
    fs::write(folder.join("src/lib.rs"), library).expect("the library can be written");
}
