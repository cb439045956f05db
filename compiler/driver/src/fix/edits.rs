//! The edits of fixes: which can be made together, and the texts afterwards.

use std::collections::BTreeMap;
use std::ops::Range;

use atlas9_diagnostics::{Diagnostic, SourceMap};

/// The texts of files by name.
pub(super) type Texts = BTreeMap<String, String>;

/// A fix whose edits all lie in the package's own files.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// What it is known by from one round to the next.
    pub name: String,
    /// What it mends, for people.
    pub what: String,
    pub safe: bool,
    edits: Vec<InFile>,
}

#[derive(Clone, Debug)]
struct InFile {
    file: String,
    range: Range<usize>,
    text: String,
}

impl Change {
    /// The fix of a finding, if it has one that can be made here.
    pub fn of(sources: &SourceMap, texts: &Texts, finding: &Diagnostic) -> Option<Change> {
        let fix = finding.fix.as_ref()?;
        let edit = |edit: &atlas9_diagnostics::Edit| {
            let file = sources.get(edit.span.file)?.name().to_owned();
            let range = edit.span.range();
            texts.get(&file)?.get(range.clone())?;
            Some(InFile { file, range, text: edit.text.clone() })
        };
        let mut edits = fix.edits.iter().map(edit).collect::<Option<Vec<InFile>>>()?;
        edits.sort_by(|a, b| {
            (&a.file, a.range.start, a.range.end).cmp(&(&b.file, b.range.start, b.range.end))
        });
        let disjoint = edits
            .windows(2)
            .all(|two| !matches!(two, [a, b] if a.file == b.file && a.range.end > b.range.start));
        if edits.is_empty() || !disjoint {
            return None;
        }
        let symbol = finding.symbol.as_deref().unwrap_or("");
        let texts: Vec<&str> = edits.iter().map(|edit| edit.text.as_str()).collect();
        let place = finding.span.map(|span| format!(" at {}", sources.place(span))).unwrap_or_default();
        Some(Change {
            name: format!("{}\0{symbol}\0{}", finding.code, texts.join("\0")),
            what: format!("`{}`{place}", finding.code),
            safe: fix.safe,
            edits,
        })
    }
}

/// Those of the changes that can be made together, the first ones first. What inserts where another one ends or begins waits too:
/// nobody knows which of the two comes first.
pub(super) fn apart(changes: Vec<Change>) -> Vec<Change> {
    // The ranges that are taken, by file and where they begin; they do not overlap.
    let mut taken: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
    let mut apart = Vec::new();
    for change in changes {
        let meets = |edit: &InFile| {
            taken.get(&edit.file).is_some_and(|taken| {
                let before = taken.range(..=edit.range.end).next_back();
                before.is_some_and(|(_, end)| *end >= edit.range.start)
            })
        };
        if change.edits.iter().any(meets) {
            continue;
        }
        for edit in &change.edits {
            let end = taken.entry(edit.file.clone()).or_default().entry(edit.range.start).or_default();
            *end = edit.range.end.max(*end);
        }
        apart.push(change);
    }
    apart
}

/// The texts after the changes, of which no two touch.
pub(super) fn applied(texts: &Texts, changes: &[&Change]) -> Texts {
    let mut by_file: BTreeMap<&str, Vec<&InFile>> = BTreeMap::new();
    for edit in changes.iter().flat_map(|change| &change.edits) {
        by_file.entry(&edit.file).or_default().push(edit);
    }
    let mut texts = texts.clone();
    for (file, mut edits) in by_file {
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        if let Some(text) = texts.get_mut(file) {
            *text = replaced(text, &edits);
        }
    }
    texts
}

fn replaced(text: &str, edits: &[&InFile]) -> String {
    let ends_of_dos = text.contains("\r\n");
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        new.push_str(text.get(at..edit.range.start).unwrap_or_default());
        match ends_of_dos {
            true => new.push_str(&edit.text.replace("\r\n", "\n").replace('\n', "\r\n")),
            false => new.push_str(&edit.text),
        }
        at = edit.range.end;
    }
    new.push_str(text.get(at..).unwrap_or_default());
    new
}
