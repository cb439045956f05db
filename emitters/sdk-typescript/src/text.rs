//! Text of the schema's author in TypeScript: comments, literals, property names. None of it can become code.

use atlas9_emitters_core::Writer;
pub(crate) use atlas9_emitters_core::calls::typescript::{
    literal, object_property, property_name as property,
};
pub(crate) use atlas9_emitters_core::text::code;
use atlas9_emitters_core::text::is_bidi_control;

use crate::layout::WIDTH;

/// A documentation comment: text, then tags.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doc {
    lines: Vec<String>,
    tags: Vec<String>,
}

impl Doc {
    /// A comment that begins with a text of the schema's author.
    pub(crate) fn of(docs: &str) -> Doc {
        let mut doc = Doc::default();
        doc.lines
            .extend(safe(docs).trim_end().split('\n').filter(|_| !docs.trim().is_empty()).map(str::to_owned));
        doc
    }

    /// A comment that begins with the author's text, or where there is none with a sentence of ours.
    pub(crate) fn of_or(docs: &str, otherwise: &str) -> Doc {
        if docs.trim().is_empty() { Doc::of(otherwise) } else { Doc::of(docs) }
    }

    /// Adds a line behind the text.
    pub(crate) fn line(mut self, line: impl AsRef<str>) -> Doc {
        if !line.as_ref().is_empty() {
            self.lines.push(safe(line.as_ref()).replace('\n', " "));
        }
        self
    }

    /// A comment that is a sentence of ours; only names of the package may stand in it.
    pub(crate) fn ours(line: impl Into<String>) -> Doc {
        Doc { lines: vec![line.into()], tags: Vec::new() }
    }

    /// Adds a paragraph behind the text.
    pub(crate) fn paragraph(mut self, text: impl AsRef<str>) -> Doc {
        if !self.lines.is_empty() && !text.as_ref().is_empty() {
            self.lines.push(String::new());
        }
        self.line(text)
    }

    /// Adds a tag, `@deprecated`, with a text.
    pub(crate) fn tag(mut self, tag: &str, text: &str) -> Doc {
        let text = safe(text).replace('\n', " ");
        self.tags.push(format!("{tag} {text}").trim_end().to_owned());
        self
    }

    /// Adds a tag that names a declaration of the package: `@throws {@link NotFound} ...`.
    pub(crate) fn linked(mut self, tag: &str, name: &str, text: &str) -> Doc {
        let text = safe(text).replace('\n', " ");
        self.tags.push(format!("{tag} {{@link {name}}} {text}").trim_end().to_owned());
        self
    }

    /// Writes the comment; nothing where there is nothing to say.
    pub(crate) fn write(&self, w: &mut Writer) {
        let blank = (!self.lines.is_empty() && !self.tags.is_empty()).then(String::new);
        let lines: Vec<&String> = self.lines.iter().chain(blank.as_ref()).chain(&self.tags).collect();
        match lines.as_slice() {
            [] => {}
            [line] if line.len() + w.indentation() + "/**  */".len() <= WIDTH => {
                w.line(format!("/** {line} */"));
            }
            lines => {
                w.line("/**");
                w.lines(lines.iter().map(|line| format!(" * {line}").trim_end().to_owned()));
                w.line(" */");
            }
        }
    }
}

/// The text as it can stand in a comment: nothing in it ends the comment, is a tag, or speaks to a compiler or bundler.
///
/// `@ts-ignore` and `@__NO_SIDE_EFFECTS__` work from within documentation comments, and so does `sourceMappingURL`.
pub(crate) fn safe(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut before = '\n';
    for c in text.chars() {
        match c {
            '/' if matches!(before, '*' | '<') => result.push_str("\\/"),
            '@' if !before.is_alphanumeric() => result.push_str("\\@"),
            '_' if matches!(before, '@' | '#') => result.push_str("\\_"),
            '\n' => result.push('\n'),
            '\u{2028}' | '\u{2029}' | '\t' => result.push(' '),
            c if c.is_control() || is_bidi_control(c) => continue,
            c => result.push(c),
        }
        before = c;
    }
    result.replace("sourceMappingURL=", "sourceMappingURL =")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_comment_ends_it_or_speaks_to_a_tool() {
        let check = |text: &str, expected: &str| assert_eq!(safe(text), expected, "{text:?}");
        check("Ask a@b.example for more.", "Ask a@b.example for more.");
        check("*/ process.exit() /*", "*\\/ process.exit() /*");
        check("**//", "**\\//");
        check("</script>", "<\\/script>");
        check("@ts-ignore", "\\@ts-ignore");
        check("x\n@deprecated", "x\n\\@deprecated");
        check("@__PURE__ #__PURE__", "\\@\\__PURE__ #\\__PURE__");
        check("//# sourceMappingURL=data:x", "//# sourceMappingURL =data:x");
        check("a\u{2028}b\u{0}\r\u{202e}c", "a bc");
    }
}
