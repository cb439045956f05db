//! What each format makes of the same findings, and that nothing written by a stranger breaks out of one.

#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeSet;

use atlas9_diagnostics::{
    Color, Diagnostic, Edit, Fix, Level, Page, Report, SourceMap, Span, codes, github, gitlab, json, junit,
    sarif, text,
};
use serde_json::Value;

/// A name, a text and a message that each try to end what they stand in.
const ODD: &str = "a,b:%0A\"<x>]]>\n::error::&amp;\u{1b}[31m\u{fffe}{0}[T](..=9)";

const SOURCE: &str =
    "namespace shop\n\nenum B\u{fc}cher { a }\n\nenum B\u{fc}cher { b }\n    price: float64\u{1b}[2J\n";

/// Findings of every level, with and without a place, a second place and a fix.
fn findings() -> (SourceMap, Vec<Diagnostic>) {
    let mut sources = SourceMap::new();
    let id = sources.add("schema/b\u{fc}cher 1.atlas", SOURCE);
    let span = |word: &str, nth: usize| {
        let (at, _) = SOURCE.match_indices(word).nth(nth).expect("the word stands there");
        Span::new(id, at, at + word.len())
    };
    let found = vec![
        Diagnostic::error(codes::E0002, "no package").in_path("shop").help("start one"),
        Diagnostic::error(codes::E0201, "`B\u{fc}cher` is declared twice")
            .at(span("B\u{fc}cher", 1), "declared again here")
            .and(span("B\u{fc}cher", 0), "first declared here")
            .symbol("B\u{fc}cher"),
        Diagnostic::new("float_money", Level::Warning, "a float rounds")
            .at(span("float64", 0), "rounds")
            .help("use `decimal`")
            .fix(Fix {
                safe: false,
                edits: vec![Edit { span: span("float64", 0), text: "decimal(9, 2)".into() }],
            }),
        Diagnostic::new("other", Level::Note, "several lines")
            .at(span("B\u{fc}cher", 0).to(span("price", 0)), ""),
        Diagnostic::new("other", Level::Note, "nowhere"),
    ];
    (sources, found)
}

/// The finding of somebody who means harm.
fn odd() -> (SourceMap, Vec<Diagnostic>) {
    let mut sources = SourceMap::new();
    let id = sources.add(ODD, format!("{ODD}\n"));
    let found = Diagnostic::new(ODD, Level::Error, ODD)
        .at(Span::new(id, 0, 3), ODD)
        .and(Span::new(id, 4, 5), ODD)
        .help(ODD)
        .symbol(ODD)
        .fix(Fix { safe: true, edits: vec![Edit { span: Span::new(id, 0, 3), text: ODD.into() }] });
    (sources, vec![found.clone(), Diagnostic { span: None, path: Some(ODD.into()), ..found }])
}

fn page(code: &str) -> Option<Page> {
    (code == "float_money").then(|| Page {
        summary: "Money is a float, which rounds.".into(),
        text: "# float_money\n".into(),
        group: "shape".into(),
        level: Level::Warning,
    })
}

fn report<'a>(sources: &'a SourceMap, diagnostics: &'a [Diagnostic]) -> Report<'a> {
    Report { sources, diagnostics, fail_on: Level::Error, status: 2, version: "1.2.3", page: &page }
}

#[test]
fn each_format_tells_every_finding() {
    let (sources, found) = findings();
    let report = report(&sources, &found);
    insta::assert_snapshot!("text", text(&sources, &found, Color::Off));
    insta::assert_snapshot!("json", format!("{:#}", json(&sources, &found)));
    insta::assert_snapshot!("sarif", format!("{:#}", sarif(&report)));
    insta::assert_snapshot!("github", github(&report));
    insta::assert_snapshot!("gitlab", format!("{:#}", gitlab(&report)));
    insta::assert_snapshot!("junit", junit(&report));
}

