//! Text of the schema's author in comments and literals. None of it can become code.

use atlas9_emitters_core::Writer;
pub(crate) use atlas9_emitters_core::calls::rust::literal;
use atlas9_emitters_core::rust::docs;
pub(crate) use atlas9_emitters_core::text::code;

/// A documentation comment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doc {
    lines: Vec<String>,
}

impl Doc {
    /// A comment that begins with a text of the schema's author, which is Markdown.
    pub(crate) fn of(docs: &str) -> Doc {
        Doc { lines: docs::blocks(docs) }
    }

    /// A comment that begins with the author's text, or where there is none with a sentence of ours.
    pub(crate) fn of_or(docs: &str, otherwise: &str) -> Doc {
        if docs.trim().is_empty() { Doc::ours(otherwise) } else { Doc::of(docs) }
    }

    /// A comment that is a text of ours, which may link; only names of the crate may stand in it.
    pub(crate) fn ours(text: &str) -> Doc {
        Doc { lines: text.lines().map(str::to_owned).collect() }
    }

    /// Adds a paragraph of Markdown; nothing where there is none.
    pub(crate) fn paragraph(self, text: &str) -> Doc {
        self.and(Doc::of(text))
    }

    /// This comment, and behind it another one.
    pub(crate) fn and(mut self, other: Doc) -> Doc {
        if !self.lines.is_empty() && !other.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(other.lines);
        self
    }

    /// Writes the comment of what follows.
    pub(crate) fn write(&self, w: &mut Writer) {
        self.write_behind("///", w);
    }

    /// Writes the comment of the file or the crate.
    pub(crate) fn write_inner(&self, w: &mut Writer) {
        self.write_behind("//!", w);
    }

    fn write_behind(&self, mark: &str, w: &mut Writer) {
        for line in &self.lines {
            w.line(format!("{mark} {}", docs::line(line)).trim_end());
        }
    }
}
