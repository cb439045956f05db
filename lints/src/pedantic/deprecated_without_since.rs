//! Something is on its way out, and nobody knows since which version.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::Declaration;

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(_: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let deprecation = node.deprecated.filter(|deprecation| deprecation.since.is_none())?;
    let finding = Finding::new(
        format!("`{}` is deprecated, but nothing says since which version", node.name),
        "no `since`",
        "add `since: \"VERSION\"` with the version that deprecates it",
    );
    Some(finding.at(deprecation.span))
}
