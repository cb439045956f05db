//! What every emitter makes of every case, kept in `tests/golden` and read line by line when it changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use atlas9_suite::place::{generate, root, scratch};

use crate::cases::packages;

/// Files that are the same in every case, kept as source in their emitter: a copy here would hold nothing.
const SHARED: &[&str] = &[
    "generated/sdk-go/api/",
    "generated/sdk-go/filter/",
    "generated/sdk-go/opt/",
    "generated/sdk-go/option/",
    "/core/",
    "generated/sdk-python/tests/",
    "generated/sdk-rust/src/api/",
    "generated/sdk-rust/src/failures.rs",
    "generated/sdk-rust/src/texts.rs",
    "generated/sdk-typescript/src/core/",
    "generated/sdk-typescript/LICENSE",
    ".atlas9-manifest.json",
];

#[test]
fn every_emitter_makes_of_every_case_what_it_made() {
    let update = std::env::var_os("UPDATE").is_some();
    let golden = root().join("tests/golden");
    let mut wrong = Vec::new();
    let mut expected_folders = Vec::new();
    // The bookstore is the example itself: it is run, not kept.
    for (name, package) in packages().into_iter().filter(|(name, _)| name != "bookstore") {
        let out = scratch("golden").join(&name);
        generate(&package, &out, &[]);
        let (made, kept) = (texts(&out), texts(&golden.join(&name)));
        if update {
            write(&golden.join(&name), &made, &kept);
        } else {
            wrong.extend(differences(&name, &made, &kept));
        }
        expected_folders.push(name);
    }
    for entry in fs::read_dir(&golden).expect("tests/golden can be read") {
        let name = entry.expect("tests/golden can be read").file_name().to_string_lossy().into_owned();
        if !expected_folders.contains(&name) {
            wrong.push(format!("{name}: there is no such case"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nUPDATE=1 cargo test -p atlas9-suite golden  writes what is made now",
        wrong.join("\n")
    );
}

fn differences(
    name: &str,
    made: &BTreeMap<PathBuf, String>,
    kept: &BTreeMap<PathBuf, String>,
) -> Vec<String> {
    let paths: std::collections::BTreeSet<&PathBuf> = made.keys().chain(kept.keys()).collect();
    paths
        .into_iter()
        .filter_map(|path| match (made.get(path), kept.get(path)) {
            (Some(made), Some(kept)) if made == kept => None,
            (Some(made), Some(kept)) => {
                let line = made.lines().zip(kept.lines()).take_while(|(made, kept)| made == kept).count() + 1;
                Some(format!("{name}/{}: differs from line {line}", path.display()))
            }
            (Some(_), None) => Some(format!("{name}/{}: is new", path.display())),
            _ => Some(format!("{name}/{}: is made no more", path.display())),
        })
        .collect()
}

fn write(folder: &Path, made: &BTreeMap<PathBuf, String>, kept: &BTreeMap<PathBuf, String>) {
    for path in kept.keys().filter(|path| !made.contains_key(*path)) {
        fs::remove_file(folder.join(path)).expect("a stale file can be removed");
    }
    for (path, text) in made {
        let full = folder.join(path);
        fs::create_dir_all(full.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(full, text).expect("the file can be written");
    }
}

/// A page without the style and the script that all pages have, and without the policy that names their hashes: they are kept as
/// source in their emitter.
fn without_assets(text: String) -> String {
    if !text.starts_with("<!DOCTYPE html>") {
        return text;
    }
    let cut = |text: String, from: &str, to: &str| match text.split_once(from) {
        Some((before, rest)) => match rest.split_once(to) {
            Some((_, after)) => format!("{before}{from}{to}{after}"),
            None => format!("{before}{from}{rest}"),
        },
        None => text,
    };
    let text = cut(text, "<style>", "</style>");
    let text = cut(text, "<script>", "</script>");
    cut(text, "<meta http-equiv=\"Content-Security-Policy\" content=\"", "\">")
}

/// The files below a folder that are kept, by their path in it.
fn texts(base: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![base.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("the folder can be read").path();
            let name = path.strip_prefix(base).expect("below the base").to_owned();
            if SHARED
                .iter()
                .any(|shared| format!("{}/", name.display()).contains(shared) || name.ends_with(shared))
            {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).expect("generated files are text");
                found.insert(name, without_assets(text));
            }
        }
    }
    found
}
