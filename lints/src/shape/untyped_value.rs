//! A value of which nothing is known.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::TypeUse;

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(_: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    matches!(node.ty.kind, TypeKind::Scalar(Scalar::Json)).then(|| {
        Finding::new(
            format!("nothing is known of what `{}` holds", node.name),
            "any JSON value",
            "declare a `type` with its fields, or a map such as `{string: string(..=200)}(..=50)`",
        )
    })
}
