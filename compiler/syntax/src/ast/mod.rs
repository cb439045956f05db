//! The syntax tree: what stands in one file, as written, with a span on every node.

mod declaration;
mod expression;
mod operation;

pub use declaration::*;
pub use expression::*;
pub use operation::*;

use atlas9_diagnostics::{FileId, Span};

/// One file.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// Which file.
    pub id: FileId,
    /// `namespace bookstore`, with the documentation above it.
    pub namespace: Option<Namespace>,
    /// The imports, in order.
    pub uses: Vec<Use>,
    /// The declarations, in order.
    pub items: Vec<Item>,
    /// Every `//` comment of the file, in order; the formatter puts them back.
    pub comments: Vec<Comment>,
}

/// `namespace a.b`.
#[derive(Clone, Debug)]
pub struct Namespace {
    /// The documentation above it.
    pub docs: Docs,
    /// The name.
    pub path: Path,
    /// The whole line.
    pub span: Span,
}

/// `use std.money.Money`, `use std.errors.*` or `use std.text.{Email, Url}`.
#[derive(Clone, Debug)]
pub struct Use {
    /// The path without the star or the list.
    pub path: Path,
    /// What is taken from there.
    pub tail: UseTail,
    /// The whole line.
    pub span: Span,
}

/// The end of an import.
#[derive(Clone, Debug)]
pub enum UseTail {
    /// The path names one declaration.
    One,
    /// `.*`
    All(Span),
    /// `.{A, B}`
    Names(Vec<Name>),
}

/// A `//` comment, without the line break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The text with its slashes.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// True when nothing but white space stands before it on its line.
    pub own_line: bool,
}

/// One word with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The word.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Words with dots between: `std.money.Money`, `price.amount`. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The words.
    pub segments: Vec<Name>,
    /// From the first to the last.
    pub span: Span,
}

impl Path {
    /// The words with dots between them.
    pub fn text(&self) -> String {
        self.segments.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".")
    }

    /// The word, where there is just one.
    pub fn single(&self) -> Option<&Name> {
        match self.segments.as_slice() {
            [name] => Some(name),
            _ => None,
        }
    }
}

/// The `///` lines above a declaration. Empty where there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The lines without slashes and without the one space after them.
    pub lines: Vec<String>,
    /// From the first line to the last.
    pub span: Span,
}
