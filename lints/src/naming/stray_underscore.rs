//! A name with an underscore at its beginning, at its end, or beside another one.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind};
use crate::spelling::words;
use crate::taken::call_it;
use crate::words::is_snake;

const NAMED: &[Kind] = &[
    Kind::Field,
    Kind::Parameter,
    Kind::Discriminator,
    Kind::Annotation,
    Kind::EnumValue,
    Kind::Variant,
    Kind::Scope,
];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let name = node.name;
    let stray = name.starts_with('_') || name.ends_with('_') || name.contains("__");
    // A name in another casing gets its whole new name from the lint of that.
    if !stray || !is_snake(name) || !(NAMED.contains(&node.kind) || node.kind.is_named_operation()) {
        return None;
    }
    let plain: Vec<&str> = words(name).map(|word| word.text).collect();
    let message = format!("the {} `{name}` has an underscore that parts no words", node.kind.word());
    Some(call_it(context, (node.kind, node.owner), plain.join("_"), message, "a stray underscore"))
}
