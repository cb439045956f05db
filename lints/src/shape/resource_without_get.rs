//! A resource that is offered, but cannot be read one by one.

use atlas9_ir::{OperationKind, Resource};

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(_: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let missing = !resource.operations.iter().any(|operation| matches!(operation.kind, OperationKind::Get));
    (missing && !resource.operations.is_empty()).then(|| {
        Finding::new(
            format!(
                "`{}` has operations, but no `get`: clients cannot read a single one again",
                resource.name
            ),
            "no `get`",
            "add `get` to `operations`",
        )
    })
}
