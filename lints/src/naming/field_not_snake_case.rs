//! A field, parameter, discriminator or annotation whose name is not in snake_case.

use heck::ToSnakeCase;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind};
use crate::taken::call_it;
use crate::words::is_snake;

const NAMED: &[Kind] = &[Kind::Field, Kind::Parameter, Kind::Discriminator, Kind::Annotation];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    if !NAMED.contains(&node.kind) || is_snake(node.name) {
        return None;
    }
    let (kind, name) = (node.kind.word(), node.name);
    let message = format!("the {kind} `{name}` is not in snake_case");
    Some(call_it(context, (node.kind, node.owner), name.to_snake_case(), message, "not in snake_case"))
}
