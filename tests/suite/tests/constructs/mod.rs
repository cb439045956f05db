//! Each construct of the language stands in a valid case, which goes through every emitter, and in one that shows a mistake with it:
//! `table.txt` says in which.

mod packages;
mod parts;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;

use atlas9_analyze::analyze_texts;
use atlas9_diagnostics::Level;
use atlas9_driver::EMITTERS;
use atlas9_suite::place::root;
use regex::Regex;

use crate::cases::packages;
use walk::Found;

/// A line of the table.
struct Row<'a> {
    construct: &'a str,
    valid: &'a str,
    code: &'a str,
    invalid: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let lines = include_str!("table.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let [construct, valid, code, invalid] = cells[..] else { panic!("a row has four cells: {line}") };
        Row { construct, valid, code, invalid }
    };
    lines.map(row).collect()
}

#[test]
fn every_construct_has_a_valid_case_that_every_emitter_takes() {
    let mut cases = BTreeMap::new();
    for row in rows() {
        let found = cases.entry(row.valid).or_insert_with(|| valid(row.valid));
        assert!(
            found.has(row.construct),
            "{} does not stand in tests/cases/{}.atlas",
            row.construct,
            row.valid
        );
    }
}

#[test]
fn every_construct_has_a_case_with_a_mistake() {
    for row in rows() {
        let mistakes = mistakes(row.invalid);
        let shows = |wrong: &Wrong| wrong.shows(row.construct, row.code);
        assert!(
            mistakes.iter().any(shows),
            "{} says of no `{}` that it is wrong by {}",
            row.invalid,
            row.construct,
            row.code
        );
    }
}

/// What a case has and the table does not is a construct that was forgotten here.
#[test]
fn every_construct_of_a_case_has_a_row() {
    let rows = rows();
    let mut known: Vec<&str> = rows.iter().map(|row| row.construct).collect();
    let listed = known.len();
    known.sort_unstable();
    known.dedup();
    assert_eq!(known.len(), listed, "a construct has two rows");
    for (name, _) in packages().iter().filter(|(name, _)| name != "bookstore") {
        let found = Found::of(&read(&format!("tests/cases/{name}.atlas")));
        let unknown: Vec<&str> = found.names().filter(|construct| !known.contains(construct)).collect();
        assert!(unknown.is_empty(), "{name}: no row in the table for {unknown:?}");
    }
}

/// Words that only come with others: what they come with has a row.
const COMPANIONS: &[(&str, &str)] =
    &[("by", "union"), ("on", "annotation"), ("per", "rate_limit"), ("operations", "operation")];

