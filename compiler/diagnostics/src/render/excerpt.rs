//! The part of a long line that is shown.

use std::collections::BTreeMap;
use std::ops::Range;

use codespan_reporting::files::{Error, Files};

use crate::{Diagnostic, FileId, SourceMap, Span};

/// A line of more bytes than this is shown in part.
const LONG: usize = 400;

/// How many bytes are shown before and behind the place where a label begins.
const AROUND: usize = 100;

/// The sources, their long lines clipped to what is around a finding's labels. Positions stay those of the whole lines.
pub(super) struct Excerpts<'a> {
    sources: &'a SourceMap,
    windows: BTreeMap<(FileId, usize), Range<usize>>,
}

impl<'a> Excerpts<'a> {
    /// For that finding, whose first label decides what is shown of a line.
    pub fn new(sources: &'a SourceMap, diagnostic: &Diagnostic) -> Excerpts<'a> {
        let mut excerpts = Excerpts { sources, windows: BTreeMap::new() };
        for span in diagnostic.span.into_iter().chain(diagnostic.labels.iter().map(|label| label.span)) {
            excerpts.add(span);
        }
        excerpts
    }

    fn add(&mut self, span: Span) {
        let Ok(line) = self.sources.line_index(span.file, span.range().start) else { return };
        let Ok(whole) = self.sources.line_range(span.file, line) else { return };
        if whole.len() > LONG {
            let window = window(self.sources, span, &whole);
            self.windows.entry((span.file, line)).or_insert(window);
        }
    }

    /// The part of a label that is shown; a label that lies beyond stands at the edge.
    pub fn shown(&self, span: Span) -> Range<usize> {
        let range = span.range();
        let line = self.sources.line_index(span.file, range.start).unwrap_or_default();
        match self.windows.get(&(span.file, line)) {
            Some(window) => {
                let clamp = |at: usize| at.clamp(window.start, window.end);
                clamp(range.start)..clamp(range.end)
            }
            None => range,
        }
    }
}

fn window(sources: &SourceMap, span: Span, whole: &Range<usize>) -> Range<usize> {
    let text = sources.get(span.file).map_or("", |file| file.text());
    let start = span.range().start;
    let mut from = start.saturating_sub(AROUND).max(whole.start);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (start + AROUND).min(whole.end);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    from..to
}

impl<'a> Files<'a> for Excerpts<'a> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        self.sources.name(id)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        self.sources.source(id)
    }

    fn line_index(&'a self, id: FileId, byte: usize) -> Result<usize, Error> {
        self.sources.line_index(id, byte)
    }

    fn column_number(&'a self, id: FileId, line: usize, byte: usize) -> Result<usize, Error> {
        self.sources.column_number(id, line, byte)
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<Range<usize>, Error> {
        let whole = self.sources.line_range(id, line)?;
        if let Some(window) = self.windows.get(&(id, line)) {
            return Ok(window.clone());
        }
        // A line between labels has no place to show around: its beginning stands for it.
        Ok(match whole.len() > LONG {
            true => window(self.sources, Span::new(id, whole.start, whole.start), &whole),
            false => whole,
        })
    }
}
