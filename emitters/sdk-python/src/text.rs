//! Text of the schema's author in docstrings. None of it can become code, or speak to a tool.

use atlas9_emitters_core::Writer;
pub(crate) use atlas9_emitters_core::calls::python::literal;
pub(crate) use atlas9_emitters_core::text::code;
use atlas9_emitters_core::text::is_bidi_control;

/// A docstring.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doc {
    lines: Vec<String>,
    /// Fields of reStructuredText, `:param x: what it is`.
    fields: Vec<String>,
}

impl Doc {
    /// A docstring that begins with a text of the schema's author.
    pub(crate) fn of(docs: &str) -> Doc {
        let mut doc = Doc::default();
        let text = safe(docs);
        doc.lines.extend(text.trim().lines().map(|line| line.trim_end().to_owned()));
        doc
    }

    /// A docstring that begins with the author's text, or where there is none with a sentence of ours.
    pub(crate) fn of_or(docs: &str, otherwise: &str) -> Doc {
        if docs.trim().is_empty() { Doc::of(otherwise) } else { Doc::of(docs) }
    }

    /// Adds a line behind the text.
    pub(crate) fn line(mut self, line: impl AsRef<str>) -> Doc {
        let line = one_line(line.as_ref());
        if !line.is_empty() {
            self.lines.push(line);
        }
        self
    }

    /// Adds a paragraph behind the text.
    pub(crate) fn paragraph(mut self, text: impl AsRef<str>) -> Doc {
        if !self.lines.is_empty() && !text.as_ref().trim().is_empty() {
            self.lines.push(String::new());
        }
        self.line(text)
    }

    /// Says what a name of the function is: `:param title: 1 to 200 characters.`
    pub(crate) fn field(mut self, tag: &str, name: &str, text: &str) -> Doc {
        let text = one_line(text);
        if !text.is_empty() {
            self.fields.push(format!(":{tag} {name}: {text}"));
        }
        self
    }

    /// True where the last line is an item of a list.
    pub(crate) fn is_listing(&self) -> bool {
        self.lines.last().is_some_and(|line| line.starts_with("- "))
    }

    /// The text on one line.
    pub(crate) fn joined(&self) -> String {
        one_line(&self.lines.join(" "))
    }

    /// True where there is nothing to say.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.fields.is_empty()
    }

    /// Writes the docstring; nothing where there is nothing to say.
    pub(crate) fn write(&self, w: &mut Writer) {
        let blank = (!self.lines.is_empty() && !self.fields.is_empty()).then(String::new);
        let lines: Vec<&str> =
            self.lines.iter().chain(blank.as_ref()).chain(&self.fields).map(String::as_str).collect();
        let text = quoted(&aligned(&lines).join("\n"));
        match text.as_str() {
            "" => {}
            text if !text.contains('\n') => {
                w.line(format!("\"\"\"{text}\"\"\""));
            }
            text => {
                w.line(format!("\"\"\"{text}")).line("\"\"\"");
            }
        }
    }
}

/// The lines without what all but the first one are indented by.
fn aligned<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let later = lines.iter().skip(1).filter(|line| !line.is_empty());
    let depth = later.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let cut = |(at, line): (usize, &&'a str)| if at == 0 { *line } else { line.get(depth..).unwrap_or("") };
    lines.iter().enumerate().map(cut).collect()
}

/// The text as it can stand between three double quotes.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let text = match text.strip_prefix('"') {
        Some(rest) => format!("\\\"{rest}"),
        None => text,
    };
    match text.strip_suffix('"') {
        Some(rest) if !rest.ends_with('\\') => format!("{rest}\\\""),
        _ => text,
    }
}

fn one_line(text: &str) -> String {
    safe(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without characters that nobody sees, and without tabs.
pub(crate) fn safe(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => Some('\n'),
        '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => Some(' '),
        c if c.is_control() || is_bidi_control(c) || c == '\u{feff}' => None,
        c => Some(c),
    };
    text.chars().filter_map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut w = Writer::new("    ");
        Doc::of(text).write(&mut w);
        assert_eq!(w.finish(), expected, "{text:?}");
    }

    #[test]
    fn nothing_in_a_docstring_ends_it() {
        check("Plain.", "\"\"\"Plain.\"\"\"\n");
        check("\"\"\" + exit() + \"\"\"", "\"\"\"\\\"\\\"\\\" + exit() + \\\"\\\"\\\"\"\"\"\n");
        check("back\\", "\"\"\"back\\\\\"\"\"\n");
        check("say \"x\"", "\"\"\"say \"x\\\"\"\"\"\n");
        check("a\n\n    b\n  c", "\"\"\"a\n\n  b\nc\n\"\"\"\n");
        check("a\u{202e}\u{0}b", "\"\"\"ab\"\"\"\n");
    }
}
