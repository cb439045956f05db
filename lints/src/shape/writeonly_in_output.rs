//! An answer that shows what a resource never shows.

use atlas9_ir::{Field, OperationKind, TypeDecl};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::uses::{alike, structure};

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::Action(action) = &node.operation.kind else { return None };
    let mut hidden = node.resource?.fields.iter().filter(|field| !field.readable()).peekable();
    hidden.peek()?;
    let (decl, fields) = structure(context.ir, action.returns.as_ref()?)?;
    let same = |own: &Field, field: &Field| field.name == own.name && alike(context.ir, &field.ty, &own.ty);
    let leak = hidden.find_map(|own| fields.iter().find(|field| same(own, field)))?;
    Some(finding(node, decl, leak))
}

fn finding(node: &OperationNode<'_>, decl: &TypeDecl, leak: &Field) -> Finding {
    let (operation, name) = (&node.operation.name, &leak.name);
    let finding = Finding::new(
        format!("`{operation}` answers `{name}`, which `{}` never shows", node.owner),
        format!("answers `{}`", decl.name),
        format!("leave `{name}` out of `{}`", decl.name),
    );
    finding.and(leak.span, "never shown by the resource")
}
