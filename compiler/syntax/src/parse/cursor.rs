//! The way through the tokens of a file: what comes next, and back to where a try began.

use atlas9_diagnostics::Span;

use super::reader::Reader;
use crate::ast::Name;
use crate::scan::{Token, TokenKind};

/// A place to come back to, and what was found until there.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    at: usize,
    told: usize,
    omitted: usize,
    lost: bool,
    height: usize,
}

impl<'a> Reader<'a> {
    /// The next token.
    pub fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    /// The token behind the next one.
    pub fn peek_second(&self) -> Option<Token> {
        self.tokens.get(self.at + 1).copied()
    }

    /// What stands at a token.
    pub fn slice(&self, token: Token) -> &'a str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    /// The next word; empty where none comes next.
    pub fn word(&self) -> &'a str {
        self.peek().filter(|token| token.kind == TokenKind::Word).map_or("", |token| self.slice(token))
    }

    /// Whether this token is that sign.
    pub fn is_sign(&self, token: Option<Token>, sign: u8) -> bool {
        token.is_some_and(|token| {
            matches!(token.kind, TokenKind::Open | TokenKind::Close | TokenKind::Mark)
                && self.text.as_bytes().get(token.start) == Some(&sign)
        })
    }

    /// Whether that sign comes next.
    pub fn at_sign(&self, sign: u8) -> bool {
        self.is_sign(self.peek(), sign)
    }

    /// Whether these two signs come next, without a space between.
    pub fn at_signs(&self, first: u8, second: u8) -> bool {
        self.at_sign(first) && self.is_sign(self.peek_second(), second) && self.touches(self.at + 1)
    }

    /// Whether no space stands before a token.
    pub fn touches(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.tokens.get(before));
        matches!((before, self.tokens.get(index)), (Some(before), Some(token)) if before.end == token.start)
    }

    /// Whether a token is a name: a word that does not begin with a digit.
    pub fn is_name(&self, token: Option<Token>) -> bool {
        token.is_some_and(|token| {
            let first = self.text.as_bytes().get(token.start);
            token.kind == TokenKind::Word && first.is_some_and(|byte| !byte.is_ascii_digit())
        })
    }

    /// Goes on behind that sign.
    pub fn eat(&mut self, sign: u8) -> Option<()> {
        self.at_sign(sign).then(|| self.at += 1)
    }

    /// Goes on behind that word.
    pub fn eat_word(&mut self, word: &str) -> Option<()> {
        (self.word() == word).then(|| self.at += 1)
    }

    /// Goes on behind that word, behind which the rest stands on the same line.
    pub fn eat_inline(&mut self, word: &str) -> Option<()> {
        self.eat_word(word)?;
        self.is_inline().then_some(())
    }

    /// Whether the next token stands on the line of the one before, with a space between.
    pub fn is_inline(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let (Some(before), Some(next)) = (before, self.peek()) else { return false };
        self.text
            .get(before.end..next.start)
            .is_some_and(|gap| !gap.is_empty() && gap.bytes().all(|byte| matches!(byte, b' ' | b'\t')))
    }

    /// The next token, if it is of that kind.
    pub fn take(&mut self, kind: TokenKind) -> Option<Token> {
        let token = self.peek().filter(|token| token.kind == kind)?;
        self.at += 1;
        Some(token)
    }

    /// The next name.
    pub fn name(&mut self) -> Option<Name> {
        let token = self.peek().filter(|token| self.is_name(Some(*token)))?;
        self.at += 1;
        let span = self.place(token.start, token.end);
        // From the author's text: a letter that cannot stand in a name was overwritten in the repaired one.
        let text = self.source.get(span.range()).unwrap_or_else(|| self.slice(token));
        Some(Name { text: text.to_owned(), span })
    }

    /// The place of what was read since the token `first`.
    pub fn since(&self, first: usize) -> Span {
        let range = self.range_since(first);
        self.place(range.start, range.end)
    }

    /// The offsets of what was read since the token `first`.
    pub fn range_since(&self, first: usize) -> std::ops::Range<usize> {
        let start = self.tokens.get(first).map_or(self.text.len(), |token| token.start);
        let last = self.at.max(first + 1) - 1;
        start..self.tokens.get(last).map_or(start, |token| token.end)
    }

    /// Where the reader is.
    pub fn mark(&self) -> Mark {
        Mark {
            at: self.at,
            told: self.diagnostics.len(),
            omitted: self.omitted,
            lost: self.lost,
            height: self.height,
        }
    }

    /// Goes back, and takes back what was told since.
    pub fn reset(&mut self, mark: Mark) {
        self.at = mark.at;
        self.diagnostics.truncate(mark.told);
        self.omitted = mark.omitted;
        self.lost = mark.lost;
        self.height = mark.height;
    }

    /// What may be left out: nothing is read where it is not there.
    pub fn maybe<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mark = self.mark();
        let found = read(self);
        if found.is_none() {
            self.reset(mark);
        }
        found
    }

    /// As many as there are.
    pub fn many<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Vec<T> {
        std::iter::from_fn(|| self.maybe(&mut read)).collect()
    }

    /// One, and further ones behind commas.
    pub fn some<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut all = vec![read(self)?];
        while self.at_sign(b',') {
            let next = self.maybe(|reader| {
                reader.eat(b',')?;
                read(reader)
            });
            match next {
                Some(next) => all.push(next),
                None => break,
            }
        }
        Some(all)
    }

    /// Any number of them between brackets, with commas between and perhaps behind.
    pub fn bracketed<T>(
        &mut self,
        (open, close): (u8, u8),
        mut read: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.eat(open)?;
        let mut all = Vec::new();
        while !self.at_sign(close) {
            all.push(read(self)?);
            if self.eat(b',').is_none() {
                break;
            }
        }
        self.eat(close)?;
        Some(all)
    }
}

/// Round brackets.
pub(super) const PARENS: (u8, u8) = (b'(', b')');
