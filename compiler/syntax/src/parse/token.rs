//! Paths, texts and documentation.

use atlas9_diagnostics::{Span, codes};

use super::reader::Reader;
use crate::ast::{Docs, Name, Path, Text};
use crate::scan::{Token, TokenKind, code_tokens};

impl Reader<'_> {
    /// Names with dots between, without spaces.
    pub fn path(&mut self) -> Option<Path> {
        let first = self.at;
        let mut segments = vec![self.name()?];
        while self.at_sign(b'.')
            && self.is_name(self.peek_second())
            && self.touches(self.at)
            && self.touches(self.at + 1)
        {
            self.at += 1;
            segments.extend(self.name());
        }
        Some(Path { segments, span: self.since(first) })
    }

    /// The documentation that comes next; empty where there is none.
    pub fn docs(&mut self) -> Docs {
        let mut docs = Docs::default();
        while let Some(line) = self.take(TokenKind::Doc) {
            let span = self.place(line.start, line.end);
            docs.span = if docs.lines.is_empty() { span } else { docs.span.to(span) };
            docs.lines.push(doc_line(self.slice(line)));
        }
        docs
    }

    /// Every word of a stretch of the author's text.
    pub fn words_in(&self, span: Span) -> Vec<Name> {
        let slice = self.source.get(span.range()).unwrap_or("");
        let words = code_tokens(slice).into_iter().filter(|token| token.kind == TokenKind::Word);
        let name = |token: Token| {
            let start = span.start as usize;
            let span = Span::new(self.id, start + token.start, start + token.end);
            Name { text: slice.get(token.start..token.end).unwrap_or("").to_owned(), span }
        };
        words.map(name).collect()
    }

    pub fn text(&mut self) -> Option<Text> {
        let token = self.take(TokenKind::Text)?;
        let span = self.place(token.start, token.end);
        Some(Text { value: self.unescape(self.slice(token), token.start), span })
    }

    /// What stands between the quotes of `quoted`, which begins at `start`. An unknown escape is reported and left as written.
    fn unescape(&mut self, quoted: &str, start: usize) -> String {
        let body = quoted.strip_prefix('"').unwrap_or(quoted);
        let body = body.strip_suffix('"').unwrap_or(body);
        let mut value = String::with_capacity(body.len());
        let mut rest = body;
        while let Some(at) = rest.find('\\') {
            let (before, escape) = rest.split_at(at);
            value.push_str(before);
            let offset = start + 1 + body.len() - escape.len();
            let (character, length) = match escaped(escape) {
                Ok(found) => found,
                Err(length) => {
                    let shown = escape.get(..length).unwrap_or(escape);
                    let place = self.place(offset, offset + length);
                    let help = "the escapes are `\\\"`, `\\\\`, `\\n`, `\\r`, `\\t` and `\\u{1F600}`; for a backslash write `\\\\`";
                    self.report(
                        codes::E0108,
                        place,
                        format!("`{shown}` is not an escape"),
                        "unknown escape",
                        help,
                    );
                    ('\\', 1)
                }
            };
            value.push(character);
            rest = escape.get(length..).unwrap_or("");
        }
        value.push_str(rest);
        value
    }
}

/// The text of a documentation line: without its slashes and the one space behind them.
fn doc_line(line: &str) -> String {
    let text = line.strip_prefix("///").unwrap_or(line);
    text.strip_prefix(' ').unwrap_or(text).trim_end().to_owned()
}

/// The character that an escape at the start of `rest` stands for and the escape's length; the length of what is wrong.
fn escaped(rest: &str) -> Result<(char, usize), usize> {
    let letter = rest.chars().nth(1).ok_or(1usize)?;
    let simple = match letter {
        '"' | '\\' => letter,
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(rest).ok_or(2),
        _ => return Err(1 + letter.len_utf8()),
    };
    Ok((simple, 2))
}

fn unicode(rest: &str) -> Option<(char, usize)> {
    let (digits, _) = rest.strip_prefix("\\u{")?.split_once('}')?;
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((character, digits.len() + 4))
}
