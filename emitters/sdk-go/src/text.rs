//! Text of the schema's author in comments, as gofmt leaves it. None of it can become code, or speak to a tool.

use atlas9_emitters_core::Writer;
pub(crate) use atlas9_emitters_core::calls::go::literal;
pub(crate) use atlas9_emitters_core::text::code;
use atlas9_emitters_core::text::is_bidi_control;

/// The longest line of a comment, in characters.
const WIDTH: usize = 100;

/// A documentation comment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doc {
    blocks: Vec<Block>,
}

/// A part of a comment, with a blank line before the next one.
#[derive(Clone, Debug)]
enum Block {
    Paragraph(String),
    /// Lines that belong together, behind which a list may stand.
    List(Vec<String>),
    Code(Vec<String>),
    Deprecated(String),
}

impl Doc {
    /// A comment that begins with a text of the schema's author, which is Markdown.
    pub(crate) fn of(docs: &str) -> Doc {
        let mut reader = Reader::default();
        safe(docs).lines().for_each(|line| reader.line(line));
        reader.end();
        Doc { blocks: reader.blocks }
    }

    /// A comment that begins with the author's text, or where there is none with a sentence of ours.
    pub(crate) fn of_or(docs: &str, otherwise: &str) -> Doc {
        if docs.trim().is_empty() { Doc::of(otherwise) } else { Doc::of(docs) }
    }

    /// A comment that is a sentence of ours; only names of the package may stand in it.
    pub(crate) fn ours(text: impl Into<String>) -> Doc {
        Doc { blocks: vec![Block::Paragraph(text.into())] }
    }

    /// Adds a sentence to the last paragraph, or in one of its own.
    pub(crate) fn sentence(mut self, text: impl AsRef<str>) -> Doc {
        let text = one_line(text.as_ref());
        match self.blocks.last_mut() {
            _ if text.is_empty() => {}
            Some(Block::Paragraph(last)) => {
                let stop = if last.ends_with(|c: char| c.is_alphanumeric()) { "." } else { "" };
                last.push_str(&format!("{stop} {text}"));
            }
            _ => self.blocks.push(Block::Paragraph(text)),
        }
        self
    }

    /// This comment, and behind it another one.
    pub(crate) fn and(mut self, other: Doc) -> Doc {
        self.blocks.extend(other.blocks);
        self
    }

    /// Adds a paragraph.
    pub(crate) fn paragraph(mut self, text: impl AsRef<str>) -> Doc {
        let text = one_line(text.as_ref());
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(text));
        }
        self
    }

    /// Adds a list.
    pub(crate) fn list(mut self, items: impl IntoIterator<Item = String>) -> Doc {
        let items: Vec<String> = items.into_iter().map(|item| one_line(&item)).collect();
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
        self
    }

    /// Says that it is on its way out, as tools understand it.
    pub(crate) fn deprecated(mut self, text: &str) -> Doc {
        let text = one_line(text);
        let text = if text.is_empty() { "It may be gone in a later version.".to_owned() } else { text };
        self.blocks.push(Block::Deprecated(text));
        self
    }

    /// True where there is nothing to say.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Writes the comment.
    pub(crate) fn write(&self, w: &mut Writer) {
        let width = WIDTH - w.indentation();
        let mut before: Option<&Block> = None;
        for block in &self.blocks {
            // A list follows its title.
            let titled = matches!((before, block), (Some(Block::Paragraph(_)), Block::List(_)));
            if before.is_some() && !titled {
                w.line("//");
            }
            block.lines(width).iter().for_each(|line| {
                w.line(format!("//{line}").trim_end());
            });
            before = Some(block);
        }
    }
}

