//! The file of a baseline: YAML, sorted, one line for each lint and declaration, so that lines of two people merge.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, FileId, Span, codes};
use atlas9_emitters_core::yaml::{self, Key, Node, NodeKind};

use super::{Baseline, Known, Line};

const HEAD: &str = "\
# Findings that are not told: the lint, the declaration, how many. `atlas9 lint --write-baseline` adds those that are
# there now, `atlas9 lint --prune-baseline` takes away those that are there no more.
";

impl Baseline {
    /// Reads a baseline. Where merging left one line twice, the larger count holds.
    ///
    /// # Errors
    /// With every line that is none.
    pub fn read(file: FileId, text: &str) -> Result<Baseline, Vec<Diagnostic>> {
        let is_empty = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
        if text.lines().all(is_empty) {
            return Ok(Baseline::default());
        }
        let damaged = |span: &std::ops::Range<usize>, what: &str| {
            Diagnostic::error(codes::E0052, format!("the baseline is damaged: {what}"))
                .at(Span::new(file, span.start, span.end), "here")
                .help("take away what is no line like `float_money Line.price: 1`, or delete the file and run `atlas9 lint --write-baseline`")
        };
        let root = yaml::read(text).map_err(|error| vec![damaged(&error.span, &error.message)])?;
        let NodeKind::Mapping(entries) = &root.kind else {
            return Err(vec![damaged(&root.span, "it takes lines of a key and a number")]);
        };
        let (mut lines, mut wrong) = (BTreeMap::new(), Vec::new());
        for (key, value) in entries {
            match line(key, value) {
                Ok((known, line)) => insert(&mut lines, known, line),
                Err(what) => wrong.push(damaged(&key.span, &what)),
            }
        }
        if wrong.is_empty() { Ok(Baseline { lines }) } else { Err(wrong) }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(|(known, line)| format!("{}: {}\n", shown(known), line.count));
        std::iter::once(HEAD.to_owned()).chain(lines).collect()
    }
}

fn line(key: &Key, value: &Node) -> Result<(Known, Line), String> {
    let (lint, symbol) = key.text.split_once(' ').unwrap_or((&key.text, ""));
    let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.".contains(c);
    if lint.is_empty() || !lint.chars().all(name) {
        return Err(format!("`{}` is no lint with a declaration", key.text));
    }
    let count = match &value.kind {
        NodeKind::Scalar(text) => text.parse().ok().filter(|count| *count > 0),
        _ => None,
    };
    let known = Known { lint: lint.to_owned(), symbol: symbol.to_owned() };
    match count {
        Some(count) => Ok((known, Line { count, place: Some(key.span.clone()) })),
        None => Err(format!("`{}` takes a number of findings", key.text)),
    }
}

fn insert(lines: &mut BTreeMap<Known, Line>, known: Known, line: Line) {
    match lines.get_mut(&known) {
        Some(first) => first.count = first.count.max(line.count),
        None => drop(lines.insert(known, line)),
    }
}

/// The key of a line; quoted where a linter of others calls declarations something that YAML would take for more.
fn shown(known: &Known) -> String {
    let key = match known.symbol.as_str() {
        "" => known.lint.clone(),
        symbol => format!("{} {symbol}", known.lint),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || " _.".contains(c);
    match key.chars().all(plain) && !key.ends_with(' ') && !key.contains("  ") {
        true => key,
        false => serde_json::Value::from(key).to_string(),
    }
}
