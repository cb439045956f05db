//! A resource, singleton, type, enum, union, error or service whose name is not in PascalCase.

use heck::ToUpperCamelCase;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind};
use crate::words::is_pascal;

const NAMED: &[Kind] =
    &[Kind::Service, Kind::Resource, Kind::Singleton, Kind::Type, Kind::Enum, Kind::Union, Kind::Error];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(_: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    if !NAMED.contains(&node.kind) || is_pascal(node.name) {
        return None;
    }
    let (kind, name) = (node.kind.word(), node.name);
    Some(Finding::new(
        format!("the {kind} `{name}` is not in PascalCase"),
        "not in PascalCase",
        format!("call it `{}`", name.to_upper_camel_case()),
    ))
}
