//! What all readers of the grammar's pairs share: places, findings, and a way through a pair's parts.

use std::iter::Peekable;

use atlas9_diagnostics::{Code, Diagnostic, FileId, Span, codes};
use pest::error::Error;
use pest::iterators::{Pair, Pairs};

use super::Rule;
use crate::ast;
use crate::scan::{Flaw, Scan, TokenKind};

/// Turns the grammar's pairs into the syntax tree.
///
/// Its functions answer nothing where a pair does not have the parts that the grammar gives it, which would be a mistake of
/// this crate; whoever reads an entry reports that.
pub(super) struct Reader<'a> {
    pub id: FileId,
    pub source: &'a str,
    /// The text that the pairs' offsets count in.
    pub text: &'a str,
    pub diagnostics: Vec<Diagnostic>,
    /// How many operators the expression at hand stands in.
    pub depth: usize,
    scan: &'a Scan,
    /// Where something is reported already.
    flaws: Vec<(usize, usize)>,
}

impl<'a> Reader<'a> {
    pub fn new(id: FileId, source: &'a str, scan: &'a Scan) -> Reader<'a> {
        let mut flaws: Vec<(usize, usize)> = scan.flaws.iter().map(|flaw| (flaw.start, flaw.end)).collect();
        flaws.sort_unstable();
        let shown = scan.flaws.iter().filter(|flaw| !flaw.silent);
        let diagnostics = shown.map(|flaw| flaw.diagnostic(id)).collect();
        let text = scan.repaired.text(source);
        Reader { id, source, text, diagnostics, depth: 0, scan, flaws }
    }

    pub fn finish(self) -> Vec<Diagnostic> {
        self.diagnostics
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

    pub fn report(&mut self, code: Code, at: Span, message: impl Into<String>, label: &str, help: &str) {
        self.diagnostics.push(Diagnostic::error(code, message).at(at, label).help(help));
    }

    /// Reports what was found while reading, unless it repeats what is reported.
    pub fn flaw(&mut self, flaw: &Flaw) {
        self.diagnostics.push(flaw.diagnostic(self.id));
    }

    /// Whether something is reported already on the lines of this place.
    pub fn is_flawed(&self, span: Span) -> bool {
        let range = span.range();
        let before = self.source.get(..range.start).unwrap_or("");
        let after = self.source.get(range.end..).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after.find('\n').map_or(self.source.len(), |at| range.end + at);
        let next = self.flaws.partition_point(|(_, flaw_end)| *flaw_end < start);
        self.flaws.get(next).is_some_and(|(flaw_start, _)| *flaw_start <= end)
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
        arrow, at, close, close_bracket, close_paren, colon, comma, equals, open, open_bracket, open_paren,
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
            | at
            | arrow
    )
}
