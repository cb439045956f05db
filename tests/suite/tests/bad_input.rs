//! Bad input gets one clear message with a place and a way out, and what stood on disk stands afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas9_suite::command::{Said, said};
use atlas9_suite::place::{atlas9, programs, root};

/// A package with a file that is wrong; what is said of it.
struct Bad {
    files: &'static [(&'static str, &'static [u8])],
    args: &'static [&'static str],
    status: i32,
    says: &'static [&'static str],
}

#[test]
fn each_slip_is_told_with_place_and_way_out() {
    const GOOD: &[u8] = b"namespace shop\n\nresource Pen {\n    id: uuid @key\n}\n";
    let cases = [
        Bad { files: &[], args: &["check"], status: 2, says: &["E0002", "atlas.yaml", "atlas9 init"] },
        Bad {
            files: &[],
            args: &["check", "nowhere"],
            status: 2,
            says: &["E0001", "nowhere", "check the path"],
        },
        Bad {
            files: &[("atlas.yaml", b"name: shop\nemmit:\n")],
            args: &["check"],
            status: 1,
            says: &["E0003", "atlas.yaml:2:1", "did you mean `emit`?"],
        },
        Bad {
            files: &[("atlas.yaml", b"name: [shop\n")],
            args: &["check"],
            status: 1,
            says: &["E0005", "atlas.yaml:"],
        },
        Bad {
            files: &[("atlas.yaml", b"name: shop\n")],
            args: &["check"],
            status: 1,
            says: &["E0007", "**/*.atlas", "schema"],
        },
        Bad {
            files: &[
                ("atlas.yaml", b""),
                ("a.atlas", b"namespace shop\n\nresource Pen {\n    id uuid @key\n}\n"),
                ("b.atlas", b"namespace shop\n\nresorce Ink {\n    id: uuid @key\n}\n"),
            ],
            args: &["check"],
            status: 1,
            says: &["a.atlas:4:", "b.atlas:3:1", "resource"],
        },
        Bad {
            files: &[
                ("atlas.yaml", b""),
                ("a.atlas", b"namespace shop\n\nresource Pen {\n    id: uuid @key\n    at: timestmap\n}\n"),
            ],
            args: &["check"],
            status: 1,
            says: &["a.atlas:5:9", "timestamp"],
        },
        Bad {
            files: &[
                ("atlas.yaml", b""),
                ("a.atlas", b"namespace a\n\nuse b.B\n\ntype A { b: B? }\n"),
                ("b.atlas", b"namespace b\n\nuse a.A\n\ntype B { a: A? }\n"),
            ],
            args: &["check"],
            status: 1,
            says: &["b.atlas:3:5", "a -> b -> a"],
        },
        Bad {
            files: &[("atlas.yaml", b""), ("a.atlas", GOOD), ("b.atlas", GOOD)],
            args: &["check"],
            status: 1,
            says: &["b.atlas:3:10", "a.atlas:3:10", "first declared here"],
        },
        Bad {
            files: &[("atlas.yaml", b""), ("a.atlas", b"namespace shop\n// \xff\xfe\n")],
            args: &["check"],
            status: 1,
            says: &["E0006", "a.atlas:2:4", "UTF-8"],
        },
        Bad {
            files: &[("atlas.yaml", b""), ("a.atlas", GOOD)],
            args: &["generate"],
            status: 1,
            says: &["E0008", "service"],
        },
        Bad {
            files: &[("atlas.yaml", b""), ("a.atlas", GOOD)],
            args: &["generate", "--only", "sqll"],
            status: 1,
            says: &["E0030", "did you mean `sql`?"],
        },
        Bad { files: &[], args: &["explain", "E9999"], status: 1, says: &["E9999", "explain --all"] },
        Bad {
            files: &[("atlas.yaml", b""), ("a.atlas", b"namespace shop\nresource {\n")],
            args: &["fmt"],
            status: 1,
            says: &["a.atlas:2:"],
        },
    ];
    cases.iter().for_each(check);
}

