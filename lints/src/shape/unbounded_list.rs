//! A list or map that may be as long as its sender likes.

use atlas9_ir::TypeKind;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Owner, TypeUse};

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(_: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let (what, example, length) = match &node.ty.kind {
        TypeKind::List { length, .. } => ("list", "[T](..=100)", length),
        TypeKind::Map { length, .. } => ("map", "{string: T}(..=100)", length),
        _ => return None,
    };
    // What an error carries is the service's own.
    let taken = !matches!(node.owner, Owner::Error(_));
    (taken && length.max.is_none()).then(|| {
        Finding::new(
            format!("the {what} `{}` has no upper bound", node.name),
            "as long as anybody likes",
            format!("say how many items it may have: `{example}`"),
        )
    })
}
