//! An error that says "send it again" on an operation that does everything again.

use atlas9_ir::{HttpMethod, OperationKind, Retry};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let operation = node.operation;
    // What has moved is not moved again, and an update that is sent again sets the same values.
    let again = match &operation.kind {
        OperationKind::Create => true,
        OperationKind::Action(action) => action.moves.is_empty(),
        _ => false,
    };
    let safe = matches!(operation.method, HttpMethod::Get | HttpMethod::Put | HttpMethod::Delete);
    if !again || safe || operation.idempotent {
        return None;
    }
    let errors = operation.raises.iter().filter_map(|error| context.ir.errors.get(*error));
    let error = errors.into_iter().find(|error| error.kind.retry() == Retry::WithBackoff)?;
    Some(Finding::new(
        format!(
            "`{}` tells clients to send `{}` again, which then happens twice",
            error.name, operation.name
        ),
        "repeated, but not idempotent",
        "say `idempotent`, so that a repeated request gets the first answer",
    ))
}
