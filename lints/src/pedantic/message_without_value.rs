//! A message that does not say which one.

use atlas9_ir::ErrorDecl;

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Error(check)];

fn check(_: &Context<'_>, error: &ErrorDecl) -> Option<Finding> {
    // A sensitive value has no place in a message.
    let field = error.fields.iter().find(|field| field.sensitive.is_none())?;
    (!error.message.contains('{')).then(|| {
        let name = &field.name;
        Finding::new(
            format!("the message of `{}` is the same for all, although it has `{name}`", error.name),
            "does not say which",
            format!("say in the message what it is about: `{{{name}}}`"),
        )
    })
}
