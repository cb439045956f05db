//! Writing to a folder: all or none, and nothing of ours is left behind.

#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use atlas9_build::{Scope, WriteOptions, compare, was_generated, write};
use atlas9_driver::{Files, Output};

const OUT: &str = "generated/sql";

#[test]
fn a_failure_half_way_puts_everything_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let base = folder.path();
    let first = [output("sql", OUT, &[("a.sql", "old"), ("gone/b.sql", "goes"), ("c.sql", "stays")])];
    write(base, &first, WriteOptions::default()).expect("an empty folder can be written");
    // A file cannot stand where a folder is needed: moving it there fails, after others were moved.
    let second = [output(
        "sql",
        OUT,
        &[("a.sql", "new"), ("c.sql", "stays"), ("new/d.sql", "new"), ("x", "file"), ("x/y.sql", "below")],
    )];
    let before = everything(base);
    let wrong = write(base, &second, WriteOptions::default()).expect_err("a file cannot be a folder");
    assert!(wrong.iter().any(|wrong| wrong.code == "E0009"), "{wrong:?}");
    assert_eq!(before, everything(base));
    // What failed is forgotten: the next run is a run like any other.
    let third = [output("sql", OUT, &[("a.sql", "newer")])];
    let report = write(base, &third, WriteOptions::default()).expect("nothing was edited");
    assert_eq!(report.written, ["generated/sql/a.sql"]);
    assert_eq!(report.removed, ["generated/sql/c.sql", "generated/sql/gone/b.sql"]);
    let left = everything(base);
    let odd = left.keys().find(|path| path.to_string_lossy().contains(".atlas9-tmp"));
    assert!(odd.is_none() && !base.join("generated/sql/gone").exists(), "{left:?}");
    assert!(!left.keys().any(|path| path.to_string_lossy().ends_with(".atlas9-old")), "{left:?}");
}

#[test]
fn what_an_emitter_left_elsewhere_goes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let base = folder.path();
    let run =
        |outputs: &[Output], scope| write(base, outputs, WriteOptions { scope, ..WriteOptions::default() });
    let (sql, api) = (output("sql", OUT, &[("a.sql", "a")]), output("openapi", "api", &[("a.json", "{}")]));
    run(&[api.clone(), sql.clone()], Scope::All).expect("an empty folder can be written");
    // Named alone, an emitter moves without touching what the other wrote.
    let moved = output("sql", "db", &[("a.sql", "a")]);
    let report = run(std::slice::from_ref(&moved), Scope::Named).expect("nothing was edited");
    assert_eq!(
        (report.written, report.removed),
        (vec!["db/a.sql".into()], vec!["generated/sql/a.sql".into()])
    );
    assert!(!base.join("generated").exists() && base.join("api/a.json").exists());
    // An emitter that is run no more leaves something to be seen, and to be protected when it was edited.
    let left =
        compare(base, std::slice::from_ref(&moved), WriteOptions::default()).expect("the folder can be read");
    assert!(left.len() == 1 && left[0].message.contains("api/a.json"), "{left:?}");
    fs::write(base.join("api/a.json"), "mine").expect("the file can be written");
    run(std::slice::from_ref(&moved), Scope::All).expect_err("an edited file is not removed");
    fs::write(base.join("api/a.json"), "{}").expect("the file can be written");
    let report = run(std::slice::from_ref(&moved), Scope::All).expect("nothing is edited");
    assert_eq!(report.removed, ["api/a.json"]);
    assert!(!base.join("api").exists() && base.join("db/a.sql").exists());
}

#[test]
fn a_manifest_leads_nowhere_outside_and_is_not_needed_to_compare() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let base = folder.path().join("package");
    let sql = [output("sql", OUT, &[("a.sql", "a")])];
    assert!(!was_generated(&base, &sql[0].emitter, &sql[0].out));
    write(&base, &sql, WriteOptions::default()).expect("an empty folder can be written");
    let manifest = base.join(".atlas9-manifest.json");
    let text = fs::read_to_string(&manifest).expect("the manifest is there");
    fs::write(folder.path().join("a.sql"), "a").expect("the file can be written");
    fs::write(&manifest, text.replace(OUT, "..")).expect("the file can be written");
    let report = write(&base, &sql, WriteOptions::default()).expect("nothing was edited");
    assert!(report.removed.is_empty() && folder.path().join("a.sql").exists());
    fs::remove_file(&manifest).expect("the file can be removed");
    assert!(was_generated(&base, &sql[0].emitter, &sql[0].out));
    fs::remove_file(base.join(OUT).join("a.sql")).expect("the file can be removed");
    assert!(!was_generated(&base, &sql[0].emitter, &sql[0].out));
}

#[test]
fn a_folder_has_one_owner() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let base = folder.path();
    let by = |package| WriteOptions { package, ..WriteOptions::default() };
    let first = [output("sql", OUT, &[("a.sql", "a")])];
    let second = [output("sql", OUT, &[("b.sql", "b")])];
    write(base, &first, by("shop")).expect("an empty folder can be written");
    let before = everything(base);
    for scope in [Scope::All, Scope::Named] {
        let wrong = write(base, &second, WriteOptions { scope, ..by("store") }).expect_err("it is another's");
        let [wrong] = wrong.as_slice() else { panic!("{wrong:?}") };
        assert_eq!(wrong.code, "E0023");
        assert!(wrong.message.contains("`shop`") && wrong.message.contains("`store`"), "{wrong:?}");
        assert!(wrong.help.as_ref().is_some_and(|help| help.contains("--out")), "{wrong:?}");
        compare(base, &second, WriteOptions { scope, ..by("store") }).expect_err("it is another's");
    }
    assert_eq!(before, everything(base));
    write(base, &first, by("shop")).expect("it is its own");
    // The package's own folder is its own, whatever it is called now.
    write(base, &second, WriteOptions { home: true, ..by("store") }).expect("it is its own");
    let report =
        write(base, &first, WriteOptions { overwrite: true, ..by("shop") }).expect("it is taken over");
    assert_eq!(report.removed, ["generated/sql/b.sql"]);
    // Where nothing is left, there is nothing to lose.
    write(base, &[], by("shop")).expect("it is its own");
    write(base, &second, by("store")).expect("it is nobody's");
}

fn output(emitter: &'static str, out: &str, texts: &[(&str, &str)]) -> Output {
    let mut files = Files::new();
    texts.iter().for_each(|(path, text)| files.insert(path, *text).expect("a plain path"));
    Output { emitter: emitter.to_owned(), out: out.to_owned(), files }
}

/// Every file and folder below a folder, a file with its bytes.
fn everything(base: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![base.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path.clone());
                found.insert(path, None);
            } else {
                found.insert(path.clone(), Some(fs::read(&path).expect("the file can be read")));
            }
        }
    }
    found
}
