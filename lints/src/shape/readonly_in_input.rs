//! A structure that takes from clients what only the server writes.

use atlas9_ir::{Field, Managed, OperationKind, Param, Resource, Visibility};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::uses::{alike, structure};

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let (OperationKind::Action(action), Some(resource)) = (&node.operation.kind, node.resource) else {
        return None;
    };
    Finding::several(action.params.iter().filter_map(|param| look(context, resource, param)))
}

fn look(context: &Context<'_>, resource: &Resource, param: &Param) -> Option<Finding> {
    let (decl, fields) = structure(context.ir, &param.field.ty)?;
    let same =
        |field: &&Field, other: &Field| other.name == field.name && alike(context.ir, &other.ty, &field.ty);
    let given = |field: &&Field| resource.fields.iter().any(|other| other.creatable() && same(field, other));
    let kept = |field: &&Field| resource.fields.iter().any(|other| kept(other) && same(field, other));
    // One common name is chance.
    if !fields.iter().any(|field| kept(&field)) || fields.iter().filter(given).count() < 2 {
        return None;
    }
    let leak = fields.iter().find(kept)?;
    let (name, owner) = (&leak.name, &resource.name);
    let finding = Finding::new(
        format!("`{}` takes `{name}` of `{owner}`, which only the server writes", decl.name),
        format!("takes `{}`", decl.name),
        format!("leave `{name}` out of `{}`", decl.name),
    );
    Some(finding.at(param.field.span).and(leak.span, "only the server writes it"))
}

/// True for what no request for the resource itself may write.
fn kept(field: &Field) -> bool {
    let time = matches!(field.managed, Some(Managed::CreatedAt | Managed::UpdatedAt | Managed::DeletedAt));
    time || (!field.key && matches!(field.visibility, Visibility::ReadOnly | Visibility::Internal))
}
