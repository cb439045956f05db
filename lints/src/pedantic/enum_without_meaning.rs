//! A value of an enum that does not say what it means.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind};

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(_: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let silent = node.kind == Kind::EnumValue && node.docs.trim().is_empty();
    silent.then(|| {
        Finding::new(
            format!("the value `{}` does not say what it means", node.name),
            "what does it mean?",
            "say it behind the value, in quotes",
        )
    })
}
