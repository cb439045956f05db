//! `atlas9 generate`: the same bytes every time, nothing rewritten, and nothing outside the folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use atlas9_suite::command::run;
use atlas9_suite::place::{atlas9, bookstore};

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
