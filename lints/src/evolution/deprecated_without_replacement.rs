//! Something is on its way out, and nothing is said of what to use instead.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::Declaration;

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(_: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let deprecation = node.deprecated.filter(|deprecation| deprecation.replacement.is_none())?;
    let finding = Finding::new(
        format!("`{}` is deprecated, but nothing says what to use instead", node.name),
        "no `use`",
        "add `use: NAME` with what replaces it",
    );
    Some(finding.at(deprecation.span))
}
