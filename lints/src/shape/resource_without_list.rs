//! A resource that is offered, but cannot be listed.

use atlas9_ir::{OperationKind, Resource};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::offer;

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let missing =
        !resource.operations.iter().any(|operation| matches!(operation.kind, OperationKind::List(_)));
    // There is only one singleton, so that nobody has to find it.
    (missing && !resource.singleton && !resource.operations.is_empty()).then(|| {
        let finding = Finding::new(
            format!(
                "`{}` has operations, but no `list`: clients cannot find out which there are",
                resource.name
            ),
            "no `list`",
            "add `list` to `operations`",
        );
        let like = offer::reading(resource);
        finding.unsafe_fix(like.and_then(|like| offer::below(context.sources, "list", like)))
    })
}
