//! The generated Rust server of every case: accepted by the compiler, clippy, rustfmt and rustdoc as it stands; and what
//! those with code answer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas9_suite::command::run;
use atlas9_suite::place::{self, root, scratch, target};

use crate::cases::packages;

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
