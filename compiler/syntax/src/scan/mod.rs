//! What is looked at before entries are read: characters, brackets and comments.
//!
//! The readers never see an unbalanced bracket, an open text or a character that it does not know: each is reported here, and
//! repaired in a copy of the text, so that one mistake gives one error and the rest of the file is still read.

mod brackets;
mod flaw;
mod flaws;
mod lexer;
mod lines;
mod pairs;
mod repaired;
mod starts;

pub(crate) use brackets::{MAX_DEPTH, too_deep};
pub(crate) use flaw::Flaw;
pub(crate) use flaws::Flaws;
pub(crate) use lexer::{Token, TokenKind};
pub(crate) use repaired::Repaired;
pub(crate) use starts::LineStarts;

/// A text taken apart.
pub(crate) struct Scan {
    pub tokens: Vec<Token>,
    pub flaws: Flaws,
    pub repaired: Repaired,
}

impl Scan {
    /// The tokens of the repaired text, without comments.
    pub fn code(&self, source: &str) -> Vec<Token> {
        if self.repaired.is_untouched() {
            let is_code = |token: &&Token| token.kind != TokenKind::Comment;
            return self.tokens.iter().filter(is_code).copied().collect();
        }
        code_tokens(self.repaired.text(source))
    }
}

/// Takes a text apart.
pub(crate) fn scan(text: &str) -> Scan {
    let (tokens, mut flaws) = lexer::tokens(text);
    let (unbalanced, added) = brackets::balance(text, &tokens, &flaws);
    flaws.append(unbalanced);
    let repaired = Repaired::new(text, flaws.repairs.iter().chain(&added));
    Scan { tokens, flaws, repaired }
}

/// The tokens of a piece of a text, without comments.
pub(crate) fn code_tokens(text: &str) -> Vec<Token> {
    let (mut tokens, _) = lexer::tokens(text);
    tokens.retain(|token| token.kind != TokenKind::Comment);
    tokens
}
