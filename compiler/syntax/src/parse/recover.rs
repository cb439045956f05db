//! The entries of a block, broken ones among them.

use std::ops::Range;

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

/// The entry before the one at hand: offsets of the repaired text.
struct Previous {
    range: Range<usize>,
    broken: bool,
}

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
                separators.push(self.place(next.start, next.end));
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
        let mut range = self.range_since(first);
        let before = entries.previous.take();
        let slot = match (entry, before) {
            (Some(_), Some(before)) if self.is_of_operation(&before, shape, first) => {
                let at = self.at;
                self.reset(mark);
                self.at = at;
                range.start = before.range.start;
                entries.slots.pop();
                self.broken(shape, range.clone(), before.broken)
            }
            (Some(entry), _) if !self.lost => Slot::Entry(entry),
            (Some(_), _) => self.broken(shape, range.clone(), self.told() > told),
            (None, before) => {
                self.reset(mark);
                self.skip(shape);
                range = self.range_since(first);
                let before = before.filter(|before| self.continues(before, &range, shape));
                if let Some(before) = &before {
                    range.start = before.range.start;
                    entries.slots.pop();
                }
                self.broken(shape, range.clone(), before.is_some_and(|before| before.broken))
            }
        };
        let broken = matches!(slot, Slot::Broken(_));
        entries.slots.push(slot);
        entries.previous = Some(Previous { range, broken });
    }

    /// Whether what could not be read is the rest of the entry before it, which ended too early.
    fn continues(&self, before: &Previous, piece: &Range<usize>, shape: Shape) -> bool {
        let between = self.text.get(before.range.end..piece.start).unwrap_or("");
        let first = self.text.get(piece.clone()).unwrap_or("").chars().next().unwrap_or(' ');
        let is_own_start = first == '/' || first.is_ascii_alphabetic() || first == '_';
        // Behind its braces a declaration has ended, whatever follows.
        let has_ended =
            shape == Shape::Item && self.text.get(..before.range.end).is_some_and(|text| text.ends_with('}'));
        let is_deeper = || {
            matches!(shape, Shape::Operation | Shape::ServiceMember)
                && self.column(piece.start) > self.column(before.range.start)
        };
        !has_ended && (!between.contains('\n') || !is_own_start || first != '/' && is_deeper())
    }

    /// Whether a setting is rather the rest of the service's operation above it: it stands on its line, or deeper.
    fn is_of_operation(&self, before: &Previous, shape: Shape, first: usize) -> bool {
        let Some(token) = self.tokens.get(first).copied().filter(|_| shape == Shape::ServiceMember) else {
            return false;
        };
        if token.kind == TokenKind::Doc || SERVICE.contains(&self.slice(token)) {
            return false;
        }
        let between = self.text.get(before.range.end..token.start).unwrap_or("");
        let is_deeper = self.column(token.start) > self.column(before.range.start);
        (!between.contains('\n') || is_deeper)
            && self.shape_of(Shape::ServiceMember, &before.range) == Shape::ServiceOperation
    }

    /// What a broken entry was to be. `operaton login(` and `operationlogin(` were to be operations.
    fn shape_of(&self, shape: Shape, range: &Range<usize>) -> Shape {
        if shape != Shape::ServiceMember {
            return shape;
        }
        let slice = self.text.get(range.clone()).unwrap_or("");
        let tokens = code_tokens(slice);
        let mut code = tokens.iter().filter(|token| token.kind != TokenKind::Doc);
        let mut next = || code.next().and_then(|token| slice.get(token.start..token.end)).unwrap_or("");
        let (word, name, sign) = (next(), next(), next());
        let is_near = sign == "(" && nearest(word, ["operation"]).is_some();
        let is_joined = name == "(" && word.starts_with("operation");
        if word == "operation" || is_near || is_joined { Shape::ServiceOperation } else { shape }
    }

    fn column(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or("");
        before.len() - before.rfind('\n').map_or(0, |at| at + 1)
    }

    /// Reports a broken entry, unless that was done, and says what it was to declare.
    fn broken<T>(&mut self, shape: Shape, range: Range<usize>, reported: bool) -> Slot<T> {
        let span = self.place(range.start, range.end);
        let slice = self.text.get(range.clone()).unwrap_or("");
        let tokens = code_tokens(slice);
        let shape = self.shape_of(shape, &range);
        // Those that are only counted are not looked at closely.
        let is_counted = self.diagnostics.len() >= MAX_KEPT && self.is_flawed(span);
        if !reported && !is_counted && !self.is_full() {
            self.explain(shape, slice, &tokens, range.start);
        }
        let word = |index: usize| {
            let mut code = tokens.iter().filter(|token| token.kind != TokenKind::Doc);
            let token: &Token = code.nth(index).filter(|token| token.kind == TokenKind::Word)?;
            let place = self.place(range.start + token.start, range.start + token.end);
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
        let diagnostic = Diagnostic::error(codes::E0110, format!("no `{sign}` stands between entries"))
            .at(*first, "not needed")
            .help("remove it: entries are kept apart by white space alone")
            .fix(Fix { safe: true, edits: edits.collect() });
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
