//! The key of another resource, and nothing holds it to one that exists.

use atlas9_ir::{Managed, Resource, Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Owner, TypeUse};
use crate::written::retype;

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    // An error tells of a key; it need not exist any more.
    let stored = !matches!(node.owner, Owner::Error(_)) && node.of_field();
    // The tenant is the caller's, which is not looked up.
    let own_key = node.field.is_some_and(|field| field.key || field.managed == Some(Managed::Tenant));
    if !stored || own_key || !may_hold_key(context.ir.resolve(node.ty).0) {
        return None;
    }
    let other = named(context, node.name)?;
    let finding = Finding::new(
        format!("`{}` is the key of `{}`, but nothing holds it to one that exists", node.name, other.name),
        "a bare key",
        format!("write `{}: ref {}`", node.name, other.name),
    );
    let edit = fits(context, node, other)
        .then(|| retype(context.sources, node.span, &format!("ref {}", other.name)));
    Some(finding.and(other.span, "the resource is declared here").unsafe_fix(edit.flatten()))
}

/// True where a table can hold the reference, and what is stored there is what a reference holds. A shared row refers to no
/// tenant's.
fn fits(context: &Context<'_>, node: &TypeUse<'_>, other: &Resource) -> bool {
    let Owner::Resource(owner) = node.owner else { return false };
    let kind = |ty| context.ir.resolve(ty).0;
    let key = other.key().map(|key| kind(&key.ty));
    let plain = node.field.is_some_and(|field| field.default.is_none() && field.on_delete.is_none());
    plain && key == Some(kind(node.ty)) && (other.tenant().is_none() || owner.tenant().is_some())
}

fn may_hold_key(kind: &TypeKind) -> bool {
    let TypeKind::Scalar(scalar) = kind else { return false };
    matches!(
        scalar,
        Scalar::Uuid
            | Scalar::String { .. }
            | Scalar::Int32 { .. }
            | Scalar::Int { .. }
            | Scalar::Int64 { .. }
    )
}

/// The resource that `author_id` or `country_code` speaks of. A key that clients choose names a child only below its parent.
fn named<'a>(context: &Context<'a>, name: &str) -> Option<&'a Resource> {
    let breaks = name.match_indices('_').map(|(at, _)| at);
    let mut parts = breaks.filter_map(|at| name.split_at_checked(at));
    parts.find_map(|(snake, suffix)| {
        let resource = context.facts.resources().get(snake)?;
        let key = resource.key()?;
        let alone = resource.parent.is_none() || key.managed == Some(Managed::Key);
        let named = suffix.trim_start_matches('_');
        (alone && (named == "id" || named == key.name)).then_some(*resource)
    })
}
