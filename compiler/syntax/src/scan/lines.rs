//! Tokens by line: indentation tells which bracket was forgotten.

use std::ops::Range;

use super::lexer::{Token, TokenKind};

/// The words that begin a declaration; `reserved` does so as well, but begins members too.
const HEADS: &[&str] = &[
    "service",
    "resource",
    "type",
    "enum",
    "mixin",
    "error",
    "singleton",
    "union",
    "annotation",
    "namespace",
    "use",
];

/// Those of them whose declaration has no braces.
const BARE: &[&str] = &["annotation", "namespace", "use"];

/// The words that open a block inside a declaration.
const BLOCKS: &[&str] = &["operations", "rules", "storage", "examples", "auth"];

/// The lines of a text that have tokens other than comments.
pub(crate) struct Lines<'a> {
    text: &'a str,
    pub tokens: Vec<Token>,
    /// The indices of each line's tokens.
    rows: Vec<Range<usize>>,
    indents: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a str, all: &[Token]) -> Lines<'a> {
        let is_code = |token: &&Token| !matches!(token.kind, TokenKind::Comment | TokenKind::Doc);
        let tokens: Vec<Token> = all.iter().filter(is_code).copied().collect();
        let mut lines = Lines { text, tokens, rows: Vec::new(), indents: Vec::new() };
        let mut line_start = 0;
        let mut end = 0;
        for (index, token) in lines.tokens.iter().enumerate() {
            let gap = text.get(end..token.start).unwrap_or("");
            if let Some(newline) = gap.rfind('\n') {
                line_start = end + newline + 1;
            }
            if index == 0 || gap.contains('\n') {
                lines.rows.push(index..index + 1);
                lines.indents.push(indent(text.get(line_start..token.start).unwrap_or("")));
            } else if let Some(row) = lines.rows.last_mut() {
                row.end = index + 1;
            }
            end = token.end;
        }
        lines
    }

    pub fn count(&self) -> usize {
        self.rows.len()
    }

    pub fn row(&self, line: usize) -> Range<usize> {
        self.rows.get(line).cloned().unwrap_or(0..0)
    }

    /// The width of the white space before the line's first token.
    pub fn indent(&self, line: usize) -> usize {
        self.indents.get(line).copied().unwrap_or(0)
    }

    pub fn of(&self, line: usize) -> &[Token] {
        self.tokens.get(self.row(line)).unwrap_or(&[])
    }

    pub fn slice(&self, token: &Token) -> &'a str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    /// Whether a declaration begins on the line. Inside of braces, too: a head is never a member.
    pub fn is_head(&self, line: usize) -> bool {
        let mut words = self.of(line).iter().peekable();
        if words.peek().is_some_and(|token| self.slice(token) == "closed") {
            words.next();
        }
        let (Some(keyword), Some(name)) = (words.next(), words.next()) else { return false };
        let keyword = self.slice(keyword);
        if !HEADS.contains(&keyword) || name.kind != TokenKind::Word || self.slice(name) == "in" {
            return false;
        }
        let follows = words.next().map_or("{", |token| self.slice(token));
        let is_type_name = self.slice(name).starts_with(|c: char| c.is_ascii_uppercase());
        self.indent(line) == 0
            || !BARE.contains(&keyword)
                && is_type_name
                && matches!(follows, "{" | ":" | "=" | "@" | "in" | "with" | "by")
    }

    /// Whether the line begins what needs braces, but has none.
    pub fn lacks_brace(&self, line: usize) -> bool {
        let tokens = self.of(line);
        let has = |text| tokens.iter().any(|token| self.slice(token) == text);
        let word = tokens.first().map_or("", |token| self.slice(token));
        let is_block = BLOCKS.contains(&word) && tokens.len() <= 2 && !has(":");
        (is_block || self.is_head(line) && !BARE.contains(&word)) && !has("{") && !has("=")
    }

    /// Whether the line is not complete without an opening parenthesis, as far as one can see.
    pub fn ends_with_word(&self, line: usize) -> bool {
        self.of(line).last().is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// The first words of a line, before its brace, to name the block that it opens.
    pub fn title(&self, line: usize) -> String {
        let words = self.of(line).iter().take_while(|token| token.kind == TokenKind::Word);
        let words = words.skip_while(|token| self.slice(token) == "closed");
        words.take(2).map(|token| self.slice(token)).collect::<Vec<_>>().join(" ")
    }
}

/// Whether a declaration may begin with this word: it is the first one of its line. [`Lines::is_head`] knows better.
pub(crate) fn may_be_head(text: &str, word: &Token) -> bool {
    let slice = text.get(word.start..word.end).unwrap_or("");
    (slice == "closed" || HEADS.contains(&slice))
        && text.get(..word.start).is_some_and(|before| before.trim_end_matches([' ', '\t']).ends_with('\n'))
}

fn indent(space: &str) -> usize {
    space.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum()
}