/// The table cannot lose a construct: the words of the grammar, the types, the annotations, the kinds of errors and the modules of the
/// standard library are those of the reference.
#[test]
fn every_word_of_the_reference_is_in_the_table() {
    let rows = rows();
    let has = |construct: String| match rows.iter().any(|row| row.construct == construct) {
        true => None,
        false => Some(construct),
    };
    let types = named("compiler/reference/types.md", r"(?m)^\| `([a-z0-9]+)(?:\(p, s\))?` \|");
    let annotations = named("compiler/reference/annotations.md", r"(?m)^\| `(@[a-z_]+)");
    let kinds = named("stdlib/std/errors.atlas", r"(?m)^error \w+: (\w+)");
    let modules = fs::read_dir(root().join("stdlib/std")).expect("the folder can be read");
    let modules = modules.map(|entry| entry.expect("the folder can be read").path());
    let modules = modules.filter(|path| path.extension().is_some_and(|end| end == "atlas"));
    let modules = modules.filter_map(|path| Some(format!("std.{}", path.file_stem()?.to_string_lossy())));
    let kinds = kinds.into_iter().map(|kind| format!("error NAME: {kind}"));
    let all: Vec<String> = types.into_iter().chain(annotations).chain(kinds).chain(modules).collect();
    assert!(all.len() > 45, "only {all:?}");
    let missing: Vec<String> = all.into_iter().filter_map(has).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");

    let known = rows.iter().flat_map(|row| row.construct.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let known: BTreeSet<&str> = known.collect();
    let mut words = named("compiler/reference/grammar.md", r#""([a-z_]{2,})""#);
    assert!(words.len() > 50, "only {words:?}");
    let companion = |word: &str| COMPANIONS.iter().find(|(it, _)| *it == word).map(|(_, with)| *with);
    words.retain(|word| !known.contains(companion(word).unwrap_or(word)));
    assert!(words.is_empty(), "no row has {words:?}");
}

/// What a pattern finds in a file of the repository.
fn named(path: &str, pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).expect("a pattern");
    let text = read(path);
    pattern.captures_iter(&text).filter_map(|found| Some(found.get(1)?.as_str().to_owned())).collect()
}

/// A row cannot hold of a case without the construct: taken out of its case, each of these is missed.
#[test]
fn a_construct_that_is_gone_is_missed() {
    let gone = [
        ("soft_delete", "closed enum", "closed enum", "enum"),
        ("state", "else ERROR", " else NotSent", ""),
        ("expand", "[ref RESOURCE]", "[ref Person]", "[uuid]"),
        ("visibility", "@internal", "@internal", "@readonly"),
        ("rules", "not in a rule", "not (open", "(open"),
        ("nested", "three levels of resources", "Item in Box", "Item in Shelf"),
        ("error_kinds", "error NAME: gone", "Ended: gone", "Ended: timeout"),
        ("service_operations", "@header", " @header(\"X-Agent\")", ""),
        ("texts", "bounds of bytes", "bytes(..=1024)", "bytes"),
        ("state", "sets to the principal", "sent_by: principal", "sent_by: \"x\""),
    ];
    for (case, construct, from, to) in gone {
        let text = read(&format!("tests/cases/{case}.atlas"));
        assert!(Found::of(&text).has(construct), "{construct} stands in {case}");
        let without = text.replace(from, to);
        assert!(!Found::of(&without).has(construct), "{construct} is not in\n{without}");
    }
}

/// An error that ends where a construct begins, or begins where it ends, says nothing of it.
#[test]
fn an_error_beside_a_construct_is_not_of_it() {
    let text = "namespace a\n\nreserved Old\nenum B { x }\n";
    let (start, end) = (text.find("reserved").expect("there"), text.find("\nenum").expect("there"));
    let check = |place: Range<usize>, expected| {
        assert_eq!(Found::of(text).touches("reserved declaration", &place), expected, "{place:?}");
    };
    check(start - 1..start, false);
    check(start - 1..start + 1, true);
    check(start + 1..start + 2, true);
    check(end - 1..end, true);
    check(end..end + 3, false);
    // Something is missing there.
    check(end..end, true);
    check(end + 1..end + 1, false);
}

/// The constructs of a case, which is right, and kept as every emitter takes it.
fn valid(name: &str) -> Found {
    let text = read(&format!("tests/cases/{name}.atlas"));
    let (_, ir, _) = analyze_texts(&[("schema.atlas", &text)]);
    assert!(ir.is_some(), "{name} is not right");
    for emitter in EMITTERS {
        let kept = root().join("tests/golden").join(name).join("generated").join(emitter.name());
        let made = fs::read_dir(&kept).is_ok_and(|mut entries| entries.next().is_some());
        assert!(made, "{} is not there", kept.display());
    }
    Found::of(&text)
}

/// What the tree does not have, since it is no part of the language: the sign at the place of the error tells.
const SIGNS: &[(&str, &str)] = &[("/// documentation", "///"), ("// comment", "#")];

impl Wrong {
    /// Whether a mistake with the construct is told by the code.
    fn shows(&self, construct: &str, code: &str) -> bool {
        let found = Found::of(&self.text);
        let sign = SIGNS.iter().find(|(name, _)| *name == construct).map(|(_, sign)| *sign);
        self.told.iter().filter(|(told, _)| told == code).any(|(_, place)| match sign {
            Some(sign) => self.text[place.start..].starts_with(sign),
            None => found.touches(construct, place),
        })
    }
}

/// A file of a case with mistakes, and the codes that are told of it with their places.
struct Wrong {
    text: String,
    told: Vec<(String, Range<usize>)>,
}

/// What is wrong in a case of the analyser, `NAME.txt`, or on the page of an error, `CODE.md`.
fn mistakes(name: &str) -> Vec<Wrong> {
    let files = if name.ends_with(".md") { incorrect(name) } else { case(name) };
    let named: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (sources, _, diagnostics) = analyze_texts(&named);
    let errors = || diagnostics.iter().filter(|told| told.level == Level::Error);
    let wrong = |(name, text): &(String, String)| {
        let id = sources.iter().find(|(_, source)| source.name() == name).expect("the file was read").0;
        let told = errors().filter_map(|told| {
            Some((told.code.to_string(), told.span.filter(|span| span.file == id)?.range()))
        });
        Wrong { text: text.clone(), told: told.collect() }
    };
    files.iter().map(wrong).collect()
}

/// The files of a case of the analyser.
fn case(name: &str) -> Vec<(String, String)> {
    let text = read(&format!("compiler/analyze/tests/cases/{name}"));
    let source = text.split("=== output\n").next().unwrap_or_default().to_owned();
    let files = source.split("=== ").filter(|part| !part.is_empty());
    files
        .filter_map(|part| part.split_once('\n'))
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect()
}

/// What an error's page shows as incorrect; a line such as `// prices.atlas` begins another file.
fn incorrect(name: &str) -> Vec<(String, String)> {
    let page = read(&format!("compiler/reference/errors/{name}"));
    let block = page.split_once("## Incorrect").and_then(|(_, rest)| rest.split_once("```atlas\n"));
    let block = block.and_then(|(_, rest)| rest.split_once("```")).map_or("", |(block, _)| block);
    let mut files = vec![String::new()];
    for line in block.split_inclusive('\n') {
        if line.starts_with("// ") && line.trim_end().ends_with(".atlas") {
            files.push(String::new());
        }
        files.last_mut().expect("a file").push_str(line);
    }
    let files = files.into_iter().filter(|text| !text.trim().is_empty());
    files.enumerate().map(|(index, text)| (format!("{index}.atlas"), text)).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
