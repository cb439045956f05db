//! The one way in which tests ask the lints: a schema with `//~ name` behind every line that a finding is expected at.

use atlas9_diagnostics::{Diagnostic, Edit, FileId, Rename, SourceMap};
use atlas9_lints::{ALL_LINTS, Config, Date, Lint, Setting, find};

/// Marks a line: `//~ float_money`.
const MARKER: &str = "//~";

/// Runs one lint over a schema and compares where it finds something with where that is marked. Answers the findings and
/// the schema without its markers.
pub fn check(name: &str, marked: &str) -> (Vec<Diagnostic>, String) {
    let text = unmarked(marked);
    let (mut found, sources) = lint(name, &text);
    found.retain(|finding| finding.code == name);
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

/// The schemas of a section of a lint's page.
pub fn blocks(lint: &Lint, section: &str) -> impl Iterator<Item = &'static str> {
    let (_, rest) = lint.page.split_once(&format!("\n## {section}\n")).unwrap();
    let section = rest.split("\n## ").next().unwrap_or("");
    section.split("```atlas\n").skip(1).map(|block| block.split("```\n").next().unwrap_or(""))
}

/// Allows every finding where it is found, or in what is around it, and sees that nothing is left.
pub fn allowed(name: &str, text: &str) {
    let mut text = text.to_owned();
    loop {
        let (found, sources) = lint(name, &text);
        let Some(first) = found.first() else { return };
        let mut upward = (0..line(&sources, first)).rev();
        let after = upward.find_map(|index| allowed_in(name, &text, index, found.len()));
        assert!(after.is_some(), "{name} cannot be allowed: {first:?}");
        text = after.unwrap_or_default();
    }
}

/// With an `@allow` on a line, where that takes a finding away.
fn allowed_in(name: &str, text: &str, index: usize, before: usize) -> Option<String> {
    let line = text.lines().nth(index)?;
    let ends = [line.split("//").next().unwrap_or("").trim_end().len()];
    let places = ends.into_iter().chain(line.match_indices(" {").map(|(at, _)| at));
    let start: usize = text.lines().take(index).map(|line| line.len() + 1).sum();
    places.map(|at| start + at).find_map(|at| {
        let (head, tail) = text.split_at(at);
        let after = format!("{head} @allow({name}, \"Wanted.\"){tail}");
        let (sources, ir, wrong) = atlas9_analyze::analyze_texts(&[("shop.atlas", &after)]);
        let found = atlas9_lints::run(&ir.filter(|_| wrong.is_empty())?, &sources, &config(name, &after));
        (found.len() < before).then_some(after)
    })
}

/// The text after the fixes of all findings.
pub fn fixed(text: &str, found: &[Diagnostic]) -> String {
    let mut edits: Vec<&Edit> =
        found.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits).collect();
    let wanted: Vec<Rename> = found.iter().filter_map(|finding| finding.rename.as_deref().cloned()).collect();
    let renames = atlas9_analyze::renames_in_texts(&[("shop.atlas", text)], &wanted);
    let renames: Vec<Edit> = renames.into_iter().flat_map(Result::unwrap).collect();
    edits.extend(&renames);
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    let mut text = text.to_owned();
    for edit in edits.into_iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

/// The text after the fixes as the command leaves it: what was laid out by the formatter is so afterwards.
pub fn fixed_and_laid_out(text: &str, found: &[Diagnostic]) -> String {
    let after = fixed(text, found);
    if formatted(text) == text { formatted(&after) } else { after }
}

fn formatted(text: &str) -> String {
    atlas9_syntax::format(FileId(0), text).0
}

/// The findings of one lint, wherever they are, and the schema.
pub fn findings(name: &str, text: &str) -> (Vec<Diagnostic>, String) {
    (lint(name, text).0, text.to_owned())
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
    config.set(ALL_LINTS, Setting::Allow).unwrap();
    config.set(find(name).unwrap().name, Setting::Warn).unwrap();
    // It tells of what another lint does not find.
    if name == "unused_suppression" {
        config.set("float_money", Setting::Warn).unwrap();
    }
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
