//! What all readers share: places and findings.

use atlas9_diagnostics::{Code, Diagnostic, FileId, Span};

use super::MAX_KEPT;
use crate::ast;
use crate::scan::{Flaw, LineStarts, Scan, Token, TokenKind};

/// Turns tokens into the syntax tree.
///
/// Its functions answer nothing where what they read does not come next, and leave the place where they gave up to whoever asked;
/// [`Reader::maybe`] and [`Reader::entries`] go back.
pub(super) struct Reader<'a> {
    pub id: FileId,
    pub source: &'a str,
    /// The text that the tokens' offsets count in.
    pub text: &'a str,
    /// The tokens of that text, without comments.
    pub tokens: Vec<Token>,
    /// Where the lines of that text begin.
    pub lines: LineStarts,
    /// The next token.
    pub at: usize,
    pub diagnostics: Vec<Diagnostic>,
    /// How many operators stand in one another in what the expression at hand has read.
    pub height: usize,
    /// Whether the entry at hand is well-formed, but says what cannot be; that is then told.
    pub lost: bool,
    /// Where members stand outside of any declaration: the first of each run of broken ones.
    pub outside: Vec<Span>,
    /// Whether the declaration before was one of them.
    pub is_outside: bool,
    scan: &'a Scan,
    /// How many findings were too many to keep.
    pub omitted: usize,
    /// The lines where something is reported already: offsets of the author's text, in order, apart from one another.
    flawed: Vec<(usize, usize)>,
}

impl<'a> Reader<'a> {
    pub fn new(id: FileId, source: &'a str, scan: &'a Scan) -> Reader<'a> {
        let mut shown: Vec<&Flaw> = scan.flaws.shown.iter().collect();
        shown.sort_by_key(|flaw| flaw.start);
        let omitted = scan.flaws.omitted + shown.len().saturating_sub(MAX_KEPT);
        let diagnostics = shown.iter().take(MAX_KEPT).map(|flaw| flaw.diagnostic(id)).collect();
        let text = scan.repaired.text(source);
        Reader {
            id,
            source,
            text,
            tokens: scan.code(source),
            lines: LineStarts::new(text),
            at: 0,
            diagnostics,
            height: 0,
            lost: false,
            outside: Vec::new(),
            is_outside: false,
            omitted,
            scan,
            flawed: lines_of(source, scan.flaws.places.clone()),
        }
    }

    /// Whether another finding would not be shown any more. It is then counted as one.
    pub fn is_full(&mut self) -> bool {
        let full = self.diagnostics.len() >= MAX_KEPT;
        self.omitted += usize::from(full);
        full
    }

    /// How many findings there are so far.
    pub fn told(&self) -> usize {
        self.diagnostics.len() + self.omitted
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.is_full() {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Every `//` comment.
    pub fn comments(&self) -> Vec<ast::Comment> {
        let comments = self.scan.tokens.iter().filter(|token| token.kind == TokenKind::Comment);
        comments
            .map(|token| ast::Comment {
                text: self.source.get(token.start..token.end).unwrap_or("").trim_end().to_owned(),
                span: Span::new(self.id, token.start, token.end),
                own_line: is_own_line(self.source, token.start),
            })
            .collect()
    }

    /// Adds a finding that has one place.
    pub fn report(&mut self, code: Code, at: Span, message: impl Into<String>, label: &str, help: &str) {
        self.push(Diagnostic::error(code, message).at(at, label).help(help));
    }

    /// Adds a finding that is made like those of characters and brackets.
    pub fn flaw(&mut self, flaw: &Flaw) {
        self.push(flaw.diagnostic(self.id));
    }

    /// Whether something is reported already on the lines of this place.
    pub fn is_flawed(&self, span: Span) -> bool {
        let range = span.range();
        let next = self.flawed.partition_point(|(_, end)| *end < range.start);
        self.flawed.get(next).is_some_and(|(start, _)| *start <= range.end)
    }

    /// The offset in the text of the start of a place in the author's one.
    pub fn offset(&self, place: Span) -> usize {
        self.scan.repaired.shifted(place.range().start)
    }

    /// The place in the author's text of offsets that count in the repaired one.
    pub fn place(&self, start: usize, end: usize) -> Span {
        Span::new(self.id, self.scan.repaired.original(start), self.scan.repaired.original(end))
    }
}

/// The lines on which flaws stand, adjacent ones joined.
fn lines_of(source: &str, mut places: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    places.sort_unstable();
    let mut lines: Vec<(usize, usize)> = Vec::new();
    for (start, end) in places {
        if lines.last().is_some_and(|(_, line_end)| end <= *line_end) {
            continue;
        }
        let line_start = source.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line_end =
            source.get(end..).and_then(|after| after.find('\n')).map_or(source.len(), |at| end + at);
        lines.push((line_start, line_end));
    }
    lines
}

fn is_own_line(source: &str, at: usize) -> bool {
    let before = source.get(..at).unwrap_or("");
    before.bytes().rev().find(|byte| !matches!(byte, b' ' | b'\t')).is_none_or(|byte| byte == b'\n')
        || before.trim_matches([' ', '\t']) == "\u{feff}"
}
