//! An error that says "send it again" on an operation that does everything again.

use atlas9_ir::{HttpMethod, Retry};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let operation = node.operation;
    let repeats = matches!(operation.method, HttpMethod::Post | HttpMethod::Patch);
    if !repeats || operation.idempotent || operation.kind.batch().is_some() {
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