fn check(bad: &Bad) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    bad.files.iter().for_each(|(name, bytes)| {
        fs::write(folder.path().join(name), bytes).expect("the file can be written")
    });
    let before = everything(folder.path());
    let said = said(Command::new(programs().0).args(bad.args).current_dir(folder.path()));
    let shown = format!("{:?} said {}:\n{}{}", bad.args, said.status, said.out, said.err);
    assert_eq!(said.status, bad.status, "{shown}");
    bad.says.iter().for_each(|word| assert!(said.err.contains(word), "`{word}` is missing; {shown}"));
    assert!(!said.err.contains("panicked"), "{shown}");
    assert_eq!(before, everything(folder.path()), "files changed; {shown}");
}

/// One slip is one finding: nothing else is said of what follows from it.
#[test]
fn a_slip_of_syntax_is_told_once_and_where_it_is() {
    let pen = |lines: &str| format!("namespace shop\n\nresource Pen {{\n    id: uuid @key\n{lines}}}\n");
    let slips = [
        (pen("    ink string\n"), "a.atlas:5:9 E0101"),
        (pen("    ink: string(1..=9\n    colour: string(1..=9)\n"), "a.atlas:5:21 E0102"),
        (pen("    ink: string(1..=9) = \"blue\n"), "a.atlas:5:26 E0104"),
        (pen("    ink: string(1..=9),\n"), "a.atlas:5:23 E0110"),
        (pen("}\n"), "a.atlas:6:1 E0103"),
        ("namespace shop\n\nresource Pen {\n    id: uuid @key\n".to_owned(), "a.atlas:4:15 E0102"),
        ("namespace shop\n\nresorce Pen {\n    id: uuid @key\n}\n".to_owned(), "a.atlas:3:1 E0105"),
    ];
    for (schema, finding) in slips {
        assert_eq!(findings("name: shop\n", &schema), [finding], "{schema}");
    }
}

#[test]
fn a_broken_atlas_yaml_does_not_hide_a_broken_schema() {
    let schema = "namespace shop\n\nresource Pen {\n    id uuid @key\n}\n";
    assert_eq!(findings("name: shop\nemmit:\n", schema), ["atlas.yaml:2:1 E0003", "a.atlas:4:8 E0101"]);
    assert_eq!(findings("name: [shop\n", schema), ["atlas.yaml:1:7 E0005", "a.atlas:4:8 E0101"]);
}

/// The errors of a package with one schema file.
fn findings(config: &str, schema: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("atlas.yaml"), config).expect("the file can be written");
    fs::write(folder.path().join("a.atlas"), schema).expect("the file can be written");
    crate::check::errors(folder.path())
}

#[test]
fn an_edited_generated_file_is_not_removed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let package = folder.path().join("shop");
    let generate = |args: &[&str]| said(atlas9().arg("generate").arg(&package).args(args));
    assert_eq!(said(atlas9().args(["init", "--template", "bookstore"]).arg(&package)).status, 0);
    assert_eq!(generate(&[]).status, 0);
    let file = package.join("generated/sdk-typescript/src/reviews.ts");
    fs::write(&file, "// mine\n").expect("the file can be written");
    fs::remove_file(package.join("schema/reviews.atlas")).expect("the file can be removed");
    let before = everything(&package);
    let refused = generate(&[]);
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(refused.err.contains("E0010") && refused.err.contains("reviews.ts"), "{}", refused.err);
    assert_eq!(before, everything(&package));
    assert_eq!(generate(&["--overwrite"]).status, 0);
    assert!(!file.exists(), "{} is still there", file.display());
}

#[test]
fn an_edited_generated_file_is_protected() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let generate = |args: &[&str]| {
        said(
            atlas9()
                .args(["generate", "examples/bookstore", "--only", "sql", "--out"])
                .arg(folder.path())
                .args(args),
        )
    };
    assert_eq!(generate(&[]).status, 0);
    let file = folder.path().join("generated/sql/sqlite/0001_create.up.sql");
    fs::write(&file, "-- mine\n").expect("the file can be written");
    let before = everything(folder.path());
    let refused = generate(&[]);
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(refused.err.contains("E0010") && refused.err.contains("0001_create.up.sql"), "{}", refused.err);
    assert_eq!(before, everything(folder.path()));
    let stale = generate(&["--check"]);
    assert!(stale.status == 1 && stale.err.contains("E0011"), "{stale:?}");
    assert_eq!(generate(&["--overwrite"]).status, 0);
    assert_eq!(generate(&["--check"]).status, 0);
}

