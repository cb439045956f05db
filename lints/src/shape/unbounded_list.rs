//! A list or map that may be as long as its sender likes.

use atlas9_ir::TypeKind;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Owner, TypeUse};

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let (what, example, length) = match &node.ty.kind {
        TypeKind::List { length, .. } => ("list", "[T](..=100)", length),
        TypeKind::Map { length, .. } => ("map", "{string: T}(..=100)", length),
        _ => return None,
    };
    // What errors and answers carry is the service's own.
    let taken = || match node.owner {
        Owner::Error(_) => false,
        Owner::Type(decl) => !context.facts.uses().only_answered(decl),
        _ => true,
    };
    (length.max.is_none() && taken()).then(|| {
        Finding::new(
            format!("the {what} `{}` has no upper bound", node.name),
            "as long as anybody likes",
            format!("say how many items it may have: `{example}`"),
        )
    })
}
