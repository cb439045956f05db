//! A text that may be as long as its sender likes.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Owner, TypeUse};
use crate::pattern::bounds_length;

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let TypeKind::Scalar(Scalar::String { length, pattern }) = &node.ty.kind else { return None };
    let bounded = length.max.is_some() || pattern.as_deref().is_some_and(bounds_length);
    // What errors and answers carry is the service's own.
    let taken = || match node.owner {
        Owner::Error(_) => false,
        Owner::Type(decl) => !context.facts.uses().only_answered(decl),
        _ => true,
    };
    (!bounded && taken()).then(|| {
        Finding::new(
            format!("the text `{}` has no upper bound", node.name),
            "as long as anybody likes",
            "say how long it may be, in characters: `string(..=200)`",
        )
    })
}
