//! An error that tells clients what goes on inside.

use atlas9_ir::ErrorDecl;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::option::{OptionDefault, OptionSpec};
use crate::words::mentioned;

/// What an attacker likes to read.
const TERMS: OptionSpec = OptionSpec {
    lint: "leaky_error",
    name: "terms",
    default: OptionDefault::Words(&[
        "backtrace",
        "core_dump",
        "exception",
        "file_path",
        "hostname",
        "internal_message",
        "query_text",
        "raw_error",
        "sql",
        "sqlstate",
        "stack",
        "stack_trace",
        "stacktrace",
        "trace",
        "traceback",
    ]),
    meaning: "Words of fields and messages that tell of the inside.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[TERMS];

pub(crate) const CHECKS: &[Check] = &[Check::Error(check)];

fn check(context: &Context<'_>, error: &ErrorDecl) -> Option<Finding> {
    let terms = context.config.words(&TERMS);
    let fields = error.fields.iter().filter_map(|field| {
        let (message, label) = match field.sensitive {
            Some(_) => {
                (format!("`{}` of `{}` is sensitive, and is answered", field.name, error.name), "sensitive")
            }
            None => {
                let term = mentioned(&field.name, terms)?;
                (
                    format!("`{}` of `{}` tells clients of a {term}", field.name, error.name),
                    "tells of the inside",
                )
            }
        };
        let help = "take it out, and log it instead: a problem carries a request id that leads to the log";
        Some(Finding::new(message, label, help).at(field.span))
    });
    Finding::several(fields)
}
