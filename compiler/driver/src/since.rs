//! Which findings came with a change.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, SourceMap, find_code};

/// Findings, and the files that they point into.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// The files.
    pub sources: SourceMap,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Takes away the findings that were there before, and says how many these are. One was there before when the same lint said
/// something of the same declaration, on a line that reads the same: whatever the file is called, and wherever the line stands.
/// Errors of the language always stay.
pub fn only_new(sources: &SourceMap, found: &mut Vec<Diagnostic>, before: &Findings) -> usize {
    let mut left: BTreeMap<Seen, usize> = BTreeMap::new();
    for finding in &before.diagnostics {
        *left.entry(seen(&before.sources, finding)).or_default() += 1;
    }
    let count = found.len();
    found.retain(|finding| match left.get_mut(&seen(sources, finding)) {
        Some(times) if *times > 0 && find_code(&finding.code).is_none() => {
            *times -= 1;
            false
        }
        _ => true,
    });
    count - found.len()
}

/// The lint, the declaration, and the words of the line.
type Seen = (String, Option<String>, String);

fn seen(sources: &SourceMap, finding: &Diagnostic) -> Seen {
    let line = finding.span.and_then(|span| {
        let text = sources.get(span.file)?.text();
        let at = span.start as usize;
        let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        text.get(start..)?.lines().next()
    });
    // How `atlas9 fmt` lays columns out depends on the lines around.
    let words: Vec<&str> = line.unwrap_or_default().split_whitespace().collect();
    (finding.code.to_string(), finding.symbol.clone(), words.join(" "))
}
