//! Something is on its way out, and nobody knows until when it works.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::Declaration;

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(_: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let deprecation = node.deprecated.filter(|deprecation| deprecation.sunset.is_none())?;
    let finding = Finding::new(
        format!("`{}` is deprecated, but nothing says until when it works", node.name),
        "no `sunset`",
        "add `sunset: YYYY-MM-DD`, the last day on which clients can count on it",
    );
    Some(finding.at(deprecation.span))
}