#[test]
fn a_level_decides_what_fails() {
    let (sources, found) = findings();
    let failures =
        |fail_on| junit(&Report { fail_on, ..report(&sources, &found) }).matches("<failure ").count();
    assert_eq!([Level::Error, Level::Warning, Level::Note].map(failures), [2, 3, 5]);
}

#[test]
fn nothing_breaks_out_of_a_terminal() {
    let (sources, found) = odd();
    let shown = text(&sources, &found, Color::Off);
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    let lone = {
        let mut sources = SourceMap::new();
        let id = sources.add("a.atlas", "safe // \rerror\r\nnext\n");
        text(&sources, &[Diagnostic::error(codes::E0101, "x").at(Span::new(id, 0, 4), "")], Color::Off)
    };
    assert!(lone.contains("safe // ?error") && !lone.contains("\rerror"), "{lone:?}");
}

#[test]
fn nothing_breaks_out_of_an_annotation() {
    let (sources, found) = odd();
    let shown = github(&report(&sources, &found));
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 2, "{shown}");
    for line in lines {
        let (properties, message) =
            line.strip_prefix("::error ").and_then(|rest| rest.split_once("::")).expect("a command");
        let names: Vec<&str> =
            properties.split(',').filter_map(|part| part.split_once('=')).map(|(name, _)| name).collect();
        assert!(names.starts_with(&["file"]) && names.ends_with(&["title"]), "{line}");
        assert_eq!(properties.matches(':').count(), 0, "{line}");
        assert!(message.starts_with("a,b:%250A\"<x>]]>%0A::error::"), "{line}");
    }
}

#[test]
fn nothing_breaks_out_of_xml() {
    let (sources, found) = odd();
    let shown = junit(&report(&sources, &found));
    assert_eq!(shown.matches("<testcase ").count(), 2, "{shown}");
    assert!(!shown.contains("<x>") && !shown.contains("]]>"), "{shown}");
    assert!(shown.contains("&amp;amp;") && shown.contains("\\u{1b}[31m\\u{fffe}"), "{shown}");
    let outside = |c: char| (c.is_control() && c != '\n') || c == '\u{fffe}';
    assert!(!shown.chars().any(outside), "{shown}");
}

#[test]
fn no_message_of_a_log_is_a_link() {
    let (sources, found) = odd();
    let log = sarif(&report(&sources, &found));
    let result = &log["runs"][0]["results"][0];
    for place in [result, &result["relatedLocations"][0]] {
        let text = place["message"]["text"].as_str().expect("a text");
        assert!(!text.contains("](") && text.contains("[T] (..=9)"), "{text}");
    }
}

#[test]
fn fingerprints_stay_when_lines_move_and_differ_within_a_run() {
    let (sources, found) = findings();
    let of = |sources: &SourceMap, found: &[Diagnostic]| -> Vec<String> {
        let issues = gitlab(&report(sources, found));
        let issues = issues.as_array().expect("an array").clone();
        issues.iter().filter_map(|issue| Some(issue["fingerprint"].as_str()?.to_owned())).collect()
    };
    let moved = {
        let mut moved = SourceMap::new();
        moved.add("schema/b\u{fc}cher 1.atlas", format!("// New.\n\n{SOURCE}"));
        moved
    };
    let shift = |span: Span| Span { start: span.start + 9, end: span.end + 9, ..span };
    let below: Vec<Diagnostic> =
        found.iter().map(|each| Diagnostic { span: each.span.map(shift), ..each.clone() }).collect();
    assert_eq!(of(&sources, &found), of(&moved, &below));
    let twice: Vec<Diagnostic> = found.iter().chain(&found).cloned().collect();
    let all = of(&sources, &twice);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), twice.len());
    let in_log: Vec<Value> = sarif(&report(&sources, &found))["runs"][0]["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| result["partialFingerprints"]["atlas9/v1"].clone())
        .collect();
    assert!(in_log.iter().all(|one| one.as_str().is_some_and(|one| all.iter().any(|other| other == one))));
}
