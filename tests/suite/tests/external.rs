//! Emitters and linters of others: what a good one makes is written like ours, what a bad one does is told and changes nothing.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use atlas9_suite::command::{Said, said};
use atlas9_suite::place::{atlas9, root};
use serde_json::Value;

const SCHEMA: &str = "namespace shop\n\nservice Shop {\n    version \"1.0.0\"\n}\n\nresource Pen {\n    id: uuid @key\n    operations { get public }\n}\n";

/// A package in a folder of its own.
struct Package {
    folder: tempfile::TempDir,
}

impl Package {
    fn new(config: &str) -> Package {
        let package = Package { folder: tempfile::tempdir().expect("a temporary folder") };
        package.write("atlas.yaml", &format!("name: shop\n{config}"));
        package.write("schema.atlas", SCHEMA);
        package
    }

    /// With the emitter that misbehaves as told, and one of ours beside it.
    fn doing(what: &str) -> Package {
        // A busy machine takes its time: only what never ends is given little of it.
        let timeout = if ["slow", "closed"].contains(&what) { "1s" } else { "50s" };
        Package::new(&format!(
            "emit:\n  bad:\n    do: {}\n    timeout: {timeout}\n  sql:\n",
            Value::from(what)
        ))
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("the file can be written");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The command in the package, with our bad programs on the PATH.
    fn run(&self, args: &[&str]) -> Said {
        said(self.command().args(args))
    }

    fn command(&self) -> Command {
        let mut command = atlas9();
        command.current_dir(self.folder.path()).env("PATH", with_path(&root().join("tests/suite/external")));
        command
    }

    fn everything(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("the folder can be read") {
                let path = entry.expect("the folder can be read").path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => drop(found.insert(path.clone(), fs::read(&path).expect("the file can be read"))),
                }
            }
        }
        found
    }
}

/// The PATH with a folder before all others.
pub fn with_path(folder: &Path) -> std::ffi::OsString {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&rest));
    std::env::join_paths(folders).expect("folders without a colon")
}

/// What an emitter does, the code and the words of what is said of it, and the exit status.
const BAD: &[(&str, &str, i32, &[&str])] = &[
    (
        "crash",
        "E0708",
        2,
        &["exit status: 3", "atlas9-emit-bad: I am", "atlas9-emit-bad: broken", "nothing was written"],
    ),
    ("signal", "E0708", 2, &["signal: 9"]),
    ("late", "E0708", 2, &["exit status: 1"]),
    ("slow", "E0709", 2, &["within 1s", "`timeout: 2s`"]),
    ("closed", "E0709", 2, &["within 1s"]),
    ("huge", "E0710", 2, &["64 MiB"]),
    ("protocol 2", "E0711", 2, &["protocol 2", "knows 1"]),
    ("empty", "E0712", 2, &["it is empty"]),
    ("bytes", "E0712", 2, &["not UTF-8"]),
    ("no JSON", "E0712", 2, &["not JSON", "external.md"]),
    ("array", "E0712", 2, &["not an object"]),
    ("no protocol", "E0712", 2, &["`\"protocol\": 1`"]),
    ("files", "E0712", 2, &["`files` is not an array"]),
    ("no path", "E0712", 2, &["`files[0]`", "missing field `path`"]),
    ("no content", "E0712", 2, &["`files[0]`: it has neither"]),
    ("two contents", "E0712", 2, &["`files[0]`: it has both"]),
    ("not base64", "E0712", 2, &["`files[0]`: `content_base64`"]),
    ("level", "E0712", 2, &["`diagnostics[0]`", "fatal", "`warning`"]),
    ("name", "E0712", 2, &["`diagnostics[0]`: `No way` is not a name"]),
    ("span", "E0712", 2, &["`diagnostics[0]`: `span`"]),
    ("line", "E0712", 2, &["`schema.atlas` has no line 1000"]),
    ("up", "E0713", 2, &["`../a.txt`"]),
    ("top", "E0713", 2, &["`/etc/a.txt`"]),
    ("odd", "E0713", 2, &["`a\\nb.txt`"]),
    ("twice", "E0713", 2, &["`a.txt` is there twice"]),
    ("folder", "E0714", 1, &["`bad` writes `generated/bad/a.txt` both as a file and as a folder"]),
    ("error", "bad.no_way", 1, &["schema.atlas:1:1", "no way", "help: another way"]),
];