impl Block {
    fn lines(&self, width: usize) -> Vec<String> {
        match self {
            Block::Paragraph(text) => wrapped(&plain(text), " ", " ", width),
            Block::List(items) => {
                items.iter().flat_map(|item| wrapped(item, "   - ", "     ", width)).collect()
            }
            Block::Code(lines) => lines.iter().map(|line| format!("\t{line}")).collect(),
            Block::Deprecated(text) => wrapped(&format!("Deprecated: {text}"), " ", " ", width),
        }
    }
}

/// Markdown, line by line.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    text: Vec<String>,
    items: Vec<String>,
    code: Option<Vec<String>>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let fence = line.trim_start().starts_with("```");
        match self.code.take() {
            Some(lines) if fence => self.blocks.extend(block_of(lines)),
            Some(mut lines) => {
                lines.push(line.trim_end().to_owned());
                self.code = Some(lines);
            }
            None if fence => {
                self.end();
                self.code = Some(Vec::new());
            }
            None => self.outside_code(line),
        }
    }

    fn outside_code(&mut self, line: &str) {
        let text = line.trim();
        if text.is_empty() {
            self.end();
        } else if let Some(item) = ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark)) {
            self.blocks.extend(paragraph_of(&mut self.text));
            self.items.push(one_line(item));
        } else if let Some(item) = self.items.last_mut() {
            item.push_str(&format!(" {text}"));
        } else {
            self.text.push(text.to_owned());
        }
    }

    fn end(&mut self) {
        self.blocks.extend(self.code.take().and_then(block_of));
        self.blocks.extend(paragraph_of(&mut self.text));
        if !self.items.is_empty() {
            self.blocks.push(Block::List(std::mem::take(&mut self.items)));
        }
    }
}

fn paragraph_of(lines: &mut Vec<String>) -> Option<Block> {
    let text = one_line(&std::mem::take(lines).join(" "));
    (!text.is_empty()).then_some(Block::Paragraph(text))
}

/// Code that gofmt would take for a list is none.
fn block_of(lines: Vec<String>) -> Option<Block> {
    let text: Vec<&String> = lines.iter().filter(|line| !line.is_empty()).collect();
    let first = text.first()?;
    let indent = text.iter().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    if !first.trim_start().starts_with(|c: char| c.is_ascii_alphabetic() || "{[(\"'<$".contains(c)) {
        return Some(Block::Paragraph(one_line(&lines.join(" "))));
    }
    let cut = lines.iter().map(|line| line.get(indent..).unwrap_or("").to_owned());
    let from = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
    let to = lines.iter().rposition(|line| !line.is_empty()).unwrap_or(0);
    Some(Block::Code(cut.skip(from).take(to + 1 - from).collect()))
}

/// A paragraph that is no heading, no link's definition and no notice to tools.
fn plain(text: &str) -> String {
    let text = text.trim_start_matches(['#', '+', ' ']);
    let text = match text.strip_prefix("Deprecated:") {
        Some(rest) => format!("Deprecated -{rest}"),
        None if text.starts_with('[') => text.replace("]:", "] :"),
        None => text.to_owned(),
    };
    let stop = if text.ends_with(|c: char| c.is_alphanumeric()) { "." } else { "" };
    text + stop
}

fn one_line(text: &str) -> String {
    safe(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn wrapped(text: &str, first: &str, next: &str, width: usize) -> Vec<String> {
    // As gofmt has quotes.
    let text = text.replace("``", "\u{201c}").replace("''", "\u{201d}");
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let fits = line.chars().count() + word.chars().count() + 3 <= width;
        // A line that begins with `+build` would say when to build the file.
        if !empty && !fits && !word.starts_with('+') {
            lines.push(std::mem::replace(&mut line, next.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
    lines
}

/// The text without what cannot be seen.
pub(crate) fn safe(text: &str) -> String {
    let visible = text.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control());
    let visible = visible.filter(|c| !is_bidi_control(*c) && *c != '\u{feff}');
    visible.map(|c| if matches!(c, '\u{2028}' | '\u{2029}' | '\t') { ' ' } else { c }).collect()
}
