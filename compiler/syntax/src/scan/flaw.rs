//! What can be wrong with the characters of a file, and how the text is repaired so that the rest can still be read.

use atlas9_diagnostics::{Code, Diagnostic, Edit, FileId, Fix, Span, codes};

use super::lexer::TokenKind;

/// A change of the text before it is parsed. Only an insertion moves what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Repair {
    /// Spaces instead of what stands there.
    Blank { start: usize, end: usize },
    /// Other text of the same length in bytes.
    Overwrite { start: usize, text: String },
    /// One more character.
    Insert { at: usize, character: char },
}

/// Something wrong with characters or brackets: the finding and the repair.
#[derive(Clone, Debug)]
pub(crate) struct Flaw {
    pub code: Code,
    pub start: usize,
    pub end: usize,
    pub message: String,
    pub label: String,
    pub help: String,
    /// A second place and the words for it.
    pub second: Option<(usize, usize, String)>,
    pub repairs: Vec<Repair>,
    /// True where another error of the place makes the message superfluous; the repair is still needed.
    pub silent: bool,
    /// True when the repair is what the author would write.
    pub fixable: bool,
}

impl Flaw {
    pub fn new(code: Code, start: usize, end: usize, message: impl Into<String>) -> Flaw {
        Flaw {
            code,
            start,
            end,
            message: message.into(),
            label: String::new(),
            help: String::new(),
            second: None,
            repairs: Vec::new(),
            silent: false,
            fixable: false,
        }
    }

    pub fn label(self, label: impl Into<String>) -> Flaw {
        Flaw { label: label.into(), ..self }
    }

    pub fn help(self, help: impl Into<String>) -> Flaw {
        Flaw { help: help.into(), ..self }
    }

    pub fn repair(mut self, repair: Repair) -> Flaw {
        self.repairs.push(repair);
        self
    }

    pub fn second(self, start: usize, end: usize, text: impl Into<String>) -> Flaw {
        Flaw { second: Some((start, end, text.into())), ..self }
    }

    pub fn fixable(self) -> Flaw {
        Flaw { fixable: true, ..self }
    }

    /// The finding.
    pub fn diagnostic(&self, file: FileId) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.code, &self.message)
            .at(Span::new(file, self.start, self.end), &self.label)
            .help(&self.help);
        if let Some((start, end, text)) = &self.second {
            diagnostic = diagnostic.and(Span::new(file, *start, *end), text);
        }
        if self.fixable {
            let edits = self.repairs.iter().map(|repair| repair.edit(file)).collect();
            diagnostic = diagnostic.fix(Fix { safe: true, edits });
        }
        diagnostic
    }

    /// `"...` up to the end of the line.
    pub fn open_text(text: &str, start: usize, end: usize) -> Flaw {
        let flaw = Flaw::new(codes::E0104, start, end, "this text has no closing `\"`")
            .label("runs to the end of the line")
            .help("close it with `\"`; for a line break inside a text write `\\n`")
            .repair(Repair::Insert { at: end, character: '"' });
        let body = text.get(start..end).unwrap_or("");
        let backslashes = body.bytes().rev().take_while(|byte| *byte == b'\\').count();
        match backslashes % 2 {
            1 => flaw.repair(Repair::Blank { start: end - 1, end }),
            _ => flaw,
        }
    }

    /// `/...` up to the end of the line.
    pub fn open_pattern(start: usize, end: usize) -> Flaw {
        Flaw::new(codes::E0118, start, end, "this `/` opens a pattern that is not closed on its line")
            .label("the pattern runs to the end of the line")
            .help("close the pattern with `/`; a comment begins with `//`")
            .repair(Repair::Blank { start, end })
    }

    /// `/* ... */`
    pub fn block_comment(start: usize, end: usize) -> Flaw {
        Flaw::new(codes::E0120, start, end, "comments do not begin with `/*`")
            .label("not a comment")
            .help("put `//` before each line of the comment")
            .repair(Repair::Blank { start, end })
    }
}

