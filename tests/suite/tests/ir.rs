//! The model as a public contract: its JSON Schema is made of its types, and what `atlas9 ir` prints is valid by it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas9_suite::command::run;
use atlas9_suite::place::{atlas9, root, scratch};
use atlas9_suite::tools;
use serde_json::{Value, json};

use crate::cases::packages;

fn kept() -> PathBuf {
    root().join("compiler/ir/schema/ir-1.json")
}

/// The test lies beside the types, behind a feature of theirs that nothing else turns on.
#[test]
fn the_schema_is_made_of_the_types() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let args = ["test", "--quiet", "-p", "atlas9-ir", "--features", "schema", "--test", "schema"];
    run(Command::new(cargo).args(args).current_dir(root()));
    let kept = fs::read_to_string(kept()).expect("the schema is there");
    assert_eq!(run(atlas9().args(["ir", "--schema"])), kept);
}

#[test]
fn every_model_is_valid_and_so_is_a_newer_one() {
    let folder = scratch("ir");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let mut files = Vec::new();
    for (name, package) in packages().into_iter().chain(examples()) {
        let text = run(atlas9().arg("ir").arg(&package));
        let mut model: Value = serde_json::from_str(&text).expect("the model is JSON");
        files.push(keep(&folder, &name, &text));
        add_members(&mut model);
        files.push(keep(&folder, &format!("{name}.newer"), &model.to_string()));
    }
    let script = root().join("tests/suite/tools/json_schema.py");
    run(tools::python("python").arg(script).arg(kept()).args(files));
}

#[test]
fn the_schema_refuses_what_is_no_model() {
    let text = run(atlas9().args(["ir", "examples/bookstore"]));
    let model: Value = serde_json::from_str(&text).expect("the model is JSON");
    let folder = scratch("ir");
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (pointer, wrong) in [
        ("/format", json!(2)),
        ("/resources/0/name", json!(7)),
        ("/resources/0/fields/0/ty", json!({"scalar": "uid"})),
        ("/resources/0/operations/0/kind", json!("lst")),
        ("/errors/0/kind", json!("strange")),
        ("/service/raises", json!(["unauthenticated"])),
    ] {
        let mut model = model.clone();
        *model.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is not there")) = wrong;
        let file = keep(&folder, "wrong", &model.to_string());
        let script = root().join("tests/suite/tools/json_schema.py");
        let said = atlas9_suite::command::said(tools::python("python").arg(script).arg(kept()).arg(file));
        assert!(said.status == 1 && said.out.contains("wrong.json: $"), "{pointer}: {said:?}");
    }
}

#[test]
fn the_page_shows_what_is_printed() {
    let page = fs::read_to_string(root().join("compiler/reference/ir.md")).expect("there is a page");
    let block = |language: &str| {
        let (_, rest) = page.split_once(&format!("```{language}\n")).expect("a block");
        rest.split("```").next().unwrap_or("")
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in [("atlas.yaml", "name: shop\n"), ("shop.atlas", block("atlas"))] {
        fs::write(folder.path().join(name), text).expect("the file can be written");
    }
    let printed: Value =
        serde_json::from_str(&run(atlas9().arg("ir").arg(folder.path()))).expect("the model is JSON");
    let shown: Value = serde_json::from_str(block("json")).expect("the page shows JSON");
    assert!(holds(&printed, &shown), "the page shows something else than\n{printed:#}");
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(kept()).expect("the schema is there")).expect("JSON");
    let members = schema["properties"].as_object().expect("an object").keys();
    let missing: Vec<&String> = members.filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "the page does not name {missing:?}");
}

/// True when a value has all of a part: its members, and as many items.
fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(name, part)| whole.get(name).is_some_and(|whole| holds(whole, part)))
        }
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(whole, part)| holds(whole, part))
        }
        _ => whole == part,
    }
}

/// The examples beside the bookstore, which is a case.
fn examples() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(root().join("examples")).expect("the examples can be read");
    let paths = entries.map(|entry| entry.expect("the examples can be read").path());
    paths
        .filter(|path| path.join("atlas.yaml").is_file() && !path.ends_with("bookstore"))
        .map(|path| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path))
        .collect()
}

fn keep(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(format!("{name}.json"));
    fs::write(&path, text).expect("the file can be written");
    path
}

/// A member that nobody knows in each object but those that name a kind by their only member.
fn add_members(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(add_members),
        Value::Object(members) => {
            members.values_mut().for_each(add_members);
            if members.len() > 1 {
                members.insert("from_the_future".to_owned(), json!({"any": ["thing"]}));
            }
        }
        _ => {}
    }
}
