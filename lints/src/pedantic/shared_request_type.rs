//! One structure that is the request of several operations, or the request and the answer of one.

use atlas9_ir::OperationKind;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::repeats::request;
use crate::uses::structure;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::Action(action) = &node.operation.kind else { return None };
    let decl = request(context.ir, action).filter(|decl| !context.ir.is_foreign(decl.span))?;
    let (name, request) = (&node.operation.name, &decl.name);
    let answered = action.returns.as_ref().and_then(|ty| structure(context.ir, ty));
    if answered.is_some_and(|(answer, _)| answer.span == decl.span) {
        let finding = Finding::new(
            format!("`{name}` takes and answers `{request}`"),
            "one shape for both ways",
            "write what it takes as parameters, so that the answer can gain what nobody has to send",
        );
        return Some(finding.and(decl.span, "taken and answered"));
    }
    let first = context.facts.requests().get(&decl.span).filter(|first| **first != node.operation.span)?;
    let finding = Finding::new(
        format!("all that `{name}` takes is `{request}`, as another operation does"),
        "shares its request",
        "write the fields as parameters of each, so that one can gain what the other does not need",
    );
    Some(finding.and(*first, "takes it as well"))
}
