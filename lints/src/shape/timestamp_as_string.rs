//! Time in a text or a number.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::TypeUse;
use crate::words::ends_with;
use crate::written::retype;
use crate::{OptionDefault, OptionSpec};

const INSTANTS: OptionSpec = OptionSpec {
    lint: "timestamp_as_string",
    name: "instants",
    default: OptionDefault::Words(&["at", "timestamp", "datetime", "date_time"]),
    meaning: "last words of a name that speak of an instant.",
};

const DAYS: OptionSpec = OptionSpec {
    lint: "timestamp_as_string",
    name: "days",
    default: OptionDefault::Words(&["date", "birthday"]),
    meaning: "last words of a name that speak of a day.",
};

const MOMENTS: OptionSpec = OptionSpec {
    lint: "timestamp_as_string",
    name: "moments",
    default: OptionDefault::Words(&["created", "deleted", "expires", "modified", "observed", "updated"]),
    meaning: "whole names of texts that speak of an instant; as a number each of them may be a count.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[INSTANTS, DAYS, MOMENTS];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let held = holds(context.ir.resolve(node.ty).0)?;
    let named = |spec| ends_with(node.name, context.config.words(spec));
    let moment = || held == TEXT && context.config.words(&MOMENTS).iter().any(|word| word == node.name);
    let fitting = match (named(&INSTANTS) || moment(), named(&DAYS)) {
        (true, _) => "timestamp",
        (false, true) => "date",
        (false, false) => return None,
    };
    let finding = Finding::new(
        format!("`{}` is a time, but its type is {held}", node.name),
        "a time by its name",
        format!("use `{fitting}`, which every SDK reads as what it is, and which can be compared"),
    );
    // A value that stands in the schema would have to be written in another way.
    let plain = node.of_field() && node.field.is_some_and(|field| field.default.is_none() && !field.key);
    let edit = plain.then(|| retype(context.sources, node.span, fitting)).flatten();
    Some(finding.unsafe_fix(edit))
}

const TEXT: &str = "text";

/// What it is called, where it is a text or a number. A pattern says that it is something else, such as a year and a month.
fn holds(kind: &TypeKind) -> Option<&'static str> {
    match kind {
        TypeKind::Scalar(Scalar::String { pattern: None, .. }) => Some(TEXT),
        TypeKind::Scalar(
            Scalar::Int { .. } | Scalar::Int32 { .. } | Scalar::Int64 { .. } | Scalar::Float64 { .. },
        ) => Some("a number"),
        _ => None,
    }
}
