//! An operation that anybody can call, and nothing says that this is wanted.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let service = &context.ir.service;
    let open = !context.ir.is_library() && service.auth.is_empty() && !node.operation.public;
    open.then(|| {
        let finding = Finding::new(
            format!(
                "anybody can call `{}` of `{}`, and nothing says that this is wanted",
                node.operation.name, node.owner
            ),
            "open to all",
            "declare `auth` in the service, or say `public` here",
        );
        finding.and(service.span, "this service has no `auth`")
    })
}