impl Repair {
    fn edit(&self, file: FileId) -> Edit {
        match self {
            Repair::Blank { start, end } => Edit { span: Span::new(file, *start, *end), text: String::new() },
            Repair::Overwrite { start, text } => {
                Edit { span: Span::new(file, *start, start + text.len()), text: text.trim().to_owned() }
            }
            Repair::Insert { at, character } => {
                Edit { span: Span::new(file, *at, *at), text: character.to_string() }
            }
        }
    }
}

/// The flaw of a character that the language does not know, where it ends, and the token that it may still be.
/// `line` is the rest of the line from `at` on.
pub(crate) fn stray(at: usize, line: &str, starts_line: bool) -> (Flaw, usize, Option<TokenKind>) {
    let first = line.chars().next().unwrap_or(' ');
    let one = at + first.len_utf8();
    match first {
        '\'' | '\u{201c}' | '\u{201d}' | '\u{201e}' => wrong_quotes(at, line, first),
        '#' if starts_line || line.starts_with("# ") => {
            let end = at + line.len();
            blank(codes::E0120, at, end, "comments do not begin with `#`", "write `//` instead")
        }
        '&' | '|' => {
            let word = if first == '&' { "and" } else { "or" };
            let length = line.len() - line.trim_start_matches(first).len();
            let message = format!("`{}` is no operator of the language", line.get(..length).unwrap_or(""));
            let help = format!("write `{word}` between conditions");
            blank(codes::E0127, at, at + length, &message, &help)
        }
        _ if first.is_alphabetic() => foreign_letters(at, line),
        _ if first.is_control() || first.is_whitespace() || is_invisible(first) => {
            let message = format!("the invisible character U+{:04X} has no meaning here", u32::from(first));
            blank(codes::E0106, at, one, &message, "remove it, or put a space in its place")
        }
        _ => blank(codes::E0106, at, one, &format!("`{first}` has no meaning here"), "remove it"),
    }
}

fn blank(
    code: Code,
    start: usize,
    end: usize,
    message: &str,
    help: &str,
) -> (Flaw, usize, Option<TokenKind>) {
    let flaw = Flaw::new(code, start, end, message).label("not understood").help(help);
    (flaw.repair(Repair::Blank { start, end }), end, None)
}

fn foreign_letters(at: usize, line: &str) -> (Flaw, usize, Option<TokenKind>) {
    let letters = line.find(|c: char| c.is_ascii() || !c.is_alphanumeric()).unwrap_or(line.len());
    let shown = line.get(..letters).unwrap_or("");
    let flaw = Flaw::new(codes::E0121, at, at + letters, format!("`{shown}` cannot stand in a name"))
        .label("not an ASCII letter")
        .help("names are made of the letters a to z, digits and `_`")
        .repair(Repair::Overwrite { start: at, text: "_".repeat(letters) });
    (flaw, at + letters, Some(TokenKind::Word))
}

/// Quotes of another kind: both are taken for `"` where the closing one stands on the line.
fn wrong_quotes(at: usize, line: &str, first: char) -> (Flaw, usize, Option<TokenKind>) {
    let closes = |c: char| if first == '\'' { c == '\'' } else { matches!(c, '\u{201c}' | '\u{201d}' | '"') };
    let inner = line.get(first.len_utf8()..).unwrap_or("");
    let message = format!("texts do not stand in `{first}`");
    // A text is hardly longer than this; without a bound a line full of quotes is searched again and again.
    let close = inner
        .char_indices()
        .take(400)
        .find(|(_, c)| closes(*c))
        .filter(|(length, _)| !inner.get(..*length).unwrap_or("").contains(['"', '\\']));
    let Some((length, last)) = close else {
        let help = "write `\"` before and behind the text";
        return blank(codes::E0119, at, at + first.len_utf8(), &message, help);
    };
    let close = at + first.len_utf8() + length;
    let end = close + last.len_utf8();
    let pad = |c: char| " ".repeat(c.len_utf8() - 1);
    let flaw = Flaw::new(codes::E0119, at, end, message)
        .label("wrong quotes")
        .help("write `\"` before and behind the text")
        .repair(Repair::Overwrite { start: at, text: format!("{}\"", pad(first)) })
        .repair(Repair::Overwrite { start: close, text: format!("\"{}", pad(last)) })
        .fixable();
    (flaw, end, Some(TokenKind::Text))
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
