//! An error whose name says only that there is one.

use atlas9_ir::ErrorDecl;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::option::{OptionDefault, OptionSpec};

/// Names that could be any error's.
const NAMES: OptionSpec = OptionSpec {
    lint: "generic_error_name",
    name: "names",
    default: OptionDefault::Words(&[
        "api_error",
        "bad_request",
        "client_error",
        "error",
        "exception",
        "failed",
        "failure",
        "general_error",
        "generic_error",
        "server_error",
        "unknown_error",
    ]),
    meaning: "Codes that could be any error's.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[NAMES];

pub(crate) const CHECKS: &[Check] = &[Check::Error(check)];

fn check(context: &Context<'_>, error: &ErrorDecl) -> Option<Finding> {
    context.config.words(&NAMES).iter().any(|name| name == error.code).then(|| {
        Finding::new(
            format!("the name `{}` could be that of any error", error.name),
            "says nothing",
            "name it after what has happened, as `AlreadyPublished` is",
        )
    })
}
