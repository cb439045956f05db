//! `atlas9 generate`: the same bytes every time, nothing rewritten, and nothing outside the folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use atlas9_suite::command::{run, said};
use atlas9_suite::place::{atlas9, bookstore, root, scratch, target};

#[test]
fn twice_gives_the_same_bytes_and_rewrites_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let generate = |to: &Path| run(atlas9().arg("generate").arg(bookstore()).arg("--out").arg(to));
    generate(folder.path());
    let first = files(folder.path());
    generate(folder.path());
    assert_eq!(first, files(folder.path()), "a second run touched a file");
    let again = tempfile::tempdir().expect("a temporary folder");
    generate(again.path());
    let bytes = |files: &BTreeMap<PathBuf, (Vec<u8>, SystemTime)>, base: &Path| -> Vec<(PathBuf, Vec<u8>)> {
        files
            .iter()
            .map(|(path, (bytes, _))| (path.strip_prefix(base).expect("below").to_owned(), bytes.clone()))
            .collect()
    };
    assert_eq!(bytes(&first, folder.path()), bytes(&files(again.path()), again.path()), "two folders differ");
}

#[test]
fn what_is_generated_no_more_goes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let package = folder.path().join("shop");
    run(atlas9().args(["init", "--template", "bookstore"]).arg(&package));
    let generate = || run(atlas9().arg("generate").arg(&package));
    generate();
    let books = package.join("generated/sdk-typescript/src/reviews.ts");
    assert!(books.exists(), "{} is missing", books.display());
    fs::remove_file(package.join("schema/reviews.atlas")).expect("the file can be removed");
    generate();
    assert!(!books.exists(), "{} is still there", books.display());
}

#[test]
fn the_rust_of_every_case_passes_clippy() {
    let crate_dir = scratch("rust-cases");
    fs::create_dir_all(crate_dir.join("src")).expect("the folder can be made");
    let mut lib = String::from("//! The generated servers of every case.\n");
    for (name, package) in crate::cases::packages() {
        let out = crate_dir.join("src").join(&name);
        let _ = fs::remove_dir_all(&out);
        run(atlas9()
            .args(["generate", "--only", "rust-server", "openapi", "sql", "--out"])
            .arg(&out)
            .arg(&package));
        lib.push_str(&format!("#[path = \"{name}/generated/rust-server/{name}/mod.rs\"]\npub mod {name};\n"));
    }
    fs::write(crate_dir.join("src/lib.rs"), lib).expect("the file can be written");
    let manifest = format!(
        "[package]\nname = \"rust-cases\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\natlas9-server = {{ path = \"{}\" }}\n\n[workspace]\n{}",
        root().join("stdlib/server").display(),
        profiles()
    );
    fs::write(crate_dir.join("Cargo.toml"), manifest).expect("the file can be written");
    fs::copy(root().join("Cargo.lock"), crate_dir.join("Cargo.lock")).expect("the lock file can be copied");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let clippy = said(
        Command::new(&cargo)
            .args(["clippy", "--quiet", "--", "-D", "warnings", "-W", "missing_docs"])
            .env("CARGO_TARGET_DIR", target())
            .current_dir(&crate_dir),
    );
    assert_eq!(clippy.status, 0, "{}", clippy.err);
    let format = said(
        Command::new(&cargo)
            .args(["fmt", "--check", "--", "--config-path", "/dev/null"])
            .current_dir(&crate_dir),
    );
    assert_eq!(format.status, 0, "{}", format.out);
}

/// The workspace's profiles, so that the dependencies that it has built serve here too.
fn profiles() -> String {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has a manifest");
    let (_, profiles) = manifest.split_once("[profile.dev]").expect("the workspace sets profiles");
    format!("\n[profile.dev]{profiles}")
}

fn files(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let time = fs::metadata(&path).and_then(|meta| meta.modified()).expect("the file has a time");
            found.insert(path.clone(), (fs::read(&path).expect("the file can be read"), time));
        }
    }
    assert!(found.len() > 10, "only {} files", found.len());
    found
}
