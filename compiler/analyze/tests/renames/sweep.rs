//! Everything that the schemas of other tests declare gets another name, one at a time and all at once.

use std::fs;

use atlas9_analyze::{analyze_texts, renames_in_texts};
use atlas9_diagnostics::{Edit, FileId, Rename, SourceMap, Span};
use atlas9_ir::Ir;
use serde_json::Value;

use crate::{Texts, applied, below};

/// What is refused: the file, the name, and why.
const REFUSED: &[(&str, &str, &str)] = &[
    ("history.atlas", "sign_up", "was renamed before"),
    ("history.atlas", "title", "was renamed before"),
    ("history.atlas", "live", "was renamed before"),
];

/// The operations of the language.
const STANDARD: &[&str] = &["list", "get", "create", "update", "replace", "delete", "undelete"];

#[test]
fn cases_can_be_renamed() {
    let mut renamed = 0;
    let mut wrong = Vec::new();
    for path in below("../../tests/cases", "atlas") {
        let text = fs::read_to_string(&path).expect("reads");
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        renamed += sweep(&vec![(name, text.as_str())], &mut wrong);
    }
    assert!(wrong.is_empty(), "{} of {renamed}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(renamed > 450, "only {renamed}");
}

#[test]
fn the_bookstore_can_be_renamed() {
    let files = below("../../examples/bookstore/schema", "atlas").into_iter();
    let files: Vec<(String, String)> =
        files.map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("reads"))).collect();
    let texts = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut wrong = Vec::new();
    let renamed = sweep(&texts, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(renamed > 30, "only {renamed}");
}

/// How many names there are.
fn sweep(texts: &Texts<'_>, wrong: &mut Vec<String>) -> usize {
    let (sources, ir, diagnostics) = analyze_texts(texts);
    assert_eq!(diagnostics, []);
    let all = fresh(&sources, &ir.expect("a model"));
    for rename in &all {
        one(texts, &sources, rename, wrong);
    }
    let refused = |rename: &&Rename| expected(texts, &sources, rename).is_none();
    let sound: Vec<Rename> = all.iter().filter(refused).cloned().collect();
    let together = renames_in_texts(texts, &sound);
    let failed = sound.iter().zip(together).filter_map(|(rename, answer)| Some((rename, answer.err()?)));
    wrong.extend(failed.map(|(rename, why)| format!("together: {}: {why}", name(texts, &sources, rename))));
    all.len()
}

fn one(texts: &Texts<'_>, sources: &SourceMap, rename: &Rename, wrong: &mut Vec<String>) {
    let answer = renames_in_texts(texts, std::slice::from_ref(rename)).pop().expect("an answer");
    match (answer, expected(texts, sources, rename)) {
        (Ok(edits), None) => {
            let edits: Vec<&Edit> = edits.iter().collect();
            let after = applied(sources, texts, &edits);
            let after = texts.iter().zip(&after).map(|((name, _), text)| (*name, text.as_str()));
            let (_, ir, found) = analyze_texts(&after.collect::<Vec<_>>());
            if ir.is_none() || !found.is_empty() {
                wrong.push(format!("{}: {found:?}", name(texts, sources, rename)));
            }
        }
        (Err(why), Some(expected)) if why.contains(expected) => {}
        (answer, _) => wrong.push(format!("{}: {answer:?}", name(texts, sources, rename))),
    }
}

fn expected(texts: &Texts<'_>, sources: &SourceMap, rename: &Rename) -> Option<&'static str> {
    let name = sources.slice(rename.at);
    let known =
        |(file, known, _): &&(&str, &str, &str)| texts.iter().any(|(it, _)| it == file) && *known == name;
    REFUSED.iter().find(known).map(|(_, _, why)| *why)
}

fn name(texts: &Texts<'_>, sources: &SourceMap, rename: &Rename) -> String {
    let file = texts.first().map_or("", |(name, _)| name);
    format!("{file}:{} {} -> {}", sources.place(rename.at), sources.slice(rename.at), rename.to)
}

/// Another name for everything in the model that says where its name stands.
fn fresh(sources: &SourceMap, ir: &Ir) -> Vec<Rename> {
    let mut places = Vec::new();
    collect(&serde_json::to_value(ir).expect("writes"), &mut |name, place| {
        if !ir.is_foreign(place) && sources.slice(place) == name && !STANDARD.contains(&name) {
            places.push(place);
        }
    });
    places.sort();
    places.dedup();
    let other = |(index, at): (usize, Span)| Rename { at, to: another(sources.slice(at), index) };
    places.into_iter().enumerate().map(other).collect()
}

/// In the same casing, with the same end.
fn another(name: &str, index: usize) -> String {
    let end = ["_ids", "_id", "_at"].into_iter().find(|end| name.ends_with(end)).unwrap_or_default();
    match name.starts_with(char::is_uppercase) {
        true => format!("Fresh{index}"),
        false => format!("fresh{index}{end}"),
    }
}

fn collect(value: &Value, see: &mut dyn FnMut(&str, Span)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, see)),
        // What a reference embeds is named after it.
        Value::Object(members) if members.contains_key("wire") && members.contains_key("field") => {}
        Value::Object(members) => {
            for (name, place) in [("name", "span"), ("discriminator", "discriminator_span")] {
                if let (Some(name), Some(place)) =
                    (members.get(name).and_then(Value::as_str), members.get(place))
                {
                    see(name, span(place));
                }
            }
            let others = members.iter().filter(|(name, _)| !name.starts_with("reserved"));
            others.for_each(|(_, value)| collect(value, see));
        }
        _ => {}
    }
}

fn span(value: &Value) -> Span {
    let number = |name: &str| usize::try_from(value[name].as_u64().expect("a number")).expect("fits");
    let file = u32::try_from(number("file")).expect("fits");
    Span::new(FileId(file), number("start"), number("end"))
}
