//! The facts that expressions can ask for: one row each, from which the documentation is made too.

mod common;
mod declared;
mod operation;
mod service;
mod typed;

use std::collections::BTreeMap;

use atlas9_ir::Ir;
use minijinja::Value;

use super::CustomKind;
use super::subject::Subject;

/// Something that is said of declarations.
#[derive(Debug)]
pub struct Fact {
    /// Its name in expressions.
    pub name: &'static str,
    /// What it is said of; of what is not among them it is `none`.
    pub of: &'static [CustomKind],
    /// What its value is.
    pub holds: Holds,
    /// What it means, one sentence, Markdown.
    pub meaning: &'static str,
    pub(super) get: fn(&Subject<'_>, &Ir) -> Value,
}

/// What the value of a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A text, perhaps an empty one.
    Text,
    /// A text, or `none`.
    MaybeText,
    /// A whole number, or `none`.
    MaybeNumber,
    /// `true` or `false`.
    Flag,
    /// A list of texts.
    Texts,
    /// Any value of the schema, or `none`.
    Any,
    /// What has members: `owner.name`.
    Members,
}

impl Holds {
    /// The words of the documentation.
    pub fn words(self) -> &'static str {
        match self {
            Holds::Text => "text",
            Holds::MaybeText => "text or `none`",
            Holds::MaybeNumber => "number or `none`",
            Holds::Flag => "`true` or `false`",
            Holds::Texts => "list of texts",
            Holds::Any => "a value or `none`",
            Holds::Members => "members",
        }
    }
}

/// The name of the fact that has the facts of what a declaration belongs to.
pub(super) const OWNER: &str = "owner";

/// The name of the fact whose members are anybody's names.
pub(super) const ANNOTATIONS: &str = "annotations";

/// Every fact, in the order of the documentation.
pub fn facts() -> impl Iterator<Item = &'static Fact> + Clone {
    [common::FACTS, typed::FACTS, declared::FACTS, operation::FACTS, service::FACTS].into_iter().flatten()
}

impl Fact {
    /// True for a fact that `owner` has too: a list of an owner would be made anew for each of its members.
    pub fn of_owner(&self) -> bool {
        self.holds != Holds::Texts && self.name != OWNER
    }

    /// True where it is said of one of those kinds.
    pub(super) fn is_said_of(&self, kinds: &[CustomKind]) -> bool {
        self.of.iter().any(|kind| kinds.contains(kind))
    }
}

/// The value of what may be missing.
fn maybe<T: Into<Value>>(value: Option<T>) -> Value {
    value.map_or_else(none, Into::into)
}

fn none() -> Value {
    Value::from(())
}

fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Value {
    texts.into_iter().map(|text| Value::from(text.into())).collect()
}

/// A value with members.
pub(super) fn members<T: Into<String>>(members: impl IntoIterator<Item = (T, Value)>) -> Value {
    Value::from(members.into_iter().map(|(name, value)| (name.into(), value)).collect::<BTreeMap<_, _>>())
}
