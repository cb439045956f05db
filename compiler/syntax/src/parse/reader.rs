//! What all readers of the grammar's pairs share: places, findings, and a way through a pair's parts.

use std::iter::Peekable;

use atlas9_diagnostics::{Code, Diagnostic, FileId, Span, codes};
use pest::error::Error;
use pest::iterators::{Pair, Pairs};

use super::{MAX_KEPT, Rule};
use crate::ast;
use crate::scan::{Flaw, Scan, TokenKind};

/// Turns the grammar's pairs into the syntax tree.
///
/// Its functions answer nothing where they have reported why not, and where a pair does not have the parts that the grammar
/// gives it, which would be a mistake of this crate; whoever reads an entry reports that.
pub(super) struct Reader<'a> {
    pub id: FileId,
    pub source: &'a str,
    /// The text that the pairs' offsets count in.
    pub text: &'a str,
    pub diagnostics: Vec<Diagnostic>,
    /// How many operators the expression at hand stands in.
    pub depth: usize,
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
            diagnostics,
            depth: 0,
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

    /// The file where the grammar gave up, which it does where the stack of the process is too small.
    pub fn unreadable(&mut self, error: &Error<Rule>) -> ast::File {
        let at = match error.location {
            pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
        };
        let help = "nest less, or give the process a larger stack";
        self.report(
            codes::E0107,
            self.place(at, at),
            "the file cannot be read from here on",
            "gives up here",
            help,
        );
        ast::File { id: self.id, comments: self.comments(), ..ast::File::default() }
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

    /// Adds a finding that is made like those below the grammar.
    pub fn flaw(&mut self, flaw: &Flaw) {
        self.push(flaw.diagnostic(self.id));
    }

    /// Whether something is reported already on the lines of this place.
    pub fn is_flawed(&self, span: Span) -> bool {
        let range = span.range();
        let next = self.flawed.partition_point(|(_, end)| *end < range.start);
        self.flawed.get(next).is_some_and(|(start, _)| *start <= range.end)
    }

    /// The place of a pair in the author's text. The grammar lets a pair run on over white space and comments: they are left out.
    pub fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let text = pair.as_str();
        let start = pair.as_span().start();
        let last_line = text.rsplit('\n').next().unwrap_or("");
        let span = self.place(start, start + text.len());
        if !text.ends_with([' ', '\t', '\r', '\n']) && !last_line.contains("//") {
            return span;
        }
        let tokens = &self.scan.tokens;
        let after = tokens.partition_point(|token| token.start < span.end as usize);
        let is_code =
            |token: &&crate::scan::Token| !matches!(token.kind, TokenKind::Comment | TokenKind::Doc);
        let last = tokens.get(..after).and_then(|tokens| tokens.iter().rfind(is_code));
        let end = last.map_or(span.end as usize, |token| token.end.min(span.end as usize));
        Span::new(self.id, span.start as usize, end.max(span.start as usize))
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

/// The parts of a pair, without the brackets and signs that only hold them together.
pub(super) struct Parts<'i> {
    parts: Peekable<Pairs<'i, Rule>>,
}

impl<'i> Parts<'i> {
    pub fn of(pair: Pair<'i, Rule>) -> Parts<'i> {
        Parts { parts: pair.into_inner().peekable() }
    }

    /// The next part, if it is one of this rule.
    pub fn take(&mut self, rule: Rule) -> Option<Pair<'i, Rule>> {
        self.skip_signs();
        self.parts.next_if(|pair| pair.as_rule() == rule)
    }

    /// Whether the next part is one of this rule; it is then left behind.
    pub fn has(&mut self, rule: Rule) -> bool {
        self.take(rule).is_some()
    }

    /// The next part.
    pub fn any(&mut self) -> Option<Pair<'i, Rule>> {
        self.skip_signs();
        self.parts.next()
    }

    /// The parts that are left.
    pub fn rest(mut self) -> impl Iterator<Item = Pair<'i, Rule>> {
        std::iter::from_fn(move || self.any())
    }

    fn skip_signs(&mut self) {
        while self.parts.next_if(|pair| is_sign(pair.as_rule())).is_some() {}
    }
}

fn is_sign(rule: Rule) -> bool {
    use Rule::{
        arrow, at_sign, close, close_bracket, close_paren, colon, comma, equals, open, open_bracket,
        open_paren,
    };
    matches!(
        rule,
        open | close
            | open_paren
            | close_paren
            | open_bracket
            | close_bracket
            | colon
            | comma
            | equals
            | at_sign
            | arrow
    )
}
