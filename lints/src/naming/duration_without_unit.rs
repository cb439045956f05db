//! A number that is a span of time, and nothing says in which unit.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::TypeUse;
use crate::spelling::last;
use crate::{OptionDefault, OptionSpec};

const TERMS: OptionSpec = OptionSpec {
    lint: "duration_without_unit",
    name: "terms",
    default: OptionDefault::Words(&[
        "backoff", "cooldown", "delay", "duration", "elapsed", "latency", "lifetime", "timeout", "ttl",
    ]),
    meaning: "last words that say a span of time.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[TERMS];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let number = matches!(
        context.ir.resolve(node.ty).0,
        TypeKind::Scalar(
            Scalar::Int32 { .. }
                | Scalar::Int { .. }
                | Scalar::Int64 { .. }
                | Scalar::Float64 { .. }
                | Scalar::Decimal { .. }
        )
    );
    if !number || !node.of_field() || !last(node.name)?.is_one_of(context.config.words(&TERMS)) {
        return None;
    }
    Some(Finding::new(
        format!("nothing says in which unit `{}` is", node.name),
        "seconds, milliseconds?",
        format!("make it a `duration`, or say the unit: `{}_seconds`", node.name),
    ))
}
