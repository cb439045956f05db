//! The words and signs of an expression with their places: what the expression's own reader does not tell.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A name, a keyword or a number.
    Word,
    /// A text in quotes.
    Text,
    /// Anything else, one character.
    Sign,
}

/// A part of an expression.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'t> {
    pub kind: TokenKind,
    pub text: &'t str,
    pub start: usize,
}

impl Token<'_> {
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    pub fn is(&self, sign: &str) -> bool {
        self.kind != TokenKind::Text && self.text == sign
    }
}

/// The tokens of an expression.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let trimmed = rest.trim_start();
        let first = trimmed.chars().next()?;
        let start = at + rest.len() - trimmed.len();
        let (kind, length) = match first {
            '\'' | '"' => (TokenKind::Text, quoted(trimmed, first)),
            _ if is_word(first) => (TokenKind::Word, trimmed.find(|c| !is_word(c)).unwrap_or(trimmed.len())),
            _ => (TokenKind::Sign, first.len_utf8()),
        };
        at = start + length;
        Some(Token { kind, text: trimmed.get(..length)?, start })
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// How long a text in quotes is, quotes included; all that is left where it has no end.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let ends = !escaped && *c == quote;
        escaped = !escaped && *c == '\\';
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

#[cfg(test)]
mod tests {
    use super::{TokenKind, tokens};

    #[test]
    fn places_are_those_of_the_text() {
        let text = r#"é_1 is matching("\"é)") |up .5 'open"#;
        let found: Vec<_> = tokens(text).map(|token| (token.kind, &text[token.range()])).collect();
        let (word, sign, quoted) = (TokenKind::Word, TokenKind::Sign, TokenKind::Text);
        let expected = [
            (word, "é_1"),
            (word, "is"),
            (word, "matching"),
            (sign, "("),
            (quoted, r#""\"é)""#),
            (sign, ")"),
            (sign, "|"),
            (word, "up"),
            (sign, "."),
            (word, "5"),
            (quoted, "'open"),
        ];
        assert_eq!(found, expected);
    }
}
