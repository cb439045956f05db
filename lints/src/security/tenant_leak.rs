//! A write to rows that all tenants share, open to the callers of each.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::security::unscoped_write::writes;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let (resource, operation) = (node.resource?, node.operation);
    if !writes(operation) || !operation.requires.is_empty() || resource.tenant().is_some() {
        return None;
    }
    let tenant = context.facts.tenant()?;
    let finding = Finding::new(
        format!("a caller of one tenant can `{}` the `{}` of all of them", operation.name, resource.name),
        "reaches every tenant",
        format!(
            "say `requires SCOPE` with a scope that tenants' callers do not have, or give `{}` a field that is `@tenant`",
            resource.name
        ),
    );
    Some(finding.and(tenant, "rows belong to tenants here"))
}
