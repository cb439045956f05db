//! A delete that keeps the row, and no way to take it back.

use atlas9_ir::OperationKind;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::offer;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let soft =
        matches!(&node.operation.kind, OperationKind::Delete(delete) if delete.soft_keep_days.is_some());
    let offered = node.resource.into_iter().flat_map(|resource| &resource.operations);
    let taken_back = || offered.clone().any(|other| matches!(other.kind, OperationKind::Undelete));
    if !soft || taken_back() {
        return None;
    }
    let name = node.owner;
    let finding = Finding::new(
        format!("a deleted `{name}` is kept, but nothing takes the delete back"),
        "a soft delete",
        format!("add `{}`", offer::offered("undelete", node.operation)),
    );
    // Whoever may delete may take it back.
    Some(finding.safe_fix(offer::below(context.sources, "undelete", node.operation)))
}
