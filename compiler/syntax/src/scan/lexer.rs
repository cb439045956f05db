//! Splits a text into tokens, and finds what cannot be a token.

use super::flaw::{self, Flaw};
use super::flaws::Flaws;

/// What a token is, as far as brackets, comments and recovery need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, digits and underscores.
    Word,
    /// `"..."`
    Text,
    /// `/.../`
    Pattern,
    /// `// ...`
    Comment,
    /// `/// ...`
    Doc,
    /// `{`, `(` or `[`
    Open,
    /// `}`, `)` or `]`
    Close,
    /// Any other character of the language.
    Mark,
}

/// A token: byte offsets into the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub kind: TokenKind,
    pub start: usize,
    pub end: usize,
}

/// The tokens of a text, in order, and its flaws.
pub(crate) fn tokens(text: &str) -> (Vec<Token>, Flaws) {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lexer = Lexer {
        text,
        at: start,
        starts_line: true,
        line_end: 0,
        told: 0,
        tokens: Vec::new(),
        flaws: Flaws::default(),
    };
    while let Some(byte) = lexer.byte(0) {
        lexer.step(byte);
    }
    (lexer.tokens, lexer.flaws)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Whether only white space stands before on the line.
    starts_line: bool,
    /// The end of the line that was looked at last.
    line_end: usize,
    tokens: Vec<Token>,
    flaws: Flaws,
    /// The end of the line on which a flaw was told.
    told: usize,
}

impl Lexer<'_> {
    fn step(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'\n' => {
                self.at += 1;
                self.starts_line = true;
            }
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' => self.word(),
            b'"' => self.quoted(),
            b'/' => self.slash(),
            b'{' | b'(' | b'[' => self.push(TokenKind::Open, self.at + 1),
            b'}' | b')' | b']' => self.push(TokenKind::Close, self.at + 1),
            b':' | b',' | b'=' | b'.' | b'@' | b'?' | b'*' | b'+' | b'-' | b'<' | b'>' | b'!' | b';' => {
                self.push(TokenKind::Mark, self.at + 1);
            }
            _ => self.stray(),
        }
    }

    fn word(&mut self) {
        let rest = self.rest().bytes();
        let length = rest.take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        self.push(TokenKind::Word, self.at + length);
    }

    fn quoted(&mut self) {
        match closing(self.rest(), b'"') {
            Some(length) => self.push(TokenKind::Text, self.at + length),
            None => {
                let end = self.line_end();
                self.tell(Flaw::open_text(self.text, self.at, end));
                self.push(TokenKind::Text, end);
            }
        }
    }

    fn slash(&mut self) {
        let rest = self.rest();
        if rest.starts_with("//") {
            let doc = rest.starts_with("///") && !rest.starts_with("////");
            let end = self.line_end();
            self.push(if doc { TokenKind::Doc } else { TokenKind::Comment }, end);
        } else if rest.starts_with("/*") {
            let end = rest.find("*/").map(|length| self.at + length + 2);
            let end = end.unwrap_or_else(|| self.line_end());
            self.flaw(Flaw::block_comment(self.at, end), end);
        } else if let Some(length) = closing(rest, b'/') {
            self.push(TokenKind::Pattern, self.at + length);
        } else {
            let end = self.line_end();
            self.flaw(Flaw::open_pattern(self.at, end), end);
        }
    }

    fn stray(&mut self) {
        let line = self.text.get(self.at..self.line_end()).unwrap_or("");
        let (flaw, end, kind) = flaw::stray(self.at, line, self.starts_line);
        match kind {
            Some(kind) => {
                self.tell(flaw);
                self.push(kind, end);
            }
            None => self.flaw(flaw, end),
        }
    }

    /// Adds a flaw. One slip often leaves several odd characters on its line: the first one is told.
    fn tell(&mut self, flaw: Flaw) {
        let silent = flaw.start < self.told;
        if !silent {
            let line = self.text.get(flaw.end..).and_then(|rest| rest.find('\n'));
            self.told = line.map_or(self.text.len(), |length| flaw.end + length);
        }
        self.flaws.add(Flaw { silent, ..flaw });
    }

    fn flaw(&mut self, flaw: Flaw, end: usize) {
        self.tell(flaw);
        self.at = end;
        self.starts_line = false;
    }

    fn push(&mut self, kind: TokenKind, end: usize) {
        self.tokens.push(Token { kind, start: self.at, end });
        self.at = end;
        self.starts_line = false;
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Where the line ends, without the `\r` of a CRLF. A long line is searched once.
    fn line_end(&mut self) -> usize {
        if self.line_end <= self.at {
            let line = self.rest().split('\n').next().unwrap_or("");
            self.line_end = self.at + line.strip_suffix('\r').unwrap_or(line).len();
        }
        self.line_end
    }
}

/// The length of what begins with a quote or slash and ends with the next one on the line that no backslash escapes.
fn closing(rest: &str, quote: u8) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            b'\n' => return None,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            byte if byte == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}
