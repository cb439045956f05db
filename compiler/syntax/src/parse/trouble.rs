//! A broken entry and the place at which the grammar gave up.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use super::shape::Shape;
use super::{Grammar, Rule};
use crate::scan::{Token, TokenKind};

/// What is known of a broken entry.
pub(super) struct Trouble<'s> {
    pub shape: Shape,
    pub slice: &'s str,
    pub tokens: &'s [Token],
    /// What the grammar would have taken instead.
    pub expected: Vec<Rule>,
    /// The token at which it gave up; none at the end of the entry.
    pub found: Option<Token>,
    /// The token before.
    pub before: Option<Token>,
}

impl<'s> Trouble<'s> {
    /// Parses the entry by its own rule, which tells how far it gets.
    pub fn new(shape: Shape, slice: &'s str, tokens: &'s [Token]) -> Trouble<'s> {
        let (at, expected) = match Grammar::parse(shape.lone(), slice) {
            Ok(_) => (0, Vec::new()),
            Err(error) => {
                let at = match error.location {
                    InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
                };
                match error.variant {
                    ErrorVariant::ParsingError { positives, .. } => (at, positives),
                    ErrorVariant::CustomError { .. } => (at, Vec::new()),
                }
            }
        };
        let found = tokens.iter().find(|token| token.end > at).copied();
        let before = tokens.iter().filter(|token| is_code(token)).rfind(|token| token.end <= at).copied();
        Trouble { shape, slice, tokens, expected, found, before }
    }

    pub fn text(&self, token: Option<Token>) -> &'s str {
        token.and_then(|token| self.slice.get(token.start..token.end)).unwrap_or("")
    }

    /// The tokens without documentation.
    pub fn code(&self) -> impl DoubleEndedIterator<Item = Token> {
        self.tokens.iter().filter(|token| is_code(token)).copied()
    }

    /// The first token, documentation aside.
    pub fn first(&self) -> Option<Token> {
        self.code().next()
    }

    pub fn first_word(&self) -> &'s str {
        self.text(self.first())
    }

    pub fn second_word(&self) -> &'s str {
        self.text(self.code().nth(1))
    }

    /// The token behind another one.
    pub fn behind(&self, token: Option<Token>) -> Option<Token> {
        let end = token?.end;
        self.code().find(|next| next.start >= end)
    }

    pub fn expects(&self, rule: Rule) -> bool {
        self.expected.contains(&rule)
    }

    /// Offsets to point at: the token found, or the place behind the last one.
    pub fn place(&self) -> (usize, usize) {
        match (self.found, self.before) {
            (Some(found), _) => (found.start, found.end),
            (None, Some(before)) => (before.end, before.end),
            (None, None) => (0, 0),
        }
    }
}

fn is_code(token: &Token) -> bool {
    token.kind != TokenKind::Doc
}
