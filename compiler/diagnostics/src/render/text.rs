//! Findings as text with an excerpt of the source.

use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic as Report, Label, Severity};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term;
use codespan_reporting::term::termcolor::{Ansi, NoColor, WriteColor};

use super::excerpt::Excerpts;
use super::printable;
use crate::{Diagnostic, FileId, Level, SourceFile, SourceMap};

/// Whether escape sequences colour the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// For a terminal.
    On,
    /// For files and pipes.
    Off,
}

/// The findings, one after the other, each with its excerpt and its way out.
pub fn text(sources: &SourceMap, diagnostics: &[Diagnostic], color: Color) -> String {
    let sources = &printable::sources(sources);
    let bytes = match color {
        Color::On => write(Ansi::new(Vec::new()), sources, diagnostics).into_inner(),
        Color::Off => write(NoColor::new(Vec::new()), sources, diagnostics).into_inner(),
    };
    String::from_utf8_lossy(&bytes).into_owned()
}

fn write<W: WriteColor>(mut out: W, sources: &SourceMap, diagnostics: &[Diagnostic]) -> W {
    let config = term::Config { chars: term::Chars::ascii(), ..term::Config::default() };
    for diagnostic in diagnostics {
        let diagnostic = &printable::finding(diagnostic);
        let excerpts = Excerpts::new(sources, diagnostic);
        // Writing to memory fails for spans outside a file only; the message alone then still says what is wrong.
        if term::emit_to_write_style(&mut out, &config, &excerpts, &report(&excerpts, sources, diagnostic))
            .is_err()
        {
            let _ = writeln!(out, "{}[{}]: {}", diagnostic.level.word(), diagnostic.code, diagnostic.message);
        }
    }
    out
}

fn report(excerpts: &Excerpts<'_>, sources: &SourceMap, diagnostic: &Diagnostic) -> Report<FileId> {
    let severity = match diagnostic.level {
        Level::Note => Severity::Note,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    };
    let known =
        |span: &crate::Span| sources.get(span.file).is_some_and(|file| span.range().end <= file.text().len());
    let first = diagnostic.span.filter(known);
    let second = diagnostic.labels.iter().filter(|label| known(&label.span));
    let mut notes = Vec::new();
    if let (None, Some(path)) = (first, &diagnostic.path) {
        notes.push(format!("at: {path}"));
    }
    notes.extend(diagnostic.help.iter().map(|help| format!("help: {}", help.replace('\n', "\n      "))));
    Report::new(severity)
        .with_code(diagnostic.code.as_ref())
        .with_message(&diagnostic.message)
        .with_labels_iter(
            first
                .map(|span| Label::primary(span.file, excerpts.shown(span)).with_message(&diagnostic.label))
                .into_iter()
                .chain(second.map(|label| {
                    Label::secondary(label.span.file, excerpts.shown(label.span)).with_message(&label.text)
                })),
        )
        .with_notes(notes)
}

impl<'a> Files<'a> for SourceMap {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        file(self, id).map(SourceFile::name)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        file(self, id).map(SourceFile::text)
    }

    fn line_index(&'a self, id: FileId, byte: usize) -> Result<usize, Error> {
        Ok(file(self, id)?.line_index(byte))
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<Range<usize>, Error> {
        let file = file(self, id)?;
        let missing = || Error::LineTooLarge { given: line, max: file.line_index(file.text().len()) };
        Ok(file.line_start(line).ok_or_else(missing)?..file.line_start(line + 1).ok_or_else(missing)?)
    }
}

fn file(sources: &SourceMap, id: FileId) -> Result<&SourceFile, Error> {
    sources.get(id).ok_or(Error::FileMissing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Span, codes};

    #[test]
    fn shows_both_places_and_the_way_out() {
        let mut sources = SourceMap::new();
        let id = sources.add("books.atlas", "resource Book {}\nresource Book {}\n");
        let diagnostic = Diagnostic::error(codes::E0101, "`Book` is declared twice")
            .at(Span::new(id, 26, 30), "declared again here")
            .and(Span::new(id, 9, 13), "first declared here")
            .help("rename one of them");
        let shown = text(&sources, &[diagnostic], Color::Off);
        for part in ["error[E0101]", "books.atlas:2:10", "first declared here", "help: rename one of them"] {
            assert!(shown.contains(part), "{part} is missing in\n{shown}");
        }
        assert!(!shown.contains('\u{1b}'));
    }

    #[test]
    fn shows_a_part_of_a_long_line() {
        let mut sources = SourceMap::new();
        let long = "\u{e4}".repeat(100_000);
        let id = sources.add("long.atlas", format!("namespace a\n{long}HERE{long}\n"));
        let at = "namespace a\n".len() + long.len();
        let check = |span: Span| {
            let diagnostic = Diagnostic::error(codes::E0101, "wrong")
                .at(span, "this word")
                .and(Span::new(id, at + 50_000, at + 50_002), "far away");
            let shown = text(&sources, &[diagnostic], Color::Off);
            assert!(shown.len() < 4_000, "{} bytes are shown", shown.len());
            for part in ["long.atlas:2:100001", "HERE", "^^^^", "this word", "far away"] {
                assert!(shown.contains(part), "{part} is missing in\n{shown}");
            }
        };
        check(Span::new(id, at, at + 4));
        check(Span::new(id, at, at + 90_004));
    }
}
