//! A reference that no index serves.

use atlas9_ir::{FieldPath, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::indexes::leads;
use crate::node::{Owner, TypeUse};

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let Owner::Resource(resource) = node.owner else { return None };
    let TypeKind::Ref(other) = context.ir.resolve(node.ty).0 else { return None };
    let path = FieldPath(vec![node.name.to_owned()]);
    if !node.of_field() || leads(resource, &path) {
        return None;
    }
    let other = context.ir.resources.get(*other)?;
    Some(Finding::new(
        format!(
            "no index begins with `{}`: a delete of `{}` reads every `{}`",
            node.name, other.name, resource.name
        ),
        "a reference without an index",
        format!("add `index ({})` to `storage`", node.name),
    ))
}
