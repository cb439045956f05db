//! The cases of `tests/cases`: one schema is one case for every emitter.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use atlas9_suite::place::{bookstore, root, scratch};

/// The packages of all cases, by name; the bookstore is one of them.
pub fn packages() -> Vec<(String, PathBuf)> {
    static READY: OnceLock<Vec<(String, PathBuf)>> = OnceLock::new();
    READY.get_or_init(make).clone()
}

/// A package in the target folder for each schema: a case is the schema alone.
fn make() -> Vec<(String, PathBuf)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(root().join("tests/cases"))
        .expect("tests/cases can be read")
        .map(|entry| entry.expect("tests/cases can be read").path())
        .filter(|path| path.extension().is_some_and(|end| end == "atlas"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 5, "only {} cases", paths.len());
    let mut packages = vec![("bookstore".to_owned(), bookstore())];
    for path in paths {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("the case can be read");
        assert!(text.lines().count() <= 30, "{name} has more than 30 lines: make it two cases");
        let folder = scratch("packages").join(&name);
        fs::create_dir_all(&folder).expect("the folder can be made");
        fs::write(folder.join("atlas.yaml"), format!("name: {}\n", name.replace('_', "-")))
            .expect("the file can be written");
        fs::write(folder.join("schema.atlas"), text).expect("the file can be written");
        packages.push((name, folder));
    }
    packages
}
