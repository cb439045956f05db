//! Something is on its way out, and nothing is said of why.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::Declaration;

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(_: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let deprecation = node.deprecated?;
    if deprecation.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty()) {
        return None;
    }
    let finding = Finding::new(
        format!("`{}` is deprecated, but nothing says why", node.name),
        "no reason",
        "add why, in quotes, as the last argument",
    );
    Some(finding.at(deprecation.span))
}
