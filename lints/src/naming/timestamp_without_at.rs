//! A timestamp whose name does not end in `_at`, or a date that does not end as the package wants it.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Kind, TypeUse};
use crate::spelling::last;
use crate::taken::call_it;
use crate::words::ends_with;
use crate::{OptionDefault, OptionSpec};

const ENDINGS: OptionSpec = OptionSpec {
    lint: "timestamp_without_at",
    name: "endings",
    default: OptionDefault::Words(&["at", "since", "until", "before", "after"]),
    meaning: "last words of a timestamp; behind a preposition an `_at` would read badly.",
};

const DATES: OptionSpec = OptionSpec {
    lint: "timestamp_without_at",
    name: "dates",
    default: OptionDefault::Words(&[]),
    meaning: "last words of a date, such as `[on, date]`; without any a date is called as you like.",
};

/// Last words that say no more than the type does.
const TIME: &[&str] = &["_timestamp", "_datetime", "_time", "_date", "_on"];

/// Participles and verbs that an `_at` goes with, and that do not end in `ed`.
const BEFORE_AT: &[&str] = &[
    "begins", "begun", "bought", "built", "done", "ends", "expires", "found", "given", "held", "hidden",
    "left", "lost", "made", "met", "paid", "read", "seen", "sent", "shown", "sold", "starts", "taken", "won",
    "written",
];

pub(crate) const OPTIONS: &[OptionSpec] = &[ENDINGS, DATES];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    match context.ir.resolve(node.ty).0 {
        TypeKind::Scalar(Scalar::Timestamp) if node.of_field() => timestamp(context, node),
        TypeKind::Scalar(Scalar::Date) if node.of_field() => date(context, node),
        _ => None,
    }
}

fn timestamp(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    if ends_with(node.name, context.config.words(&ENDINGS)) {
        return None;
    }
    let message = format!("the timestamp `{}` does not end in `_at`", node.name);
    let stem = TIME.iter().find_map(|time| node.name.strip_suffix(time)).unwrap_or(node.name);
    let word = last(stem)?.text;
    if (word.len() > 3 && word.ends_with("ed")) || BEFORE_AT.contains(&word) {
        return Some(call_it(
            context,
            (Kind::Field, node.owner),
            format!("{stem}_at"),
            message,
            "a timestamp",
        ));
    }
    Some(Finding::new(
        message,
        "a timestamp",
        "end its name in `_at`, as `created_at` does, or make it a `date` if it is a day",
    ))
}

fn date(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let endings = context.config.words(&DATES);
    let first = endings.iter().next()?;
    if ends_with(node.name, endings) {
        return None;
    }
    Some(Finding::new(
        format!("the date `{}` does not end in `_{first}`", node.name),
        "a date",
        format!("end its name in `_{first}`, as this package has it"),
    ))
}
