//! The entries of a block, broken ones among them.

use atlas9_diagnostics::{Diagnostic, Edit, Fix, Span, codes, nearest};

use super::MAX_KEPT;
use super::reader::Reader;
use super::shape::{BLOCKS, ITEMS, OPERATIONS, SERVICE, Shape};
use crate::ast::{Broken, Name, Reserved};
use crate::scan::{Token, TokenKind, code_tokens};

/// An entry, or what is known of a broken one.
pub(super) enum Slot<T> {
    Entry(T),
    Broken(Broken),
}

/// An entry of a block in which names can be reserved.
pub(super) enum Listed<T> {
    One(T),
    Reserved(Reserved),
}

/// Entries by what they are.
pub(super) struct Sorted<T> {
    pub entries: Vec<T>,
    pub reserved: Vec<Reserved>,
    pub broken: Vec<Broken>,
}

impl<T> Sorted<T> {
    pub fn new(slots: Vec<Slot<Listed<T>>>) -> Sorted<T> {
        let mut out = Sorted { entries: Vec::new(), reserved: Vec::new(), broken: Vec::new() };
        for slot in slots {
            match slot {
                Slot::Entry(Listed::One(entry)) => out.entries.push(entry),
                Slot::Entry(Listed::Reserved(reserved)) => out.reserved.push(reserved),
                Slot::Broken(broken) => out.broken.push(broken),
            }
        }
        out
    }
}

/// The entries of a block so far.
struct Entries<T> {
    shape: Shape,
    slots: Vec<Slot<T>>,
    previous: Option<Previous>,
}

/// The entry before the one at hand: its first token and the one behind its last.
struct Previous {
    first: usize,
    end: usize,
    broken: bool,
}

/// The most separators that a fix takes away at once.
const MAX_SEPARATORS: usize = 1000;

