//! From a YAML tree to values, with a place for every complaint.

use atlas9_diagnostics::{Code, Diagnostic, FileId, Span, codes, nearest};
use atlas9_emitters_core::yaml::{Key, Node, NodeKind};

/// Collects complaints while a document is decoded.
pub(super) struct Decoder<'t> {
    pub file: FileId,
    /// The whole document.
    pub text: &'t str,
    pub diagnostics: Vec<Diagnostic>,
}

impl Decoder<'_> {
    pub fn span(&self, range: &std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    /// The entries of a mapping, each key once; an empty value counts as an empty mapping.
    pub fn mapping<'a>(&mut self, node: &'a Node, what: &str) -> Vec<(&'a Key, &'a Node)> {
        match &node.kind {
            NodeKind::Mapping(entries) => entries
                .iter()
                .enumerate()
                .filter(|(index, (key, _))| self.first(entries.get(..*index).unwrap_or_default(), key))
                .map(|(_, (key, value))| (key, value))
                .collect(),
            NodeKind::Null => Vec::new(),
            _ => {
                self.wrong(
                    node,
                    &format!("{what} takes keys with values"),
                    "write `key: value`, one on a line, indented",
                );
                Vec::new()
            }
        }
    }

    /// False for a key that came before, which is then reported.
    fn first(&mut self, before: &[(Key, Node)], key: &Key) -> bool {
        let Some((first, _)) = before.iter().find(|(other, _)| other.text == key.text) else { return true };
        let [again, first] = [&key.span, &first.span].map(|span| self.span(span));
        self.diagnostics.push(
            Diagnostic::error(codes::E0037, format!("the key `{}` stands twice", key.text))
                .at(again, "again here")
                .and(first, "first here")
                .help("remove one of them, or write what both say below one"),
        );
        false
    }

    /// One word or number, as written.
    pub fn text(&mut self, node: &Node, what: &str) -> Option<String> {
        match &node.kind {
            NodeKind::Scalar(text) if !text.is_empty() => Some(text.clone()),
            _ => {
                self.wrong(node, &format!("{what} takes one value"), "write the value behind the colon");
                None
            }
        }
    }

    /// The items of a sequence, of which there must be one; a value alone stands for a sequence of it.
    pub fn some_items<'a>(&mut self, node: &'a Node, what: &str) -> &'a [Node] {
        match &node.kind {
            NodeKind::Sequence(items) => {
                if items.is_empty() {
                    self.wrong(node, &format!("{what} is empty"), "name something, or leave the key out");
                }
                items
            }
            _ => std::slice::from_ref(node),
        }
    }

    /// One of some words.
    pub fn word(&mut self, node: &Node, what: &str, words: &[&str]) -> Option<String> {
        let text = self.text(node, what)?;
        if words.contains(&text.as_str()) {
            return Some(text);
        }
        let help = match nearest(&text, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of: {}", words.join(", ")),
        };
        self.wrong(node, &format!("{what} cannot be `{text}`"), &help);
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, node: &Node, what: &str) -> Option<bool> {
        self.word(node, what, &["true", "false"]).map(|word| word == "true")
    }

    /// Complains of a value.
    pub fn wrong(&mut self, node: &Node, message: &str, help: &str) {
        self.complain(codes::E0004, node, message, help);
    }

    /// Complains of a value under a code of its own.
    pub fn complain(&mut self, code: Code, node: &Node, message: impl Into<String>, help: &str) {
        let span = self.span(&node.span);
        self.diagnostics.push(Diagnostic::error(code, message).at(span, "this value").help(help));
    }

    /// Complains of a key that is not among the known ones.
    pub fn unknown_key<'a>(
        &mut self,
        code: Code,
        key: &Key,
        message: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) {
        let help = match nearest(&key.text, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are: {}", known.into_iter().collect::<Vec<_>>().join(", ")),
        };
        let span = self.span(&key.span);
        self.diagnostics.push(Diagnostic::error(code, message).at(span, "not known").help(help));
    }
}
