//! Findings as a Code Quality report of GitLab.

use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::{Report, file_of, told};
use crate::{Diagnostic, Level};

/// An array with an object for each finding. An error is critical, a warning minor, a note an info.
pub fn gitlab(report: &Report<'_>) -> Value {
    let mut fingerprints = Fingerprints::new(report.sources);
    report.diagnostics.iter().map(|diagnostic| issue(report, diagnostic, &mut fingerprints)).collect()
}

fn issue(report: &Report<'_>, diagnostic: &Diagnostic, fingerprints: &mut Fingerprints<'_>) -> Value {
    let severity = match diagnostic.level {
        Level::Note => "info",
        Level::Warning => "minor",
        Level::Error => "critical",
    };
    let lines = diagnostic.span.and_then(|span| {
        let file = report.sources.get(span.file)?;
        let line = |offset: u32| file.position(offset as usize).line;
        Some((line(span.start), line(span.end)))
    });
    let (begin, end) = lines.unwrap_or((1, 1));
    json!({
        // GitLab shows the description alone.
        "description": format!("{}: {}", diagnostic.code, told(report.sources, diagnostic)),
        "check_name": diagnostic.code,
        "fingerprint": fingerprints.of(diagnostic),
        "severity": severity,
        "location": {
            // A place is asked for; what has none is about the package.
            "path": file_of(report.sources, diagnostic).unwrap_or("atlas.yaml"),
            "lines": {"begin": begin, "end": end},
        },
    })
}
