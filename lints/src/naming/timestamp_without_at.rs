//! A timestamp whose name does not end in `_at`.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::TypeUse;
use crate::words::ends_with;

/// Last words that say a point in time; behind a preposition an `_at` would read badly.
const ENDINGS: &[&str] = &["at", "since", "until", "before", "after"];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let time = matches!(context.ir.resolve(node.ty).0, TypeKind::Scalar(Scalar::Timestamp));
    (time && node.of_field() && !ends_with(node.name, ENDINGS)).then(|| {
        Finding::new(
            format!("the timestamp `{}` does not end in `_at`", node.name),
            "a timestamp",
            "end its name in `_at`, as `created_at` does, or make it a `date` if it is a day",
        )
    })
}
