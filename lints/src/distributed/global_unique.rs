//! A value that must be unique on all machines at once.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, Owner};

pub(crate) const CHECKS: &[Check] = &[Check::Field(check)];

fn check(_: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    let Owner::Resource(resource) = node.owner else { return None };
    let field = node.field;
    (field.unique && !field.key && resource.tenant().is_none()).then(|| {
        Finding::new(
            format!(
                "every write of `{}` asks all machines whether its `{}` is taken",
                resource.name, field.name
            ),
            "unique everywhere",
            "give the resource a tenant: then values are unique for each of them, and one machine is asked",
        )
    })
}