impl Reader<'_> {
    /// Reads the entries between braces.
    pub fn braces<T>(&mut self, shape: Shape, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<Slot<T>>> {
        self.eat(b'{')?;
        let slots = self.entries(shape, read);
        self.eat(b'}')?;
        Some(slots)
    }

    /// Reads entries until the block or the file ends.
    pub fn entries<T>(&mut self, shape: Shape, read: impl Fn(&mut Self) -> Option<T>) -> Vec<Slot<T>> {
        let outer = self.lost;
        let mut entries = Entries { shape, slots: Vec::new(), previous: None };
        let mut separators = Vec::new();
        while let Some(next) = self.peek() {
            if next.kind == TokenKind::Close && shape != Shape::Item {
                break;
            }
            if self.at_sign(b',') || self.at_sign(b';') {
                if separators.len() <= MAX_SEPARATORS {
                    separators.push(self.place(next.start, next.end));
                }
                entries.previous = None;
                self.at += 1;
                continue;
            }
            self.lost = false;
            self.entry(&mut entries, &read);
        }
        self.lost = outer;
        self.separators(&separators);
        entries.slots
    }

    fn entry<T>(&mut self, entries: &mut Entries<T>, read: impl Fn(&mut Self) -> Option<T>) {
        let (first, mark, told, shape) = (self.at, self.mark(), self.told(), entries.shape);
        let entry = read(self).filter(|_| self.at > first);
        let before = entries.previous.take();
        let (begins, slot) = match (entry, before) {
            (Some(_), Some(before)) if self.is_of_operation(&before, shape, first) => {
                let at = self.at;
                self.reset(mark);
                self.at = at;
                entries.slots.pop();
                (before.first, self.broken(shape, before.first, before.broken))
            }
            (Some(entry), _) if !self.lost => (first, Slot::Entry(entry)),
            (Some(_), _) => (first, self.broken(shape, first, self.told() > told)),
            (None, before) => {
                self.reset(mark);
                self.skip(shape);
                match before.filter(|before| self.continues(before, first, shape)) {
                    Some(before) => {
                        entries.slots.pop();
                        (before.first, self.broken(shape, before.first, before.broken))
                    }
                    None => (first, self.broken(shape, first, false)),
                }
            }
        };
        let broken = matches!(slot, Slot::Broken(_));
        entries.slots.push(slot);
        entries.previous = Some(Previous { first: begins, end: self.at, broken });
    }

    /// Whether what could not be read, from the token `first` on, is the rest of the entry before it, which ended too early.
    fn continues(&self, before: &Previous, first: usize, shape: Shape) -> bool {
        let Some(token) = self.tokens.get(first).copied() else { return false };
        let is_own_start =
            token.kind == TokenKind::Doc || self.is_name(Some(token)) || token.kind == TokenKind::Pattern;
        // Behind its braces a declaration has ended, whatever follows.
        let has_ended = shape == Shape::Item && self.is_sign(self.tokens.get(before.end - 1).copied(), b'}');
        let is_deeper = || {
            matches!(shape, Shape::Operation | Shape::ServiceMember)
                && self.is_name(Some(token))
                && self.is_deeper(first, before.first)
        };
        !has_ended && (!self.begins_line(first) || !is_own_start || is_deeper())
    }

    /// Whether a setting is rather the rest of the service's operation above it: it stands on its line, or deeper.
    fn is_of_operation(&self, before: &Previous, shape: Shape, first: usize) -> bool {
        let Some(token) = self.tokens.get(first).copied().filter(|_| shape == Shape::ServiceMember) else {
            return false;
        };
        if token.kind == TokenKind::Doc || SERVICE.contains(&self.slice(token)) {
            return false;
        }
        self.shape_of(Shape::ServiceMember, before.first) == Shape::ServiceOperation
            && (!self.begins_line(first) || self.is_deeper(first, before.first))
    }

    /// What a broken entry that begins with the token `first` was to be. `operaton login(` and `operationlogin(` were to be operations.
    fn shape_of(&self, shape: Shape, first: usize) -> Shape {
        if shape != Shape::ServiceMember {
            return shape;
        }
        let mut code = self.code_from(first).map(|token| self.slice(token));
        let mut next = || code.next().unwrap_or("");
        let (word, name, sign) = (next(), next(), next());
        let is_near = sign == "(" && nearest(word, ["operation"]).is_some();
        let is_joined = name == "(" && word.starts_with("operation");
        if word == "operation" || is_near || is_joined { Shape::ServiceOperation } else { shape }
    }

    /// The tokens of the entry that begins with `first` and ends here, without documentation.
    fn code_from(&self, first: usize) -> impl Iterator<Item = Token> {
        let tokens = self.tokens.get(first..self.at).unwrap_or_default().iter().copied();
        tokens.filter(|token| token.kind != TokenKind::Doc)
    }

    /// Whether a line break stands before a token.
    fn begins_line(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.tokens.get(before));
        let start = before.map_or(0, |before| before.end);
        let token = self.tokens.get(index);
        token.and_then(|token| self.text.get(start..token.start)).is_some_and(|gap| gap.contains('\n'))
    }

    /// Whether one token stands further to the right than another.
    fn is_deeper(&self, index: usize, other: usize) -> bool {
        let column = |index: usize| self.tokens.get(index).map_or(0, |token| self.lines.column(token.start));
        column(index) > column(other)
    }

    /// Reports a broken entry, which begins with the token `first` and ends here, unless that was done, and says what it was to
    /// declare.
    fn broken<T>(&mut self, shape: Shape, first: usize, reported: bool) -> Slot<T> {
        let range = self.range_since(first);
        let span = self.place(range.start, range.end);
        let shape = self.shape_of(shape, first);
        // Those that are only counted are not looked at closely.
        let is_counted = self.diagnostics.len() >= MAX_KEPT && self.is_flawed(span);
        if !reported && !is_counted && !self.is_full() {
            let slice = self.text.get(range.clone()).unwrap_or("");
            self.explain(shape, slice, &code_tokens(slice), range.start);
        }
        let word = |index: usize| {
            let token = self.code_from(first).nth(index).filter(|token| token.kind == TokenKind::Word)?;
            let place = self.place(token.start, token.end);
            Some(Name { text: self.source.get(place.range())?.to_owned(), span: place })
        };
        let (keyword, name) = known(shape, word);
        Slot::Broken(Broken { keyword, name, span })
    }

    /// One error for all the separators of a block that needs none.
    fn separators(&mut self, spans: &[Span]) {
        let Some(first) = spans.iter().find(|span| !self.is_flawed(**span)) else { return };
        let sign = self.source.get(first.range()).unwrap_or(",");
        let edits = spans.iter().map(|span| {
            let next = self.source.as_bytes().get(span.end as usize);
            let text = if next.is_none_or(u8::is_ascii_whitespace) { "" } else { " " };
            Edit { span: *span, text: text.to_owned() }
        });
        let mut diagnostic = Diagnostic::error(codes::E0110, format!("no `{sign}` stands between entries"))
            .at(*first, "not needed")
            .help("remove it: entries are kept apart by white space alone");
        if spans.len() <= MAX_SEPARATORS {
            diagnostic = diagnostic.fix(Fix { safe: true, edits: edits.collect() });
        }
        self.push(diagnostic);
    }
}

/// The keyword and the name of a broken entry; `word` gives its words by index.
fn known(shape: Shape, word: impl Fn(usize) -> Option<Name>) -> (String, Option<Name>) {
    let first = word(0);
    let text = first.as_ref().map_or("", |name| name.text.as_str());
    let name = match shape {
        _ if text == "reserved" => None,
        Shape::Item => word(if text == "closed" { 2 } else { 1 }),
        Shape::Operation if text == "collection" => word(2),
        Shape::Operation => {
            word(1).filter(|name| is_action(text) || !OPERATIONS.contains(&text) && !is_clause(&name.text))
        }
        Shape::Member if BLOCKS.contains(&text) => None,
        Shape::Index => None,
        Shape::ServiceMember | Shape::ServiceOperation => word(1),
        _ => return (String::new(), first),
    };
    (text.to_owned(), name)
}

fn is_action(word: &str) -> bool {
    matches!(word, "action" | "query")
}

fn is_clause(word: &str) -> bool {
    super::shape::CLAUSES.contains(&word) || ITEMS.contains(&word)
}

/// The error of documentation above what cannot be documented.
pub(super) fn documents_nothing(place: Span) -> Diagnostic {
    Diagnostic::error(codes::E0109, "this documentation documents nothing")
        .at(place, "nothing that can be documented follows")
        .help("put it above a declaration, a field, a value or an operation, or make it a comment with `//`")
}
