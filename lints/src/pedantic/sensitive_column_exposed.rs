//! A sensitive field that everybody who reads the resource is shown.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, Owner};

pub(crate) const CHECKS: &[Check] = &[Check::Field(check)];

fn check(_: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    let field = node.field;
    field.sensitive.as_ref()?;
    let Owner::Resource(resource) = node.owner else { return None };
    if !field.readable() || !field.requires.is_empty() || resource.operations.is_empty() {
        return None;
    }
    Some(Finding::new(
        format!("`{}` is sensitive, and every answer about `{}` shows it", field.name, resource.name),
        "shown to all who read",
        "say `@requires(SCOPE)` for those who may see it, or `@writeonly` if nobody does",
    ))
}
