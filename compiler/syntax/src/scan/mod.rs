//! What is looked at before the grammar: characters, brackets and comments.
//!
//! The grammar never sees an unbalanced bracket, an open text or a character that it does not know: each is reported here, and
//! repaired in a copy of the text, so that one mistake gives one error and the rest of the file is still read.

mod brackets;
mod flaw;
mod lexer;
mod lines;
mod pairs;
mod repaired;

pub(crate) use brackets::{MAX_DEPTH, too_deep};
pub(crate) use flaw::Flaw;
pub(crate) use lexer::{Token, TokenKind};
pub(crate) use repaired::Repaired;

/// A text taken apart.
pub(crate) struct Scan {
    pub tokens: Vec<Token>,
    pub flaws: Vec<Flaw>,
    pub repaired: Repaired,
}

/// Takes a text apart.
pub(crate) fn scan(text: &str) -> Scan {
    let (tokens, mut flaws) = lexer::tokens(text);
    silence_followers(text, &mut flaws);
    let (mut unbalanced, added) = brackets::balance(text, &tokens, &flaws);
    flaws.append(&mut unbalanced);
    let repairs = flaws.iter().flat_map(|flaw| &flaw.repairs).chain(&added);
    let repaired = Repaired::new(text, repairs);
    Scan { tokens, flaws, repaired }
}

/// The tokens of a piece of a text, without comments.
pub(crate) fn code_tokens(text: &str) -> Vec<Token> {
    let (mut tokens, _) = lexer::tokens(text);
    tokens.retain(|token| token.kind != TokenKind::Comment);
    tokens
}

/// One slip often leaves several odd characters on its line: the first one is told.
fn silence_followers(text: &str, flaws: &mut [Flaw]) {
    let mut end = 0;
    for flaw in flaws {
        flaw.silent = flaw.start > 0 && flaw.start < end;
        let line =
            text.get(flaw.end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| flaw.end + at);
        if !flaw.silent {
            end = line;
        }
    }
}
