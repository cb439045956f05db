//! Names taken apart.

use std::borrow::Cow;
use std::collections::BTreeMap;

use atlas9_ir::{Ir, Resource};

use crate::option::Words;

/// Resources by their name in snake_case.
pub(crate) type Snakes<'a> = BTreeMap<&'a str, &'a Resource>;

/// The resources of a package by their name in snake_case.
pub(crate) fn snakes(ir: &Ir) -> Snakes<'_> {
    ir.resources.values().map(|resource| (resource.snake.as_str(), resource)).collect()
}

/// True when one of `terms` stands in a name: whole words, in any place. A term is `price` or `api_key`.
pub(crate) fn mentions<'a>(name: &str, terms: impl Into<Words<'a>>) -> bool {
    mentioned(name, terms).is_some()
}

/// The first of `terms` that stands in a name.
pub(crate) fn mentioned<'a>(name: &str, terms: impl Into<Words<'a>>) -> Option<&'a str> {
    let (name, terms) = (snake(name), terms.into());
    let mut starts = std::iter::once(0).chain(name.match_indices('_').map(|(at, _)| at + 1));
    starts.find_map(|start| {
        let rest = name.get(start..)?;
        terms.iter().find(|term| begins(rest, term))
    })
}

/// True when the text begins with whole words.
fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

/// True when a name ends with one of `terms`.
pub(crate) fn ends_with<'a>(name: &str, terms: impl Into<Words<'a>>) -> bool {
    let (name, terms) = (snake(name), terms.into());
    let mut before = terms.iter().filter_map(|term| name.strip_suffix(term));
    before.any(|rest| rest.is_empty() || rest.ends_with('_'))
}

/// The name in snake_case, whatever its casing is. Nearly all names are in it already.
fn snake(name: &str) -> Cow<'_, str> {
    use heck::ToSnakeCase;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if name.bytes().all(plain) { Cow::Borrowed(name) } else { Cow::Owned(name.to_snake_case()) }
}

/// True for `snake_case`, as far as letters' case goes.
pub(crate) fn is_snake(name: &str) -> bool {
    !name.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// True for `PascalCase`; digits count as letters of the word before them.
pub(crate) fn is_pascal(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && !name.contains('_')
}
