//! How far a broken entry reaches. None reaches beyond its block, and each takes the documentation above it along.

use super::reader::Reader;
use super::shape::{CLAUSES, OPERATIONS, Shape};
use crate::scan::{Token, TokenKind};

impl Reader<'_> {
    /// Goes on behind a broken entry, which has a token at least.
    pub fn skip(&mut self, shape: Shape) {
        let first = self.at;
        while self.take(TokenKind::Doc).is_some() {}
        match shape {
            Shape::Item => self.skip_item(),
            Shape::Operation if self.word() != "reserved" => self.skip_operation(),
            Shape::Rule => self.skip_line(|reader, next| {
                let is_colon = reader.is_sign(reader.peek_second(), b':');
                reader.is_name(Some(next)) && is_colon
            }),
            Shape::ServiceMember if self.word() == "operation" => self.skip_line(|reader, next| {
                reader.is_name(Some(next)) && !CLAUSES.contains(&reader.slice(next))
            }),
            _ => self.skip_line(|reader, next| reader.is_name(Some(next))),
        }
        self.at = self.at.max(first + 1);
    }

    /// A declaration ends behind its braces, or before documentation or a line that begins with a word.
    fn skip_item(&mut self) {
        let first = self.at;
        while let Some(next) = self.peek() {
            let begins_line = self.text.get(..next.start).is_some_and(|before| before.ends_with('\n'));
            let is_next = next.kind == TokenKind::Doc || begins_line && self.is_name(Some(next));
            if is_next && self.at > first {
                return;
            }
            let is_body = self.at_sign(b'{');
            self.skip_part();
            if is_body {
                return;
            }
        }
    }

    /// Anything else ends with its line, unless the next line begins with what cannot begin an entry.
    fn skip_line(&mut self, begins: impl Fn(&Self, Token) -> bool) {
        let first = self.at;
        while let Some(next) = self.peek().filter(|next| next.kind != TokenKind::Close) {
            let is_next = self.gap().contains('\n') && (next.kind == TokenKind::Doc || begins(self, next));
            if is_next && self.at > first {
                return;
            }
            self.skip_part();
        }
    }

    /// An operation goes on until the next verb.
    fn skip_operation(&mut self) {
        let first = self.at;
        self.skip_verb();
        while let Some(next) = self.peek().filter(|next| next.kind != TokenKind::Close) {
            let word = self.word();
            let is_verb = OPERATIONS.contains(&word) || word == "operation";
            let is_next = !self.gap().is_empty() && (next.kind == TokenKind::Doc || is_verb);
            if is_next && self.at > first {
                return;
            }
            self.skip_part();
        }
    }

    /// The words that begin an operation, and its name, which may be one of them again.
    fn skip_verb(&mut self) {
        let mark = self.mark();
        if self.eat_word("collection").is_some() && !self.is_inline() {
            return;
        }
        if !matches!(self.word(), "action" | "query") {
            return self.reset(mark);
        }
        self.at += 1;
        self.at += usize::from(self.is_inline() && self.is_name(self.peek()));
    }

    /// A token, or brackets with all that is between them.
    fn skip_part(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            self.at += 1;
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// What stands between the token before and the next one.
    fn gap(&self) -> &str {
        let before = self.at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let start = before.map_or(0, |before| before.end);
        self.peek().and_then(|next| self.text.get(start..next.start)).unwrap_or("")
    }
}
