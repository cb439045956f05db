//! A resource that is offered, but cannot be read one by one.

use atlas9_ir::{OperationKind, Resource};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::offer;

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let missing = !resource.operations.iter().any(|operation| matches!(operation.kind, OperationKind::Get));
    (missing && !resource.operations.is_empty()).then(|| {
        let what = if resource.singleton { "it" } else { "a single one again" };
        let finding = Finding::new(
            format!("`{}` has operations, but no `get`: clients cannot read {what}", resource.name),
            "no `get`",
            "add `get` to `operations`",
        );
        let like = offer::reading(resource);
        finding.unsafe_fix(like.and_then(|like| offer::below(context.sources, "get", like)))
    })
}
