//! An answer with as many items as there are.

use atlas9_ir::{ActionTarget, OperationKind, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::Action(action) = &node.operation.kind else { return None };
    let TypeKind::List { item, length } = context.ir.resolve(action.returns.as_ref()?).0 else { return None };
    if length.max.is_some() || !matches!(context.ir.resolve(item).0, TypeKind::Ref(_)) {
        return None;
    }
    let (name, owner) = (&node.operation.name, node.owner);
    let help = match action.target {
        ActionTarget::Query => {
            "bound it, as in `-> [Book](..=100)`; what a filter of `list` expresses is paged there"
        }
        _ => "bound it, as in `-> [Book](..=100)`, or answer what the caller needs to ask for pages",
    };
    Some(Finding::new(
        format!("`{name}` of `{owner}` answers as many rows as there are"),
        "not paged, not bounded",
        help,
    ))
}