#[test]
fn an_output_folder_that_cannot_be_written_changes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // Root may write everywhere, so a file stands where a folder is needed.
    fs::create_dir(folder.path().join("generated")).expect("the folder can be made");
    fs::write(folder.path().join("generated/sql"), "a file").expect("the file can be written");
    let before = everything(folder.path());
    let said = said(atlas9().args(["generate", "examples/bookstore", "--out"]).arg(folder.path()));
    assert_eq!(said.status, 2, "{said:?}");
    assert!(said.err.contains("E0009") && said.err.contains("generated/sql"), "{}", said.err);
    assert_eq!(before, everything(folder.path()));
}

#[test]
fn a_port_in_use_and_a_database_that_is_down_are_told() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("a bound port").port().to_string();
    let serve = |args: &[&str]| -> Said {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = format!("sqlite://{}/x.db", folder.path().display());
        let mut command = atlas9();
        command.args(["serve", "examples/bookstore", "--no-reload"]).args(args);
        if !args.contains(&"--database") {
            command.args(["--database", &database]);
        }
        said(&mut command)
    };
    let busy = serve(&["--port", &port]);
    assert_eq!(busy.status, 2, "{busy:?}");
    assert!(
        busy.err.contains("E0012") && busy.err.contains(&port) && busy.err.contains("--port"),
        "{}",
        busy.err
    );
    let down = serve(&["--port", "0", "--database", "postgres://me:hush@127.0.0.1:1/shop"]);
    assert_eq!(down.status, 2, "{down:?}");
    assert!(down.err.contains("E0013") && down.err.contains("127.0.0.1"), "{}", down.err);
    assert!(!down.err.contains("hush"), "the password is told: {}", down.err);
}

/// What a user's own program says when it cannot start: the example is what they copy.
#[test]
fn the_compiled_bookstore_says_why_it_cannot_start() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("a bound port").port().to_string();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sqlite = format!("sqlite://{}/x.db", folder.path().display());
    let cases = [
        (sqlite.as_str(), port.as_str(), ["already listens", port.as_str()]),
        (&sqlite, "abc", ["`port` (environment PORT)", "abc"]),
        ("postgres://me:hush@127.0.0.1:1/shop", "0", ["cannot be opened", "127.0.0.1:1"]),
    ];
    for (database, port, says) in cases {
        let mut bookstore = Command::new(programs().1);
        bookstore.env("DATABASE_URL", database).env("PORT", port).env("BOOKSTORE_TOKEN", "t");
        let said = said(bookstore.current_dir(folder.path()));
        assert_eq!(said.status, 2, "{said:?}");
        says.iter().for_each(|word| assert!(said.err.contains(word), "`{word}` is missing in {}", said.err));
        for word in ["Error:", "panicked", "{ ", "Unreachable", "Some(", "kind:", "hush"] {
            assert!(!said.err.contains(word), "`{word}` stands in {}", said.err);
        }
        assert!(said.out.is_empty() && said.err.trim().lines().count() <= 2, "{said:?}");
    }
}

#[test]
fn init_never_writes_over_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("atlas.yaml"), "name: mine\n").expect("the file can be written");
    let before = everything(folder.path());
    let said = said(atlas9().arg("init").arg(folder.path()));
    assert_eq!(said.status, 2, "{said:?}");
    assert!(said.err.contains("atlas.yaml") && said.err.contains("another folder"), "{}", said.err);
    assert_eq!(before, everything(folder.path()));
}

#[test]
fn what_init_writes_checks_and_is_formatted() {
    for template in ["bookstore", "minimal"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = folder.path().join("package");
        for (args, said) in [
            ["init", "--template", template].as_slice(),
            &["check", "--fail-on", "warning"],
            &["fmt", "--check"],
            &["generate"],
            &["generate", "--check"],
        ]
        .iter()
        .map(|args| (args, said(atlas9().args(*args).arg(&at))))
        {
            assert_eq!(said.status, 0, "{template} {args:?}: {}{}", said.out, said.err);
        }
    }
}

/// Every file below a folder with its bytes.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                found.insert(path.clone(), Vec::new());
                folders.push(path);
            } else {
                found.insert(path.clone(), fs::read(&path).expect("the file can be read"));
            }
        }
    }
    assert!(folder.starts_with(std::env::temp_dir()) && !folder.starts_with(root()));
    found
}