#[test]
fn what_a_bad_emitter_does_is_told_and_changes_nothing() {
    for (what, code, status, words) in BAD {
        let package = Package::doing(what);
        let before = package.everything();
        let began = Instant::now();
        let said = package.run(&["generate"]);
        let shown = format!("{what}: {}\n{}{}", said.status, said.out, said.err);
        assert_eq!(said.status, *status, "{shown}");
        assert!(said.err.contains(&format!("error[{code}]")) && !said.err.contains("panicked"), "{shown}");
        words.iter().for_each(|word| assert!(said.err.contains(word), "`{word}` is missing; {shown}"));
        let at = code.starts_with("bad.") || *code == "E0714" || said.err.contains("atlas.yaml:3:3");
        assert!(at && said.err.matches("error[").count() == 1, "{shown}");
        assert!(began.elapsed() < Duration::from_secs(50), "{what} took {:?}", began.elapsed());
        assert_eq!(before, package.everything(), "files changed; {shown}");
    }
}

#[test]
fn check_and_programs_hear_of_it_too() {
    let package = Package::doing("crash");
    let said = package.run(&["check", "--format", "json"]);
    let found: Value = serde_json::from_str(&said.out).expect("one document");
    let codes: Vec<&str> =
        found.as_array().into_iter().flatten().filter_map(|found| found["code"].as_str()).collect();
    assert!(said.status == 2 && codes.contains(&"E0708"), "{said:?}");
    let quiet = package.run(&["generate", "--quiet"]);
    assert!(quiet.err.contains("E0708") && !quiet.err.contains("I am"), "{quiet:?}");
}

#[test]
fn what_a_good_emitter_makes_is_written_like_ours() {
    let package = Package::doing("good");
    let made = package.path("generated/bad/a.txt");
    assert_eq!(package.run(&["generate"]).status, 0);
    assert_eq!(fs::read_to_string(&made).expect("it is written"), "a\n");
    let again = package.run(&["generate"]);
    assert!(again.err.contains("0 written") && again.err.contains("0 removed"), "{again:?}");
    assert_eq!(package.run(&["generate", "--check"]).status, 0);
    assert_eq!(package.run(&["check"]).status, 0);
    fs::write(&made, "mine\n").expect("the file can be written");
    let refused = package.run(&["generate"]);
    assert!(refused.status == 1 && refused.err.contains("E0010"), "{refused:?}");
    let stale = package.run(&["check"]);
    assert!(
        stale.status == 1 && stale.err.contains("E0011") && stale.err.contains("generated/bad/a.txt"),
        "{stale:?}"
    );
    assert_eq!(package.run(&["generate", "--overwrite"]).status, 0);
    package.write("atlas.yaml", "name: shop\nemit:\n  sql:\n");
    assert_eq!(package.run(&["generate"]).status, 0);
    assert!(!made.exists(), "what is generated no more is still there");
}

#[test]
fn bytes_of_any_kind_are_written() {
    let package = Package::doing("binary");
    assert_eq!(package.run(&["generate"]).status, 0);
    let made = fs::read(package.path("generated/bad/a.bin")).expect("it is written");
    assert_eq!(made, (0..=255).collect::<Vec<u8>>());
    assert!(package.run(&["generate"]).err.contains("0 written"));
}

#[test]
fn what_an_answer_may_have_and_lack() {
    for (what, says) in [
        ("newer", &[][..]),
        ("nothing", &[]),
        ("warning", &["warning[bad]", "schema.atlas:3:9", "here"]),
        ("path", &["note[bad]", "at: docs/a.md"]),
    ] {
        let said = Package::doing(what).run(&["generate"]);
        assert_eq!(said.status, 0, "{what}: {said:?}");
        says.iter()
            .for_each(|word| assert!(said.err.contains(word), "{what}: `{word}` is missing in {}", said.err));
    }
}

