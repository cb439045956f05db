//! An error that does not say what its reader can do.

use atlas9_ir::ErrorDecl;

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Error(check)];

fn check(_: &Context<'_>, error: &ErrorDecl) -> Option<Finding> {
    error.remedy.trim().is_empty().then(|| {
        Finding::new(
            format!("the error `{}` does not say what to do about it", error.name),
            "no `remedy`",
            "add `remedy \"...\"`: what whoever reads the error can do next",
        )
    })
}
