//! A field, parameter, discriminator or annotation whose name is not in snake_case.

use heck::ToSnakeCase;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind};
use crate::words::is_snake;

const NAMED: &[Kind] = &[Kind::Field, Kind::Parameter, Kind::Discriminator, Kind::Annotation];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(_: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    if !NAMED.contains(&node.kind) || is_snake(node.name) {
        return None;
    }
    let (kind, name) = (node.kind.word(), node.name);
    Some(Finding::new(
        format!("the {kind} `{name}` is not in snake_case"),
        "not in snake_case",
        format!("call it `{}`", name.to_snake_case()),
    ))
}
