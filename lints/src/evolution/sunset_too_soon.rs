//! A deprecation leaves clients less time than the service promises.

use atlas9_ir::Deprecation;

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
    let deprecation = node.deprecated?;
    let sunset = Date::parse(deprecation.sunset.as_deref()?)?;
    let given = sunset.days_since(beginning(context, deprecation)?);
    let notice = context.ir.service.deprecation_notice_days.unwrap_or_else(|| context.config.number(&DAYS));
    let passed = context.config.today.is_some_and(|today| today.days_since(sunset) > 0);
    let soon = (0..i64::from(notice)).contains(&given) && !passed;
    soon.then(|| {
        let finding = Finding::new(
            format!("clients of `{}` have {given} days, less than the {notice} days of notice", node.name),
            "too soon",
            format!("choose a `sunset` at least {notice} days after the deprecation"),
        );
        finding.at(deprecation.span)
    })
}

/// The day from which clients have notice: the one that is written, or else today. What an earlier version deprecated was judged
/// then; its sunset comes nearer day by day without being wrong.
fn beginning(context: &Context<'_>, deprecation: &Deprecation) -> Option<Date> {
    if let Some(on) = &deprecation.on {
        return Date::parse(on);
    }
    let version = match context.ir.is_library() {
        true => &context.ir.version,
        false => &context.ir.service.version,
    };
    let is_new = deprecation.since.as_ref().is_none_or(|since| since == version);
    context.config.today.filter(|_| is_new)
}
