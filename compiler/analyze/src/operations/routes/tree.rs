//! The paths of an API, segment by segment, to find what a word hides.

use std::collections::BTreeMap;

use atlas9_ir::{Scalar, Type};
use rust_decimal::Decimal;

use super::super::Api;
use super::{Part, Place};
use crate::literals;
use crate::model::Plain;
use crate::values::contains;

/// Every path once.
pub(super) struct Tree<'t, 'r> {
    nodes: Vec<Node<'t, 'r>>,
}

#[derive(Default)]
struct Node<'t, 'r> {
    words: BTreeMap<&'r str, usize>,
    value: Option<usize>,
    /// The types of the values that lead to `value`, each once.
    types: Vec<&'r Type>,
    place: Option<&'t Place<'r>>,
}

impl<'t, 'r> Tree<'t, 'r> {
    pub(super) fn new(places: &'t [Place<'r>]) -> Tree<'t, 'r> {
        let mut tree = Tree { nodes: vec![Node::default()] };
        for place in places {
            let end = place.parts.iter().fold(0, |at, part| tree.child(at, *part));
            tree.nodes[end].place = Some(place);
        }
        tree
    }

    fn child(&mut self, at: usize, part: Part<'r>) -> usize {
        let next = self.nodes.len();
        let node = &mut self.nodes[at];
        let child = match part {
            Part::Word(word) => *node.words.entry(word).or_insert(next),
            Part::Value(ty) => {
                node.types.extend(ty.filter(|ty| !node.types.contains(ty)));
                *node.value.get_or_insert(next)
            }
        };
        if child == next {
            self.nodes.push(Node::default());
        }
        child
    }

    /// A path with a value where this one has a word that could be the value, and the word. The server takes the word first.
    pub(super) fn hides(&self, api: Api<'_, '_>, place: &Place<'r>) -> Option<(&'t Place<'r>, &'r str)> {
        // Not by recursion: a path can have any number of segments. Before there is a word for a value, only words can differ.
        let mut todo = vec![(0, 0, None)];
        while let Some((at, depth, word)) = todo.pop() {
            let node: &Node<'_, '_> = &self.nodes[at];
            let Some(part) = place.parts.get(depth) else {
                let found = node.place.filter(|found| !place.leaves_alone(found));
                let found = found.filter(|found| both_match(api, place, found));
                if let (Some(found), Some(word)) = (found, word) {
                    return Some((found, word));
                }
                continue;
            };
            match part {
                Part::Word(text) => {
                    let may_be = node.types.iter().any(|ty| could_be(api, ty, text));
                    let value = node.value.filter(|_| may_be);
                    todo.extend(value.map(|child| (child, depth + 1, word.or(Some(*text)))));
                    todo.extend(node.words.get(text).map(|child| (*child, depth + 1, word)));
                }
                Part::Value(ty) => {
                    if let (Some(ty), Some(_)) = (ty, word) {
                        let words = node.words.iter().filter(|(text, _)| could_be(api, ty, text));
                        todo.extend(words.map(|(_, child)| (*child, depth + 1, word)));
                    }
                    todo.extend(node.value.map(|child| (child, depth + 1, word)));
                }
            }
        }
        None
    }
}

/// True when one request could be meant for either: wherever one has a word, the other has it too, or a value that can be it.
fn both_match(api: Api<'_, '_>, a: &Place<'_>, b: &Place<'_>) -> bool {
    a.parts.iter().zip(&b.parts).all(|parts| match parts {
        (Part::Word(a), Part::Word(b)) => a == b,
        (Part::Word(word), Part::Value(ty)) | (Part::Value(ty), Part::Word(word)) => {
            ty.is_some_and(|ty| could_be(api, ty, word))
        }
        (Part::Value(..), Part::Value(..)) => true,
    })
}

/// True when the text is a value of the type.
fn could_be(api: Api<'_, '_>, ty: &Type, text: &str) -> bool {
    match api.types.plain(ty).map(|(plain, _)| plain) {
        Some(Plain::Scalar(scalar)) => is_scalar(api, scalar, text),
        Some(Plain::Enum(_, values)) => values.iter().any(|value| value.name == text),
        Some(Plain::Ref(resource)) => {
            let key = api.types.keys.get(resource.index()).and_then(Option::as_ref);
            key.is_some_and(|key| could_be(api, key, text))
        }
        _ => false,
    }
}

fn is_scalar(api: Api<'_, '_>, scalar: &Scalar, text: &str) -> bool {
    match scalar {
        Scalar::String { length, pattern } => {
            let fits = pattern.as_ref().is_none_or(|pattern| api.cx.patterns.matches(pattern, text));
            fits && contains(length, Decimal::from(text.chars().count()))
        }
        Scalar::Bool => matches!(text, "true" | "false"),
        Scalar::Int32 { range } | Scalar::Int { range } | Scalar::Int64 { range } => {
            text.parse::<i64>().is_ok_and(|number| contains(range, Decimal::from(number)))
        }
        Scalar::Float64 { range } | Scalar::Decimal { range, .. } => {
            Decimal::from_str_exact(text).is_ok_and(|number| contains(range, number))
        }
        Scalar::Uuid => literals::is_uuid(text),
        Scalar::Date => literals::is_date(text),
        Scalar::Timestamp => literals::is_timestamp(text),
        Scalar::Duration => literals::is_duration(text),
        Scalar::Bytes { .. } | Scalar::Json => false,
    }
}
