//! A boolean with three values.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, Kind, Owner};

pub(crate) const CHECKS: &[Check] = &[Check::Field(check)];

fn check(context: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    // What a call leaves out is not asked for, and an error tells what it knows.
    if node.kind != Kind::Field || matches!(node.owner, Owner::Error(_)) {
        return None;
    }
    let (kind, optional) = context.ir.resolve(&node.field.ty);
    (optional && matches!(kind, TypeKind::Scalar(Scalar::Bool))).then(|| {
        Finding::new(
            format!("`{}` is true, false, or null, and nothing says what null means", node.field.name),
            "three values",
            "give it a default, such as `bool = false`, or declare an enum that names the third value",
        )
    })
}
