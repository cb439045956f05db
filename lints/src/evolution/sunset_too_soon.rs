//! A new deprecation leaves clients less time than the service promises.

use crate::Date;
use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::Declaration;
use crate::option::{OptionDefault, OptionSpec};

/// Twelve weeks, where the service does not say.
const DAYS: OptionSpec = OptionSpec {
    lint: "sunset_too_soon",
    name: "days",
    default: OptionDefault::Number(0, 84, 3650),
    meaning: "How many days a sunset is away at least, where the service declares no notice.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[DAYS];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let (today, deprecation) = (context.config.today?, node.deprecated?);
    let sunset = deprecation.sunset.as_deref()?;
    let days = Date::parse(sunset)?.days_since(today);
    let notice = context.ir.service.deprecation_notice_days.unwrap_or_else(|| context.config.number(&DAYS));
    let soon = (0..i64::from(notice)).contains(&days) && is_new(context, deprecation.since.as_deref());
    soon.then(|| {
        let finding = Finding::new(
            format!(
                "clients of `{}` have {days} days left, less than the {notice} days of notice",
                node.name
            ),
            "too soon",
            format!("choose a day at least {notice} days from today"),
        );
        finding.at(deprecation.span)
    })
}

/// What an earlier version deprecated was judged then; its sunset comes nearer day by day without being wrong.
fn is_new(context: &Context<'_>, since: Option<&str>) -> bool {
    let version = match context.ir.is_library() {
        true => &context.ir.version,
        false => &context.ir.service.version,
    };
    since.is_none_or(|since| since == version)
}