#[test]
fn a_request_says_what_the_page_says() {
    let package = Package::new(
        "emit:\n  bad:\n    out: docs\n    do: echo\n    depth: 3\n    deep: {a: [1.5, \"2\", yes, true, ~]}\n",
    );
    assert_eq!(package.run(&["generate"]).status, 0);
    let made = fs::read_to_string(package.path("docs/request.json")).expect("it is written");
    let request: Value = serde_json::from_str(&made).expect("JSON");
    let expected = serde_json::json!({
        "protocol": 1,
        "request": "emit",
        "name": "bad",
        "atlas9": env!("CARGO_PKG_VERSION"),
        "options": {"do": "echo", "depth": 3, "deep": {"a": [1.5, "2", "yes", true, null]}},
    });
    assert_eq!(request, expected);
}

/// Neither an unread question nor a stream full of noise makes anybody wait.
#[test]
fn streams_do_not_block_one_another() {
    let package = Package::new("emit:\n  bad:\n    do: good\n");
    // Large enough that it does not fit into a pipe.
    let fields: String = (0..1000).map(|n| format!("    f{n}: int32?\n")).collect();
    package.write("schema.atlas", &SCHEMA.replace("    operations", &format!("{fields}    operations")));
    let unread = said(package.command().env("BAD", "unread").arg("generate"));
    assert_eq!(unread.status, 0, "{unread:?}");
    let noisy = Package::new("emit:\n  bad:\n    do: noise\n").run(&["generate", "--format", "github"]);
    assert_eq!((noisy.status, noisy.out.as_str()), (0, ""), "{} bytes", noisy.err.len());
    assert!(noisy.err.len() > 1 << 20 && noisy.err.len() < 4 << 20, "{} bytes", noisy.err.len());
    assert!(noisy.err.lines().all(|line| !line.trim_start().starts_with("::")));
}

#[test]
fn an_emitter_that_is_not_there_is_told_with_the_way_to_it() {
    let check = |name: &str, path: &str, status: i32, says: &[&str]| {
        let package = Package::new(&format!("emit:\n  {name}:\n  sql:\n"));
        package.write("atlas9-emit-here", "#!/bin/sh\n");
        let executable = fs::Permissions::from_mode(0o755);
        fs::set_permissions(package.path("atlas9-emit-here"), executable).expect("the file is ours");
        let said = said(package.command().env("PATH", path).arg("generate"));
        assert_eq!(said.status, status, "{name}: {said:?}");
        says.iter()
            .for_each(|word| assert!(said.err.contains(word), "{name}: `{word}` is missing in {}", said.err));
        assert!(!package.path("generated").exists());
    };
    let ours = root().join("tests/suite/external").display().to_string();
    check(
        "opnapi",
        &ours,
        1,
        &["E0030", "atlas.yaml:3:3", "did you mean `openapi`?", "`atlas9-emit-opnapi`"],
    );
    check("pictures", &ours, 1, &["E0030", "not built in", "`atlas9-emit-pictures` into a folder of PATH"]);
    check("here", ".", 1, &["E0030"]);
    check("Pictures", &ours, 1, &["E0030"]);
    check("../x", &ours, 1, &["E0030"]);
    check("plain", &ours, 2, &["E0707", "not executable", "chmod +x"]);
    check("text", &ours, 2, &["E0707", "cannot be started", "#!/usr/bin/env python3"]);
    // What is not asked for need not be there.
    let package = Package::new("emit:\n  pictures:\n  sql:\n");
    assert_eq!(package.run(&["generate", "--only", "sql"]).status, 0);
    let unknown = package.run(&["generate", "--only", "picture"]);
    assert!(unknown.err.contains("E0030") && unknown.err.contains("did you mean `pictures`?"), "{unknown:?}");
    assert_eq!(Package::doing("good").run(&["generate", "--only", "bad"]).status, 0);
}

#[test]
fn no_emitter_writes_into_the_folder_of_another() {
    let package = Package::new("emit:\n  bad:\n    do: another's\n    out: generated\n  sql:\n");
    let said = package.run(&["generate"]);
    let words = ["E0714", "`bad` and `sql` both write `generated/sql/sqlite/0001_create.up.sql`", "`out`"];
    words.iter().for_each(|word| assert!(said.err.contains(word), "`{word}` is missing in {}", said.err));
    assert!(said.status == 1 && !package.path("generated").exists(), "{said:?}");
    let package = Package::new("emit:\n  bad:\n    out: generated/sql\n  sql:\n");
    let said = package.run(&["generate"]);
    assert!(said.status == 1 && said.err.contains("E0029"), "{said:?}");
}

