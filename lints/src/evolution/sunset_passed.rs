//! A sunset has passed, and what it was set for still stands.

use crate::Date;
use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::Declaration;

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let (today, deprecation) = (context.config.today?, node.deprecated?);
    let sunset = deprecation.sunset.as_deref()?;
    let days = today.days_since(Date::parse(sunset)?);
    (days > 0).then(|| {
        let finding = Finding::new(
            format!("the sunset of `{}` passed on {sunset}, but it still stands", node.name),
            "this day has passed",
            "remove it, or choose a later day and tell its clients",
        );
        finding.at(deprecation.span)
    })
}
