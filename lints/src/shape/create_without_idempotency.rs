//! A create that makes two when it is sent twice.

use atlas9_ir::{Managed, OperationKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::insert;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(_: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let create = matches!(node.operation.kind, OperationKind::Create);
    // A key that the client chooses is taken the second time.
    let made = || {
        node.resource.and_then(|resource| resource.key()).is_some_and(|key| key.managed == Some(Managed::Key))
    };
    (create && !node.operation.idempotent && made()).then(|| {
        let finding = Finding::new(
            format!("a create of `{}` that is sent again makes another one", node.owner),
            "not idempotent",
            "say `create idempotent`, so that clients can repeat it with the same `Idempotency-Key`",
        );
        finding.safe_fix(Some(insert::behind(node.operation.span, "idempotent")))
    })
}
