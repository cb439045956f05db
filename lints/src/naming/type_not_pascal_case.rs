//! A resource, singleton, type, enum, union, error or service whose name is not in PascalCase.

use heck::ToUpperCamelCase;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind};
use crate::taken::call_it;
use crate::words::is_pascal;

const NAMED: &[Kind] =
    &[Kind::Service, Kind::Resource, Kind::Singleton, Kind::Type, Kind::Enum, Kind::Union, Kind::Error];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    if !NAMED.contains(&node.kind) || is_pascal(node.name) {
        return None;
    }
    let (kind, name) = (node.kind.word(), node.name);
    let message = format!("the {kind} `{name}` is not in PascalCase");
    Some(call_it(context, (node.kind, node.owner), name.to_upper_camel_case(), message, "not in PascalCase"))
}
