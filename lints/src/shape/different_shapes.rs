//! An answer that repeats a resource's fields instead of being the resource.

use atlas9_ir::{Field, OperationKind, TypeDecl};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::uses::structure;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::Action(action) = &node.operation.kind else { return None };
    let (resource, returns) = (node.resource?, action.returns.as_ref()?);
    let (decl, fields) = structure(context.ir, returns)?;
    if !fields.iter().any(|field| resource.key().is_some_and(|key| same(context, key, field))) {
        return None;
    }
    let shown = || resource.fields.iter().filter(|field| field.readable());
    let repeats = fields.iter().all(|field| shown().any(|other| same(context, other, field)));
    // Few of many fields are a summary, which is what it is for.
    (repeats && fields.len() * 2 > shown().count()).then(|| finding(node, decl))
}

fn finding(node: &OperationNode<'_>, decl: &TypeDecl) -> Finding {
    let (operation, owner) = (&node.operation.name, node.owner);
    let finding = Finding::new(
        format!("`{operation}` answers `{}`, which repeats the fields of `{owner}`", decl.name),
        "another shape of the same thing",
        format!("answer `{owner}` itself: `-> {owner}`, or `-> [{owner}]`"),
    );
    finding.and(decl.span, "its fields are those of the resource")
}

/// True for the same name and the same type, whatever its bounds are.
fn same(context: &Context<'_>, one: &Field, other: &Field) -> bool {
    one.name == other.name && crate::uses::alike(context.ir, &one.ty, &other.ty)
}
