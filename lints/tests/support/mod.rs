//! The one way in which tests ask the lints: a schema with `//~ name` behind every line that a finding is expected at.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use atlas9_diagnostics::{Diagnostic, Edit, SourceMap};
use atlas9_lints::{Config, Date, Group, Setting, find};

/// Marks a line: `//~ float_money`.
const MARKER: &str = "//~";

/// Runs one lint over a schema and compares where it finds something with where that is marked. Answers the findings and
/// the schema without its markers.
pub fn check(name: &str, marked: &str) -> (Vec<Diagnostic>, String) {
    let text = unmarked(marked);
    let (found, sources) = lint(name, &text);
    let lines: Vec<(usize, &str)> =
        found.iter().map(|finding| (line(&sources, finding), finding.code.as_ref())).collect();
    assert_eq!(lines, markers(marked), "{name} in\n{marked}\n{found:#?}");
    for finding in &found {
        assert!(finding.help.is_some() && !finding.label.is_empty(), "{finding:?}");
        assert!(
            !finding.message.ends_with('.') && !finding.message.starts_with(char::is_uppercase),
            "{finding:?}"
        );
    }
    (found, text)
}

/// The text after the fixes of all findings.
pub fn fixed(text: &str, found: &[Diagnostic]) -> String {
    let mut edits: Vec<&Edit> =
        found.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    let mut text = text.to_owned();
    for edit in edits.into_iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

fn lint(name: &str, text: &str) -> (Vec<Diagnostic>, SourceMap) {
    let (sources, ir, diagnostics) = atlas9_analyze::analyze_texts(&[("shop.atlas", text)]);
    assert_eq!(diagnostics, [], "{name}: the schema has errors:\n{text}");
    let found = atlas9_lints::run(&ir.unwrap(), &sources, &config(name, text));
    (found, sources)
}

/// Only this lint, on the day that the schema names.
fn config(name: &str, text: &str) -> Config {
    let today = text.strip_prefix("// Today is ").and_then(|rest| rest.split_once(".\n"));
    let mut config = Config::new(today.map(|(day, _)| Date::parse(day).unwrap()));
    Group::ALL.iter().for_each(|group| config.set(group.name(), Setting::Allow).unwrap());
    config.set(find(name).unwrap().name, Setting::Warn).unwrap();
    config
}

fn line(sources: &SourceMap, finding: &Diagnostic) -> usize {
    let span = finding.span.unwrap();
    sources.get(span.file).unwrap().position(span.start as usize).line
}

fn markers(marked: &str) -> Vec<(usize, &str)> {
    let lines =
        marked.lines().enumerate().filter_map(|(index, line)| Some((index + 1, line.split_once(MARKER)?.1)));
    lines.flat_map(|(line, names)| names.split_whitespace().map(move |name| (line, name))).collect()
}

fn unmarked(marked: &str) -> String {
    let lines = marked.lines().map(|line| line.split_once(MARKER).map_or(line, |(line, _)| line.trim_end()));
    lines.map(|line| format!("{line}\n")).collect()
}
