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

pub(crate) const OPTIONS: &[OptionSpec] = &[INSTANTS, DAYS];

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let held = holds(context.ir.resolve(node.ty).0)?;
    let named = |spec| ends_with(node.name, context.config.words(spec));
    let fitting = match (named(&INSTANTS), named(&DAYS)) {
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

/// What it is called, where it is a text or a number. A pattern says that it is something else, such as a year and a month.
fn holds(kind: &TypeKind) -> Option<&'static str> {
    match kind {
        TypeKind::Scalar(Scalar::String { pattern: None, .. }) => Some("text"),
        TypeKind::Scalar(
            Scalar::Int { .. } | Scalar::Int32 { .. } | Scalar::Int64 { .. } | Scalar::Float64 { .. },
        ) => Some("a number"),
        _ => None,
    }
}
