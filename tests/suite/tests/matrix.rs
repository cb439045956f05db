//! One list of scenarios, gone through with the SDK of each language against a server that misbehaves when it is told to.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use atlas9_suite::command::said;
use atlas9_suite::matrix::{Front, Seen};
use atlas9_suite::place::root;
use atlas9_suite::server::TOKEN;
use regex::Regex;

use crate::servers::compiled_unlimited;
use crate::{sdk_go, sdk_python, sdk_rust, sdk_typescript};

/// A language, and its program once it is built.
type Program = (&'static str, fn() -> Command);

/// A language is added here.
const PROGRAMS: [Program; 5] = [
    ("go", sdk_go::matrix),
    ("python", sdk_python::matrix),
    ("python-asyncio", sdk_python::matrix_of_coroutines),
    ("rust", sdk_rust::matrix),
    ("typescript", sdk_typescript::matrix),
];

#[test]
fn every_sdk_passes_every_scenario_and_sends_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut wires = BTreeMap::new();
    for (language, program) in PROGRAMS {
        let database = format!("sqlite://{}/{language}.db", folder.path().display());
        let service = compiled_unlimited(&database);
        let front = Front::of(&service.url);
        let told = said(program().env("BASE_URL", &front.url).env("TOKEN", TOKEN));
        let expected: String = scenarios().iter().map(|name| format!("ok {name}\n")).collect();
        assert_eq!(told.out, expected, "{language}: {}", told.err);
        wires.insert(language, wire(front.seen()));
    }
    let first = wires.first_key_value().expect("there are programs");
    for other in &wires {
        assert_eq!(other.1, first.1, "{} and {} send something else", other.0, first.0);
    }
}

/// The names of the list, in its order.
fn scenarios() -> Vec<String> {
    let text = fs::read_to_string(root().join("tests/run/matrix/scenarios.txt")).expect("the list is there");
    let name = |line: &str| line.split_once(": ").map(|(name, _)| name.to_owned());
    text.lines().map(|line| name(line).unwrap_or_else(|| panic!("{line} has no name"))).collect()
}

/// What is sent in the scenario `wire`, with numbers for the ids that the bookstore made.
fn wire(seen: Vec<Seen>) -> String {
    let own = seen.into_iter().filter(|seen| seen.scenario == "wire");
    let sent: Vec<String> = own
        .map(|seen| {
            let header = |wanted: &str| {
                let found = seen.headers.iter().find(|(name, _)| name == wanted);
                found.map_or("-", |(_, value)| value.as_str())
            };
            let [accept, media] = ["accept", "content-type"].map(header);
            format!("{} {} accept {accept} content-type {media}\n{}", seen.method, seen.target, seen.body)
        })
        .collect();
    let ids = Regex::new("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").expect("a pattern");
    let mut known = Vec::new();
    let numbered = |id: &regex::Captures<'_>| {
        let at = known.iter().position(|known| *known == id[0]).unwrap_or_else(|| {
            known.push(id[0].to_owned());
            known.len() - 1
        });
        format!("<id {at}>")
    };
    ids.replace_all(&sent.join("\n"), numbered).into_owned()
}
