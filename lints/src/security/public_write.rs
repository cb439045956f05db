//! A change or a removal that nobody has to say who they are for.

use atlas9_ir::{ActionTarget, OperationKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::security::unscoped_write::writes;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(_: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let operation = node.operation;
    if !operation.public || !writes(operation) || !changes(&operation.kind) {
        return None;
    }
    Some(Finding::new(
        format!("anybody can `{}` every `{}`, without saying who they are", operation.name, node.owner),
        "public, and changes what is there",
        "take `public` away, and say `requires` with a scope that allows it",
    ))
}

/// What makes something new, as a sign-up does, and what belongs to no resource, as a login, is public in many a service.
fn changes(kind: &OperationKind) -> bool {
    match kind {
        OperationKind::Action(action) => action.target == ActionTarget::Item,
        OperationKind::Create => false,
        _ => true,
    }
}
