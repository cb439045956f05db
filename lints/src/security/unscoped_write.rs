//! A write that every caller may do, where the service has scopes.

use atlas9_ir::{HttpMethod, Operation};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let operation = node.operation;
    if !writes(operation) || operation.public || !operation.requires.is_empty() {
        return None;
    }
    let scope = context.ir.service.auth.iter().flat_map(|scheme| &scheme.scopes).next()?;
    let finding = Finding::new(
        format!("every caller may `{}` a `{}`, whatever their token allows", operation.name, node.owner),
        "needs no scope",
        format!("say `requires SCOPE` here, such as `requires {}`", scope.name),
    );
    Some(finding.and(scope.span, "the service has scopes"))
}

/// True for what changes something and is not a part of another operation.
pub(crate) fn writes(operation: &Operation) -> bool {
    operation.method != HttpMethod::Get && operation.kind.batch().is_none()
}
