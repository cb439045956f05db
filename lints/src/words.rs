//! Names taken apart.

use std::collections::BTreeMap;

use atlas9_ir::{Ir, Resource};

/// Resources by their name in snake_case.
pub(crate) type Snakes<'a> = BTreeMap<&'a str, &'a Resource>;

/// The resources of a package by their name in snake_case.
pub(crate) fn snakes(ir: &Ir) -> Snakes<'_> {
    ir.resources.values().map(|resource| (resource.snake.as_str(), resource)).collect()
}

/// True when one of `terms` stands in a name: whole words, in any place. A term is `price` or `api_key`.
pub(crate) fn mentions(name: &str, terms: &[&str]) -> bool {
    let words = framed(name);
    terms.iter().any(|term| words.contains(&framed(term)))
}

/// True when a name ends with one of `terms`.
pub(crate) fn ends_with(name: &str, terms: &[&str]) -> bool {
    let words = framed(name);
    terms.iter().any(|term| words.ends_with(&framed(term)))
}

/// `_unit_price_`, so that a search for `_price_` finds whole words. Also for names in another casing.
fn framed(name: &str) -> String {
    use heck::ToSnakeCase;
    format!("_{}_", name.to_snake_case())
}

/// True for `snake_case`, as far as letters' case goes.
pub(crate) fn is_snake(name: &str) -> bool {
    !name.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// True for `PascalCase`; digits count as letters of the word before them.
pub(crate) fn is_pascal(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && !name.contains('_')
}
