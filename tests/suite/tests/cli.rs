//! What the commands that only tell something say, and how: JSON, help, completions, colour, standard input.

use std::fs;

use atlas9_suite::command::{Said, fed, run, said};
use atlas9_suite::place::{atlas9, root};
use serde_json::Value;

const UNFORMATTED: &str = "namespace shop\nresource Pen {\nid: uuid @key\n}\n";
const FORMATTED: &str = "namespace shop\n\nresource Pen {\n    id: uuid @key\n}\n";
const BROKEN: &str = "namespace shop\nresource Pen {\n";

#[test]
fn ir_is_json_and_the_same_twice() {
    let ir = || run(atlas9().args(["ir", "examples/bookstore"]));
    let model: Value = serde_json::from_str(&ir()).expect("the model is JSON");
    let names: Vec<&str> = model["resources"]
        .as_array()
        .expect("resources")
        .iter()
        .filter_map(|each| each["name"].as_str())
        .collect();
    assert!(names.contains(&"Book") && names.contains(&"Author"), "{names:?}");
    assert_eq!(ir(), ir());
}

#[test]
fn config_says_where_each_value_comes_from() {
    let rows: Value =
        serde_json::from_str(&run(atlas9().args(["config", "examples/bookstore", "--format", "json"])))
            .expect("the configuration is JSON");
    let origin = |key: &str| {
        let rows = rows.as_array().expect("an array");
        let row = rows.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("{key} is missing"));
        row["origin"].as_str().unwrap_or("").to_owned()
    };
    let written =
        fs::read_to_string(root().join("examples/bookstore/atlas.yaml")).expect("atlas.yaml is there");
    let line = written.lines().position(|line| line.starts_with("name:")).expect("it has a name") + 1;
    assert!(origin("name").ends_with(&format!("atlas.yaml:{line}")), "{}", origin("name"));
    assert_eq!(origin("emit.openapi.format"), "default");
    let text = run(atlas9().args(["config", "examples/bookstore"]));
    assert_eq!(text.lines().count(), rows.as_array().map_or(0, Vec::len), "{text}");
    assert!(text.lines().all(|line| line.ends_with("default") || line.contains("atlas.yaml:")), "{text}");
}

#[test]
fn completions_know_the_commands_in_each_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(atlas9().args(["completions", shell]));
        commands().iter().for_each(|name| assert!(script.contains(name), "{shell} lacks {name}"));
    }
}

#[test]
fn every_command_has_an_example() {
    for name in commands() {
        let help = run(atlas9().args([name.as_str(), "--help"]));
        let examples =
            help.split("\nExample").nth(1).unwrap_or_else(|| panic!("{name} has no example:\n{help}"));
        assert!(examples.contains(&format!("  atlas9 {name}")), "{name}:\n{help}");
    }
}

/// The commands that `--help` lists, without `help` itself.
fn commands() -> Vec<String> {
    let help = run(atlas9().arg("--help"));
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list");
    let names = list.lines().filter_map(|line| line.split_whitespace().next());
    let names: Vec<String> = names.filter(|name| *name != "help").map(str::to_owned).collect();
    assert!(names.len() >= 9, "only {names:?}");
    names
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let check = |args: &[&str]| fed(atlas9().env_remove("NO_COLOR").args(["fmt", "-"]).args(args), BROKEN);
    let escaped = |said: &Said| said.out.contains('\u{1b}') || said.err.contains('\u{1b}');
    let piped = check(&[]);
    assert!(piped.err.contains("E0102") && !escaped(&piped), "{piped:?}");
    assert!(!escaped(&check(&["--color", "never"])));
    assert!(escaped(&check(&["--color", "always"])));
    assert!(!escaped(&said(atlas9().env_remove("NO_COLOR").arg("--help"))));
}

#[test]
fn explain_lists_every_page_for_programs() {
    let pages: Value =
        serde_json::from_str(&run(atlas9().args(["explain", "--all", "--format", "json"]))).expect("JSON");
    let pages = pages.as_array().expect("an array");
    pages.iter().for_each(page);
    let errors =
        fs::read_dir(root().join("compiler/reference/errors")).expect("the pages can be read").count();
    let of = |kind: &str| pages.iter().filter(|page| page["kind"] == kind).count();
    assert_eq!(of("error"), errors);
    assert!(of("lint") >= 20, "only {} lints", of("lint"));
}

/// The members that cli.md of the design names, no others.
fn page(page: &Value) {
    let members: Vec<&str> = page.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut sorted = members.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["fix", "group", "kind", "level", "name", "summary"], "{page}");
    let text = |member: &str| page[member].as_str().filter(|text| !text.is_empty());
    assert!(text("name").is_some() && text("summary").is_some(), "{page}");
    assert!(page["fix"].is_null() || text("fix").is_some(), "{page}");
    match text("kind") {
        Some("error") => assert!(page["group"].is_null() && text("level") == Some("error"), "{page}"),
        Some("lint") => {
            let level = text("level").is_some_and(|level| ["allow", "warn", "deny"].contains(&level));
            assert!(text("group").is_some() && level, "{page}");
        }
        _ => panic!("{page} is neither an error nor a lint"),
    }
}

#[test]
fn fmt_reads_standard_input() {
    let fmt = |args: &[&str], text: &str| fed(atlas9().args(["fmt", "-"]).args(args), text);
    for text in [UNFORMATTED, FORMATTED] {
        let said = fmt(&[], text);
        assert_eq!((said.status, said.out.as_str(), said.err.as_str()), (0, FORMATTED, ""));
    }
    let differs = fmt(&["--check"], UNFORMATTED);
    assert!(differs.status == 1 && differs.out.contains("+    id: uuid @key"), "{differs:?}");
    let same = fmt(&["--check"], FORMATTED);
    assert_eq!((same.status, same.out.as_str()), (0, ""));
}

#[test]
fn fmt_of_a_file_with_mistakes_formats_the_rest() {
    let text = format!("{UNFORMATTED}\nresource  Ink {{\n  id uuid\n}}\n");
    let formatted = format!("{FORMATTED}\nresource  Ink {{\n  id uuid\n}}\n");
    let fmt = |args: &[&str]| fed(atlas9().args(["fmt", "-"]).args(args), &text);
    let plain = fmt(&[]);
    assert_eq!((plain.status, plain.out.as_str()), (1, formatted.as_str()));
    assert!(plain.err.contains("error[E0101]") && plain.err.contains("<stdin>:7:6"), "{plain:?}");
    let differs = fmt(&["--check"]);
    assert!(differs.status == 1 && differs.out.contains("+    id: uuid @key"), "{differs:?}");
    assert!(!differs.out.contains("-resource  Ink") && differs.err.contains("error[E0101]"), "{differs:?}");
    let found: Value = serde_json::from_str(&fmt(&["--check", "--format", "json"]).out).expect("JSON");
    assert_eq!((&found[0]["code"], &found[1]["code"]), (&"E0101".into(), &"E0036".into()), "{found}");

    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("a.atlas");
    fs::write(&file, &text).expect("it can be written");
    for rest in ["1 file looked at, 1 formatted", "1 file looked at, 0 formatted"] {
        let said = said(atlas9().arg("fmt").arg(&file));
        assert!(said.status == 1 && said.err.contains("E0101") && said.err.contains(rest), "{said:?}");
        assert_eq!(fs::read_to_string(&file).expect("it can be read"), formatted);
    }
}
