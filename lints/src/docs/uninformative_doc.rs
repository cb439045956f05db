//! Documentation that says the name once more.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind, Owner};
use crate::spelling::{contains, words};

/// Longer texts say something.
const LONGEST: usize = 80;

/// What needs no documentation, so that it had better have none than this. Of a resource `undocumented` asks for one, and sometimes
/// its name has said all there is to say.
const FREE: &[Kind] = &[Kind::Field, Kind::Parameter, Kind::EnumValue, Kind::Variant, Kind::Standard];

/// Words that say nothing of their own. Sorted.
const EMPTY: &[&str] = &[
    "a",
    "all",
    "an",
    "and",
    "any",
    "are",
    "as",
    "be",
    "current",
    "field",
    "for",
    "get",
    "gets",
    "given",
    "has",
    "holds",
    "in",
    "is",
    "it",
    "its",
    "of",
    "on",
    "one",
    "represents",
    "returns",
    "set",
    "some",
    "specifies",
    "that",
    "the",
    "their",
    "these",
    "this",
    "those",
    "to",
    "type",
    "value",
    "which",
    "with",
];

/// What is written where something is still to be written. Sorted.
const PLACEHOLDERS: &[&str] = &["FIXME", "TBA", "TBD", "TODO", "XXX"];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(_: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    if node.docs.is_empty() || node.docs.len() > LONGEST {
        return None;
    }
    let mut told = node.docs.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let placeholder = told.clone().any(|word| PLACEHOLDERS.contains(&word));
    if !placeholder && (!FREE.contains(&node.kind) || told.any(|word| !is_known(word, node))) {
        return None;
    }
    let (kind, name) = (node.kind.word(), node.name);
    Some(Finding::new(
        format!("the documentation of the {kind} `{name}` says no more than its name"),
        "what is it?",
        "say what a reader cannot guess: what it is for, its unit, when it is missing; or leave it away",
    ))
}

/// True for a word that the name, the kind or the owner says already.
fn is_known(word: &str, node: &Declaration<'_>) -> bool {
    contains(EMPTY, word)
        || same(word, node.kind.word())
        || names(node.name, word)
        || owner(node.owner).is_some_and(|owner| names(owner, word))
}

fn owner(owner: Owner<'_>) -> Option<&str> {
    match owner {
        Owner::Resource(resource) => Some(&resource.name),
        Owner::Type(decl) => Some(&decl.name),
        Owner::Error(error) => Some(&error.name),
        _ => None,
    }
}

fn names(name: &str, word: &str) -> bool {
    words(name).any(|own| same(own.text, word)) || same(name, word)
}

/// The same word, or one with an `s` behind.
fn same(word: &str, other: &str) -> bool {
    let plural = |one: &str, many: &str| {
        one.len() + 1 == many.len()
            && many.ends_with('s')
            && many.get(..one.len()).is_some_and(|stem| stem.eq_ignore_ascii_case(one))
    };
    word.eq_ignore_ascii_case(other) || plural(word, other) || plural(other, word)
}
