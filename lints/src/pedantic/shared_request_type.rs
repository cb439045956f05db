//! One structure that is the request of several operations.

use atlas9_ir::OperationKind;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::repeats::request;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::Action(action) = &node.operation.kind else { return None };
    let decl = request(context.ir, action).filter(|decl| !context.ir.is_foreign(decl.span))?;
    let first = context.facts.requests().get(&decl.span).filter(|first| **first != node.operation.span)?;
    let finding = Finding::new(
        format!("all that `{}` takes is `{}`, as another operation does", node.operation.name, decl.name),
        "shares its request",
        "write the fields as parameters of each, so that one can gain what the other does not need",
    );
    Some(finding.and(*first, "takes it as well"))
}
