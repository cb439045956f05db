//! A change that overwrites what somebody else has changed meanwhile.

use atlas9_ir::OperationKind;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::insert;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(_: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let operation = node.operation;
    let changes = matches!(operation.kind, OperationKind::Update | OperationKind::Replace);
    if !changes || operation.conditional {
        return None;
    }
    let finding = Finding::new(
        format!(
            "an `{}` of `{}` may overwrite what somebody else has just changed",
            operation.name, node.owner
        ),
        "does not ask for `If-Match`",
        format!("say `{} conditional`: requests then name the state that they change", operation.name),
    );
    Some(finding.unsafe_fix(Some(insert::behind(operation.span, "conditional"))))
}