#[test]
fn the_configuration_of_programs_is_checked() {
    for (config, code, says) in [
        ("emit:\n  bad:\n    timeout: soon\n", "E0004", "`90s`"),
        ("emit:\n  bad:\n    timeout: 2h\n", "E0004", "an hour at most"),
        ("emit:\n  bad:\n    out: ../x\n", "E0028", "below the package"),
        ("linters:\n  No:\n", "E0038", "lower-case"),
        ("linters:\n  no-way:\n", "E0038", "lower-case"),
        ("linters:\n  float_money:\n", "E0038", "below `lints`"),
        ("lints:\n  bad.thing: deny\n", "E0032", "bad.thing"),
    ] {
        let said = Package::new(config).run(&["check"]);
        assert!(said.status == 1 && said.err.contains(code) && said.err.contains(says), "{config}{said:?}");
    }
    let rows =
        Package::new("emit:\n  bad:\n    timeout: 2m\n    depth: [1]\nlinters:\n  bad:\n").run(&["config"]);
    let squeezed: Vec<String> =
        rows.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for row in [
        "emit.bad.out generated/bad default",
        "emit.bad.timeout 120s atlas.yaml:4",
        "emit.bad.depth [1] atlas.yaml:5",
        "linters.bad.timeout 60s default",
    ] {
        assert!(squeezed.iter().any(|line| line == row), "`{row}` is missing in {}", rows.out);
    }
}

#[test]
fn levels_and_allow_hold_for_lints_of_others() {
    let check = |lints: &str, status: i32, says: &str| {
        let said = Package::new(&format!("emit:\n  sql:\nlinters:\n  bad:\n{lints}")).run(&["check"]);
        assert!(said.status == status && said.err.contains(says), "{lints}{said:?}");
        said
    };
    check("", 0, "warning[bad.thing]: a thing");
    check("lints:\n  bad: deny\n", 1, "error[bad.thing]");
    check("lints:\n  bad: deny\n  bad.thing: warn\n", 0, "warning[bad.thing]");
    assert!(!check("lints:\n  bad.thing: allow\n", 0, "checked").err.contains("bad.thing"));
    let failing = Package::new("emit:\n  sql:\nlinters:\n  bad:\n");
    let said = said(failing.command().env("BAD", "1").arg("check"));
    assert!(said.status == 2 && said.err.contains("`atlas9-lint-bad` failed (exit status: 7)"), "{said:?}");
    // Only `check` asks linters.
    assert_eq!(failing.run(&["generate"]).status, 0);
}

/// A package with the linter that does as told, and what `check` says of it.
fn linted(what: &str, lints: &str, schema: &str) -> Said {
    let timeout = if what == "slow" { "1s" } else { "50s" };
    let what = Value::from(what);
    let package = Package::new(&format!(
        "emit:\n  sql:\nlinters:\n  bad:\n    do: {what}\n    timeout: {timeout}\n{lints}"
    ));
    package.write("schema.atlas", schema);
    package.run(&["check", "--today", "2026-11-21"])
}

/// What a linter does, the code and the words of what is said of it, and the exit status.
const BAD_LINTERS: &[(&str, &str, i32, &[&str])] = &[
    ("nobody knows", "E0708", 2, &["exit status: 1", "atlas9-lint-bad: KeyError"]),
    ("slow", "E0709", 2, &["`atlas9-lint-bad` did not answer within 1s", "`timeout: 2s`"]),
    ("huge", "E0710", 2, &["64 MiB", "split the linter"]),
    ("protocol 2", "E0711", 2, &["protocol 2", "knows 1"]),
    ("empty", "E0712", 2, &["it is empty"]),
    ("no JSON", "E0712", 2, &["not JSON", "external.md"]),
    ("array", "E0712", 2, &["not an object"]),
    ("files", "E0712", 2, &["a linter has no files"]),
    ("level", "E0712", 2, &["`diagnostics[0]`", "fatal", "`warning`"]),
    ("name", "E0712", 2, &["`diagnostics[0]`: `bad.thing` is not a name"]),
    ("span", "E0712", 2, &["`diagnostics[0]`: `span`"]),
    ("line", "E0712", 2, &["`schema.atlas` has no line 1000"]),
    ("no message", "E0712", 2, &["`diagnostics[0]`", "missing field `message`"]),
    ("error", "bad.thing", 1, &["a thing", "help: another way"]),
];

