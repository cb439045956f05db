//! A number that may be as large as its sender likes.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Owner, TypeUse};

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    // The digits of a decimal bound it.
    let TypeKind::Scalar(
        scalar @ (Scalar::Int { range }
        | Scalar::Int32 { range }
        | Scalar::Int64 { range }
        | Scalar::Float64 { range }),
    ) = &node.ty.kind
    else {
        return None;
    };
    // What errors and answers carry is the service's own, and so is what only it writes.
    let taken = || match node.owner {
        Owner::Error(_) => false,
        Owner::Type(decl) => !context.facts.uses().only_answered(decl),
        Owner::Resource(_) => node.field.is_none_or(|field| field.creatable() || field.updatable()),
        _ => true,
    };
    (range.is_open() && taken()).then(|| {
        Finding::new(
            format!("the number `{}` has no bounds", node.name),
            "as large as anybody likes",
            format!("say what it may be: `{}(0..=1000)`", scalar.word()),
        )
    })
}
