//! Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

use std::fmt::Write as _;

use super::{Report, file_of, told};
use crate::{Diagnostic, Level, SourceMap};

/// A line for each finding: `::error file=books.atlas,line=3,...,title=E0101::...`.
pub fn github(report: &Report<'_>) -> String {
    report.diagnostics.iter().fold(String::new(), |mut text, diagnostic| {
        let command = match diagnostic.level {
            Level::Note => "notice",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        let properties = properties(report.sources, diagnostic);
        let _ = writeln!(text, "::{command} {properties}::{}", data(&told(report.sources, diagnostic)));
        text
    })
}

fn properties(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let mut found = Vec::new();
    if let Some(file) = file_of(sources, diagnostic) {
        found.push(("file", file.to_owned()));
    }
    if let Some((span, file)) = diagnostic.span.and_then(|span| Some((span, sources.get(span.file)?))) {
        let (start, end) = (file.position(span.start as usize), file.position(span.end as usize));
        found.push(("line", start.line.to_string()));
        found.push(("endLine", end.line.to_string()));
        // Columns of different lines are refused.
        if start.line == end.line {
            found.push(("col", start.column.to_string()));
            found.push(("endColumn", end.column.to_string()));
        }
    }
    found.push(("title", format!("atlas9 {}", diagnostic.code)));
    let parts = found.into_iter().map(|(name, value)| format!("{name}={}", property(&value)));
    parts.collect::<Vec<_>>().join(",")
}

/// The text behind the second `::`; a line break would end the command and let the text begin another.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma or a colon would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
