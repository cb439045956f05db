//! A boolean that will want a third value.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, Owner};
use crate::words::ends_with;
use crate::{OptionDefault, OptionSpec};

const STATES: OptionSpec = OptionSpec {
    lint: "boolean_trap",
    name: "states",
    default: OptionDefault::Words(&[
        "active",
        "approved",
        "archived",
        "blocked",
        "cancelled",
        "closed",
        "completed",
        "confirmed",
        "done",
        "draft",
        "finished",
        "locked",
        "open",
        "paid",
        "pending",
        "processed",
        "published",
        "ready",
        "rejected",
        "shipped",
        "sold",
        "suspended",
        "verified",
    ]),
    meaning: "last words of a name that speak of one state of several.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[STATES];

pub(crate) const CHECKS: &[Check] = &[Check::Field(check)];

fn check(context: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    let Owner::Resource(resource) = node.owner else { return None };
    let boolean = matches!(context.ir.resolve(&node.field.ty).0, TypeKind::Scalar(Scalar::Bool));
    // A singleton holds switches.
    if !boolean || resource.singleton || !ends_with(&node.field.name, context.config.words(&STATES)) {
        return None;
    }
    Some(Finding::new(
        format!("`{}` is one state of `{}`, and there will be a third", node.field.name, resource.name),
        "a state as a boolean",
        "declare an enum of states, such as `status: Status`, which can gain values, and actions that move it",
    ))
}
