//! An index that chooses half of the rows.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::IndexNode;
use crate::remove;

pub(crate) const CHECKS: &[Check] = &[Check::Index(check)];

fn check(context: &Context<'_>, node: &IndexNode<'_>) -> Option<Finding> {
    let [path] = node.index.fields.as_slice() else { return None };
    let field = context.ir.field(&node.resource.fields, path)?;
    if node.index.unique || !matches!(context.ir.resolve(&field.ty).0, TypeKind::Scalar(Scalar::Bool)) {
        return None;
    }
    let finding = Finding::new(
        format!("the index ({path}) of `{}` chooses half of the rows", node.resource.name),
        "a boolean alone",
        format!("take it away, or put a field behind it that lists sort by: `index ({path}, created_at)`"),
    );
    Some(finding.safe_fix(remove::word(context.sources, node.index.span)).and(field.span, "true or false"))
}