#[test]
fn what_a_bad_linter_does_is_told() {
    for (what, code, status, words) in BAD_LINTERS {
        let said = linted(what, "", SCHEMA);
        let shown = format!("{what}: {}\n{}{}", said.status, said.out, said.err);
        assert_eq!(said.status, *status, "{shown}");
        assert!(said.err.contains(&format!("error[{code}]")) && !said.err.contains("panicked"), "{shown}");
        words.iter().for_each(|word| assert!(said.err.contains(word), "`{word}` is missing; {shown}"));
        assert!(code.starts_with("bad.") || said.err.contains("atlas.yaml:5:3"), "{shown}");
        assert!(!said.err.contains("emitter") && !said.err.contains("written"), "{shown}");
    }
}

#[test]
fn a_linter_that_is_not_there_is_told_with_the_way_to_it() {
    let package = Package::new("emit:\n  sql:\nlinters:\n  ownres:\n");
    let said = package.run(&["check"]);
    for word in [
        "error[E0030]: there is no linter `ownres`",
        "atlas.yaml:5:3",
        "`atlas9-lint-ownres` into a folder of PATH",
    ] {
        assert!(said.err.contains(word), "`{word}` is missing in {}", said.err);
    }
    assert_eq!(said.status, 1);
}

#[test]
fn a_request_to_a_linter_says_what_the_page_says() {
    let said = linted("request", "", SCHEMA);
    for word in [r#""protocol": 1"#, r#""request": "lint""#, r#""name": "bad""#, r#""today": "2026-11-21""#] {
        assert!(said.err.contains(word), "`{word}` is missing in {}", said.err);
    }
}

/// The declaration, the name of the linter alone, and what names nothing.
#[test]
fn an_allow_of_a_lint_of_others_is_looked_at() {
    let check = |what: &str, lints: &str, allow: &str, finds: bool, says: &[&str]| {
        let schema = SCHEMA.replace("Pen {", &format!("Pen @allow({allow}, \"Wanted.\") {{"));
        let said = linted(what, lints, &schema);
        assert_eq!(said.err.contains("a thing"), finds, "{what} {allow}: {said:?}");
        let lines = ["unused_suppression", "unknown_lint"].map(|name| said.err.contains(name));
        assert_eq!(lines.contains(&true), !says.is_empty(), "{what} {allow}: {said:?}");
        says.iter().for_each(|word| assert!(said.err.contains(word), "`{word}` is missing in {}", said.err));
    };
    check("pen", "", "bad.thing", false, &[]);
    check("nameless pen", "", "bad", false, &[]);
    check(
        "pen",
        "",
        "bad.thnig",
        true,
        &["[unused_suppression]: `bad.thnig` finds nothing here", "schema.atlas:7:"],
    );
    check("nothing", "", "bad.thing", false, &["unused_suppression"]);
    check("nothing", "lints:\n  bad.thing: allow\n", "bad.thing", false, &[]);
    check("nothing", "lints:\n  bad: allow\n", "bad.thing", false, &[]);
    check("nothing", "lints:\n  unused_suppression: allow\n", "bad.thing", false, &[]);
    check("pen", "", "bda.thing", true, &["error[unknown_lint]: there is no lint `bda.thing`"]);
}

#[test]
fn what_a_linter_says_controls_no_terminal() {
    let said = linted("nasty", "", SCHEMA);
    assert!(said.status == 0 && said.err.contains("warning[bad.thing]"), "{said:?}");
    assert!(!said.err.contains(['\u{1b}', '\u{7}', '\r', '\u{9b}']), "{said:?}");
}
