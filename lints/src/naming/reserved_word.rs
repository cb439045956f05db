//! A name that means something else in generated code.

use atlas9_ir::{Target, reserved};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind, Owner};

/// Where a member cannot bear the name of a reserved word. In TypeScript it can, and in Go it begins with a capital.
const CODE: &[Target] = &[Target::Rust, Target::Python];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(_: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    if !matches!(node.kind, Kind::Field | Kind::Parameter) && !node.kind.is_named_operation() {
        return None;
    }
    let column = node.kind == Kind::Field && matches!(node.owner, Owner::Resource(_));
    let targets = CODE.iter().chain(column.then_some(&Target::Sql));
    let clashes: Vec<_> =
        targets.filter(|target| reserved(**target, node.name)).map(|target| target.name()).collect();
    let (last, others) = clashes.split_last()?;
    let languages = match others {
        [] => (*last).to_owned(),
        others => format!("{} and {last}", others.join(", ")),
    };
    Some(Finding::new(
        format!("`{}` is a reserved word of {languages}", node.name),
        "reserved",
        "choose another word, so that its name is the same everywhere",
    ))
}
