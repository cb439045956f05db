//! `atlas9 generate`: the same bytes every time, nothing rewritten, and nothing outside the folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use atlas9_suite::command::{run, said};
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

const AGED: &str = "namespace shop

service Shop { version \"1.4.0\" }

resource Book @renamed(from: Volume, since: \"1.3.0\") {
    id:    uuid    @key
    title: string  @renamed(from: name)
    pages: int32?  @added(\"1.4.0\")
    operations { get public }
}
";

/// A package of which there are versions.
fn aged(schema: &str) -> tempfile::TempDir {
    let package = tempfile::tempdir().expect("a temporary folder");
    fs::write(package.path().join("atlas.yaml"), "name: shop\n").expect("the file can be written");
    fs::write(package.path().join("shop.atlas"), schema).expect("the file can be written");
    package
}

#[test]
fn an_earlier_version_is_generated_where_it_is_asked_for() {
    let package = aged(&AGED.replace("from: name", "from: name, since: \"1.2.0\""));
    let out = package.path().join("then");
    let generate =
        |args: &[&str]| said(atlas9().arg("generate").arg(package.path()).arg("--out").arg(&out).args(args));
    let then = ["--at", "1.3.0", "--only", "openapi"];
    assert_eq!(generate(&then).status, 0);
    let document = fs::read_to_string(out.join("generated/openapi/openapi.json")).expect("it was written");
    let has = |word: &str| document.contains(word);
    assert!(has("1.3.0") && has("/books/{id}") && has("title") && !has("pages"), "{document}");
    let check = |args: &[&str]| generate(&[args, &["--check", "--only", "openapi"]].concat());
    assert_eq!(check(&["--at", "1.3.0"]).status, 0);
    let older = check(&["--at", "1.2.0"]);
    assert!(older.status == 1 && older.err.contains("run `atlas9 generate --at 1.2.0`"), "{older:?}");
    assert_eq!(check(&[]).status, 1);
    // Another version in the same folder is generated anew, and no edit.
    let again = generate(&["--at", "1.1.0", "--only", "openapi"]);
    assert!(again.status == 0 && again.err.contains("1 written"), "{again:?}");
    let document = fs::read_to_string(out.join("generated/openapi/openapi.json")).expect("it was written");
    assert!(document.contains("/volumes/{id}") && document.contains("\"name\": {"), "{document}");
    let model = run(atlas9().args(["ir", "--at", "1.1.0"]).arg(package.path()));
    assert!(model.contains("\"plural\": \"volumes\""), "{model}");
}

#[test]
fn a_version_that_does_not_follow_is_no_output() {
    let package = aged(AGED);
    let generate = |at: &str| said(atlas9().args(["generate", "--at", at]).arg(package.path()));
    for (at, status, words) in [
        ("1.4", 2, "error[E0034]: `1.4` is not a version"),
        ("1.5.0", 2, "error[E0034]: version 1.5.0 of the API does not exist yet"),
        ("1.3.0", 1, "error[E0610]: the schema does not tell what `title` was called in 1.3.0"),
    ] {
        let said = generate(at);
        assert!(said.status == status && said.err.contains(words), "{said:?}");
        assert!(!package.path().join("generated").exists(), "{at} wrote something");
    }
    assert_eq!(generate("1.4.0").status, 0);
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
