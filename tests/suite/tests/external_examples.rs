//! The examples of an emitter and of a linter of one's own: what a user starts from does what its README says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas9_suite::command::{Said, run, said};
use atlas9_suite::place::{atlas9, root, scratch};
use atlas9_suite::tools;

use crate::cases::packages;
use crate::external::with_path;
use crate::openapi::copy_package;

fn example(name: &str) -> PathBuf {
    root().join("examples").join(name)
}

/// The command with an example's program on the PATH.
fn with(name: &str) -> Command {
    let mut command = atlas9();
    command.env("PATH", with_path(&example(name)));
    command
}

/// The diagram that is checked in is the golden: `check` compares it.
#[test]
fn the_mermaid_example_is_clean_and_up_to_date() {
    if std::env::var_os("UPDATE").is_some() {
        run(with("mermaid").args(["generate", "--overwrite"]).arg(example("mermaid")));
    }
    let said = said(with("mermaid").args(["check", "--fail-on", "warning"]).arg(example("mermaid")));
    assert_eq!(
        said.status, 0,
        "{}UPDATE=1 cargo test -p atlas9-suite mermaid  writes what is made now",
        said.err
    );
    let folder = tempfile::tempdir().expect("a temporary folder");
    let generate =
        || run(with("mermaid").arg("generate").arg(example("mermaid")).arg("--out").arg(folder.path()));
    generate();
    let made = folder.path().join("docs/entities.mmd");
    let written = |path: &Path| {
        let time = fs::metadata(path).and_then(|meta| meta.modified()).expect("the file has a time");
        (fs::read(path).expect("the file can be read"), time)
    };
    let first = written(&made);
    generate();
    assert_eq!(first, written(&made), "a second run touched it");
    assert_eq!(first.0, fs::read(example("mermaid").join("docs/entities.mmd")).expect("it is checked in"));
}

#[test]
fn what_the_mermaid_example_draws_is_mermaid() {
    let base = scratch("mermaid");
    let _ = fs::remove_dir_all(&base);
    let mut drawn = vec![example("mermaid").join("docs/entities.mmd")];
    for (name, package) in packages() {
        for fields in ["true", "false"] {
            let copy = base.join(&name).join(fields);
            copy_package(&package, &copy);
            let title = r#""A \"title\": --- <b>%%{init: {}}%%""#;
            let config = format!(
                "name: {}\nemit:\n  mermaid: {{title: {title}, fields: {fields}}}\n",
                name.replace('_', "-")
            );
            fs::write(copy.join("atlas.yaml"), config).expect("the file can be written");
            run(with("mermaid").arg("generate").arg(&copy));
            drawn.push(copy.join("generated/mermaid/entities.mmd"));
        }
    }
    let script = root().join("tests/suite/tools/mermaid.mjs");
    let kinds = run(tools::node_script(&script).args(&drawn));
    assert_eq!(kinds.lines().filter(|kind| *kind == "er").count(), drawn.len(), "{kinds}");
}

#[test]
fn the_mermaid_example_tells_what_it_does_not_know() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy_package(&example("mermaid"), folder.path());
    for (option, code) in [("dirction: LR", "mermaid.unknown_option"), ("direction: up", "mermaid.direction")]
    {
        let config = format!("name: library\nemit:\n  mermaid:\n    {option}\n");
        fs::write(folder.path().join("atlas.yaml"), config).expect("the file can be written");
        let said = said(with("mermaid").arg("generate").arg(folder.path()));
        assert!(said.status == 1 && said.err.contains(code), "{said:?}");
        assert!(!folder.path().join("generated").exists());
    }
}

#[test]
fn the_owners_example_finds_who_is_missing() {
    let clean = said(with("owners").args(["check", "--fail-on", "warning"]).arg(example("owners")));
    assert_eq!(clean.status, 0, "{}", clean.err);
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy_package(&example("owners"), folder.path());
    let path = folder.path().join("schema/depot.atlas");
    let schema = fs::read_to_string(&path).expect("the schema can be read");
    let check = |from: &str, to: &str| -> Said {
        assert!(schema.contains(from), "`{from}` is not there");
        fs::write(&path, schema.replace(from, to)).expect("the file can be written");
        said(with("owners").arg("check").arg(folder.path()))
    };
    let missing = check("@owner(team: \"stock\") ", "");
    assert!(
        missing.status == 1 && missing.err.contains("error[owners.missing]: nobody owns `Slot`"),
        "{missing:?}"
    );
    let unknown = check("\"stock\"", "\"stok\"");
    assert!(
        unknown.status == 1 && unknown.err.contains("error[owners.unknown_team]: there is no team `stok`"),
        "{unknown:?}"
    );
    let misspelt = check("owners.missing", "owner.missing");
    assert!(misspelt.status == 1 && misspelt.err.contains("unknown_lint"), "{misspelt:?}");
}
