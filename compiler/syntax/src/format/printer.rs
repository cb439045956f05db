//! Puts entries, comments and blank lines in order.

use atlas9_diagnostics::Span;

use super::MAX_WIDTH;
use super::columns::{Line, Row, width};
use crate::ast::{Comment, Docs, Field};
use crate::scan::{Token, TokenKind};

/// Collects the lines of a file from top to bottom. Places are offsets of the source.
pub(super) struct Printer<'a> {
    pub source: &'a str,
    tokens: &'a [Token],
    comments: &'a [Comment],
    lines: Vec<Line>,
    /// How deep the line at hand stands.
    pub indent: usize,
    /// Where what was printed last ends.
    end: usize,
    /// Whether nothing stands yet in the block at hand, so that no blank line may.
    is_fresh: bool,
    /// Whether a blank line must come next.
    needs_blank: bool,
}

impl<'a> Printer<'a> {
    pub fn new(source: &'a str, tokens: &'a [Token], comments: &'a [Comment]) -> Printer<'a> {
        let lines = Vec::new();
        Printer { source, tokens, comments, lines, indent: 0, end: 0, is_fresh: true, needs_blank: false }
    }

    /// All lines, with the comments at the end of the file.
    pub fn finish(mut self) -> Vec<Line> {
        self.comments_before(usize::MAX);
        self.lines
    }

    /// Asks for a blank line before what comes next.
    pub fn separate(&mut self) {
        self.needs_blank = !self.lines.is_empty();
    }

    /// A line without columns for what stands at `span`, below its documentation.
    pub fn plain(&mut self, docs: &Docs, span: Span, text: String) {
        self.above(docs, span);
        let indent = self.indent;
        let comment = self.comment_behind(span.range().end);
        self.lines.push(Line::Plain { indent, text, comment });
    }

    /// A line with columns.
    pub fn row(&mut self, docs: &Docs, span: Span, row: Row) {
        self.above(docs, span);
        let indent = self.indent;
        let comment = self.comment_behind(span.range().end);
        self.lines.push(Line::Row { indent, row, comment });
    }

    /// Begins what stands between braces: `head` with the opening one, which ends `span`.
    pub fn open(&mut self, docs: &Docs, span: Span, head: String) {
        self.plain(docs, span, head);
        self.indent += 1;
        self.is_fresh = true;
    }

    /// Ends it: a line that begins with the closing brace, the last character of `whole`, and goes on to `end`.
    pub fn close(&mut self, whole: Span, end: usize, text: String) {
        // One between the brace and the end would stand at the margin of what is closed, and move again the next time.
        self.comments_before(end.max(whole.range().end.saturating_sub(1)));
        self.indent = self.indent.saturating_sub(1);
        self.is_fresh = true;
        self.plain(
            &Docs::default(),
            Span { start: whole.end.saturating_sub(1), end: offset(end), ..whole },
            text,
        );
    }

    /// The span from the start of `whole` to the first `{` behind `head`.
    pub fn to_brace(&self, whole: Span, head: usize) -> Span {
        let after = self.tokens.partition_point(|token| token.start < head);
        let is_brace = |token: &&Token| {
            token.kind == TokenKind::Open && self.source.as_bytes().get(token.start) == Some(&b'{')
        };
        let brace = self.tokens.get(after..).and_then(|rest| rest.iter().find(is_brace));
        Span { end: brace.map_or(whole.end, |token| offset(token.end)), ..whole }
    }

    /// Where the last token that begins between these offsets ends, comments aside.
    pub fn last_token_end(&self, start: u32, before: u32) -> u32 {
        let first = self.tokens.partition_point(|token| token.start < start as usize);
        let tokens = self.tokens.get(first..).unwrap_or(&[]);
        let tokens = tokens.iter().take_while(|token| token.start < before as usize);
        let last = tokens.filter(|token| token.kind != TokenKind::Comment).last();
        last.map_or(start, |token| offset(token.end))
    }

    /// Where the parentheses of parameters begin and end, both exclusive: behind the opening and the closing one.
    pub fn parens(&self, name: u32, params: &[Field]) -> (u32, u32) {
        let last = params.last().map_or(name, |param| param.span.end);
        let find = |from: u32, sign: u8| {
            let first = self.tokens.partition_point(|token| token.start < from as usize);
            let is_sign = |token: &&Token| {
                token.kind != TokenKind::Comment && self.source.as_bytes().get(token.start) == Some(&sign)
            };
            let found = self.tokens.get(first..).and_then(|rest| rest.iter().find(is_sign));
            found.map_or(from, |token| offset(token.end))
        };
        (find(name, b'('), find(last, b')'))
    }

    /// Whether a comment stands in this place.
    pub fn has_comment(&self, span: Span) -> bool {
        let first = self.comments.partition_point(|comment| comment.span.start < span.start);
        self.comments.get(first).is_some_and(|comment| comment.span.start < span.end)
    }

    /// Whether what stands there is written on one line.
    pub fn is_one_line(&self, span: Span) -> bool {
        !self.slice(span).contains('\n')
    }

    /// Whether a line of this text fits at the present indentation.
    pub fn fits(&self, text: &str) -> bool {
        self.indent * 4 + width(text) <= MAX_WIDTH
    }

    pub fn slice(&self, span: Span) -> &'a str {
        self.source.get(span.range()).unwrap_or("")
    }

    /// Everything above an entry's own line: earlier comments, a blank line, comments from inside of it, documentation.
    fn above(&mut self, docs: &Docs, span: Span) {
        let start = if docs.lines.is_empty() { span.start } else { docs.span.start } as usize;
        self.comments_before(start);
        self.blank_before(start);
        let indent = self.indent;
        while let Some(comment) = self.next_comment(span.range().end) {
            self.lines.push(Line::Note { indent, text: comment.text.clone() });
        }
        for line in &docs.lines {
            self.lines.push(Line::Note { indent, text: format!("/// {line}").trim_end().to_owned() });
        }
        self.end = self.end.max(span.range().end);
    }

    fn comments_before(&mut self, limit: usize) {
        let indent = self.indent;
        while let Some(comment) = self.next_comment(limit) {
            self.blank_before(comment.span.range().start);
            self.lines.push(Line::Note { indent, text: comment.text.clone() });
            self.end = comment.span.range().end;
        }
    }

    /// A blank line if one is due: the author's, or one that was asked for.
    fn blank_before(&mut self, start: usize) {
        let gap = self.source.get(self.end..start).unwrap_or("");
        let has_blank = gap.matches('\n').count() > 1 && !self.is_fresh;
        if has_blank || self.needs_blank {
            self.lines.push(Line::Blank);
        }
        self.is_fresh = false;
        self.needs_blank = false;
    }

    /// Takes the next comment if it begins before `limit`.
    fn next_comment(&mut self, limit: usize) -> Option<&'a Comment> {
        let (first, rest) = self.comments.split_first()?;
        if first.span.range().start >= limit {
            return None;
        }
        self.comments = rest;
        Some(first)
    }

    /// Takes the comment on the same line behind what ends at `end`.
    fn comment_behind(&mut self, end: usize) -> Option<String> {
        let next = self.comments.first()?;
        let between = self.source.get(end..next.span.range().start)?;
        if !between.chars().all(|c| matches!(c, ' ' | '\t' | ',' | '\u{feff}')) {
            return None;
        }
        let comment = self.next_comment(usize::MAX)?;
        self.end = comment.span.range().end;
        Some(comment.text.clone())
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
