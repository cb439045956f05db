//! A resource without an example.

use atlas9_ir::Resource;

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(_: &Context<'_>, resource: &Resource) -> Option<Finding> {
    if !resource.examples.is_empty() || resource.operations.is_empty() {
        return None;
    }
    Some(Finding::new(
        format!("`{}` has no example", resource.name),
        "what does one look like?",
        "add one to `examples { ... }`, with values as they really are",
    ))
}
