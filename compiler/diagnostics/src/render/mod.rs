//! The renderings: text for people, the rest for programs.

mod excerpt;
mod fingerprint;
mod github;
mod gitlab;
mod json;
mod junit;
mod printable;
mod sarif;
mod text;
mod uri;

pub use github::github;
pub use gitlab::gitlab;
pub use json::json;
pub use junit::junit;
pub use sarif::sarif;
pub use text::{Color, text};

use crate::{Diagnostic, Level, SourceMap, Span};

/// Findings, and what a rendering for programs tells beside them.
pub struct Report<'a> {
    /// The files that the findings point into, under names with `/` that the reader knows.
    pub sources: &'a SourceMap,
    /// The findings, in order.
    pub diagnostics: &'a [Diagnostic],
    /// The least level that fails the run.
    pub fail_on: Level,
    /// The exit status.
    pub status: u8,
    /// The version of atlas9.
    pub version: &'a str,
    /// The documentation of a code or lint, where there is any.
    pub page: &'a dyn Fn(&str) -> Option<Page>,
}

/// Documentation of a code or lint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// One line.
    pub summary: String,
    /// All of it, Markdown.
    pub text: String,
    /// What it belongs to: `error`, or the group of a lint.
    pub group: String,
    /// The level of its findings unless the configuration says otherwise.
    pub level: Level,
}

/// The file that a finding is about, as it is named.
fn file_of<'a>(sources: &'a SourceMap, diagnostic: &'a Diagnostic) -> Option<&'a str> {
    let of_span = diagnostic.span.and_then(|span| sources.get(span.file)).map(|file| file.name());
    of_span.or(diagnostic.path.as_deref())
}

/// The words of a finding that stand on one place: what is wrong, the second places, the way out.
fn told(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let mut lines = vec![diagnostic.message.clone()];
    lines.extend(diagnostic.labels.iter().map(|label| match place(sources, label.span) {
        Some(place) => format!("{place}: {}", label.text),
        None => label.text.clone(),
    }));
    lines.extend(diagnostic.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}

/// `books.atlas:12:5`
fn place(sources: &SourceMap, span: Span) -> Option<String> {
    let file = sources.get(span.file)?;
    let start = file.position(span.start as usize);
    Some(format!("{}:{}:{}", file.name(), start.line, start.column))
}
