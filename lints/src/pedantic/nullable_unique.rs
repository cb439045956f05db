//! A unique field that many rows may leave empty.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::FieldNode;

pub(crate) const CHECKS: &[Check] = &[Check::Field(check)];

fn check(_: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    let field = node.field;
    (field.unique && field.ty.optional).then(|| {
        Finding::new(
            format!("`{}` is unique, but any number of rows may leave it empty", field.name),
            "unique and optional",
            "take `?` away if each has one; otherwise allow this, with the reason",
        )
    })
}
