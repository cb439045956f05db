//! The API as it was: each file in `pairs/` holds a schema and, behind `=== at VERSION`, what somebody would have written for it
//! then. The models are the same.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod marks;
mod model;

use std::fs;
use std::path::{Path, PathBuf};

use atlas9_analyze::{analyze_texts, analyze_texts_at};
use atlas9_diagnostics::{Color, Diagnostic, text};
use atlas9_ir::Ir;
use marks::{Element, elements};
use model::said;
use serde_json::Value;

type Files<'f> = Vec<(&'f str, &'f str)>;

/// The model of the files; of an earlier version where one is named.
fn read(about: &str, files: &[(&str, &str)], version: Option<&str>) -> Ir {
    let (sources, ir, diagnostics) =
        version.map_or_else(|| analyze_texts(files), |version| analyze_texts_at(files, version));
    ir.unwrap_or_else(|| panic!("{about}\n{}", text(&sources, &diagnostics, Color::Off)))
}

/// Holds that a schema was the other one in that version.
fn check(about: &str, now: &[(&str, &str)], version: &str, then: &[(&str, &str)]) {
    let about = format!("{about} at {version}");
    let earlier = said(&read(&about, now, Some(version)));
    // That version stood in `atlas.yaml` too.
    let written = said(&Ir { version: version.to_owned(), ..read(&about, then, None) });
    let lines = |value| serde_json::to_string_pretty(&value).expect("JSON");
    let (earlier, written) = (lines(earlier), lines(written));
    let first = earlier.lines().zip(written.lines()).position(|(one, other)| one != other);
    let Some(first) = first.or((earlier != written).then_some(0)) else { return };
    let around = |text: &str| -> Vec<String> {
        text.lines().skip(first.saturating_sub(12)).take(16).map(str::to_owned).collect()
    };
    panic!("{about}: it was\n{}\nnot\n{}", around(&earlier).join("\n"), around(&written).join("\n"));
}

/// The parts of a file: those before the first version, and those behind each.
fn parts(file: &str) -> Vec<(&str, Files<'_>)> {
    let mut parts = vec![("", Vec::new())];
    for part in file.split("=== ").filter(|part| !part.is_empty()) {
        let (head, body) = part.split_once('\n').expect("a head and a text");
        match head.strip_prefix("at ") {
            Some(version) => parts.push((version, Vec::new())),
            None => parts.last_mut().expect("a part").1.push((head, body)),
        }
    }
    parts
}

fn below(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("reads").map(|entry| entry.expect("reads").path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    paths.sort();
    paths
}

#[test]
fn every_schema_was_what_somebody_would_have_written() {
    let paths = below("tests/earlier/pairs");
    assert!(paths.len() > 5);
    for path in paths {
        let file = fs::read_to_string(&path).expect("reads");
        let parts = parts(&file);
        let ((_, now), then) = parts.split_first().expect("a schema");
        assert!(!then.is_empty(), "{}", path.display());
        for (version, files) in then {
            check(&path.display().to_string(), now, version, files);
        }
    }
}

/// The version of the service in a schema.
fn version(schema: &str) -> &str {
    let mut rests = schema.split("version").skip(1).map(str::trim_start);
    let quoted = rests.find_map(|rest| rest.strip_prefix('"')).expect("a version");
    quoted.split('"').next().expect("a version")
}

/// The valid schemas of one file that there are.
fn schemas() -> Vec<(String, String)> {
    let paths = below("../../tests/cases").into_iter().chain(below("tests/fixtures"));
    let schema = |path: PathBuf| (path.display().to_string(), fs::read_to_string(&path).expect("reads"));
    paths.map(schema).collect()
}

#[test]
fn every_schema_is_what_it_is_in_its_own_version() {
    for (about, schema) in schemas() {
        let now = [("schema.atlas", schema.as_str())];
        assert_eq!(read(&about, &now, Some(version(&schema))), read(&about, &now, None), "{about}");
    }
}

/// A schema with one more mark, before it had what that speaks of.
struct Marked {
    about: String,
    /// The model without the mark, of the same version.
    unmarked: Option<Ir>,
    /// The model, and what is found.
    then: (Option<Ir>, Vec<Diagnostic>),
}

/// Adds a mark to each element of each schema, one at a time; nothing where it cannot stand there.
fn marked(mark: impl Fn(&Element, &str) -> Option<String>) -> Vec<(Element, Marked)> {
    let mut all = Vec::new();
    for (about, schema) in schemas() {
        let (_, unmarked, _) = analyze_texts_at(&[("schema.atlas", schema.as_str())], "0.0.1");
        for element in elements(&schema) {
            let Some(mark) = mark(&element, version(&schema)) else { continue };
            let (before, after) = schema.split_at(element.end);
            let now = format!("{before} {mark} {after}");
            let files = [("schema.atlas", now.as_str())];
            let (sources, now, _) = analyze_texts(&files);
            if now.is_none() {
                continue;
            }
            let (_, ir, found) = analyze_texts_at(&files, "0.0.1");
            let about =
                format!("{about}: {mark} on {}\n{}", element.name, text(&sources, &found, Color::Off));
            all.push((element, Marked { about, unmarked: unmarked.clone(), then: (ir, found) }));
        }
    }
    all
}

#[test]
fn of_what_came_later_nothing_is_left() {
    let all = marked(|_, version| Some(format!("@added(\"{version}\")")));
    let mut models = 0;
    for (element, Marked { about, then: (ir, found), .. }) in &all {
        assert!(found.iter().all(|found| found.code == "E0610"), "{about}");
        if let Some(ir) = ir {
            models += 1;
            assert!(element.gone(ir), "{about}");
        }
    }
    assert!(models > 200 && models * 10 > all.len() * 9, "{models} of {}", all.len());
}

/// With other names a schema is the same: whatever follows from a name follows from the former one.
#[test]
fn what_was_renamed_later_has_its_former_name_wherever_it_is_named() {
    let former = |element: &Element| match element.name.starts_with(char::is_uppercase) {
        true => format!("Xq{}", element.name),
        false => format!("xq_{}", element.name),
    };
    let mark = |element: &Element, version: &str| {
        element.named.then(|| format!("@renamed(from: {}, since: \"{version}\")", former(element)))
    };
    let all = marked(mark);
    for (element, Marked { about, unmarked, then: (ir, _) }) in &all {
        let (ir, unmarked) = (ir.as_ref().expect(about), unmarked.as_ref().expect(about));
        let (was, is) = (ordered(said(ir)).to_string(), ordered(said(unmarked)).to_string());
        assert!(without_former(&was) == is, "{about}\n{was}\n{is}");
        let gone = element.gone(unmarked);
        assert!(gone || was.contains(&format!("\"{}\"", former(element))), "{about}");
    }
    assert!(all.len() > 200, "{}", all.len());
}

/// The errors of an operation are sorted by their names: here by what they are.
fn ordered(mut said: Value) -> Value {
    match &mut said {
        Value::Object(members) => {
            for (key, value) in members {
                if let (Value::Array(items), "errors") = (&mut *value, key.as_str()) {
                    items.sort_by_key(Value::as_u64);
                }
                *value = ordered(value.take());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = ordered(item.take())),
        _ => {}
    }
    said
}

/// The text with the present names, however they are spelt.
fn without_former(text: &str) -> String {
    let text = text.replace("xq_", "").replace("Xq", "");
    let mut parts = text.split("xq");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |made, part| {
        let (head, tail) = part.split_at(part.chars().next().map_or(0, char::len_utf8));
        made + &head.to_lowercase() + tail
    })
}
