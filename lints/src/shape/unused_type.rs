//! A type or an error that nothing leads to.

use atlas9_ir::{ErrorDecl, TypeDecl, TypeDeclKind};

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Type(check), Check::Error(check_error)];

fn check(context: &Context<'_>, decl: &TypeDecl) -> Option<Finding> {
    // A library is there for others.
    if context.ir.is_library() || context.facts.uses().used(decl) {
        return None;
    }
    let what = match decl.kind {
        TypeDeclKind::Enum { .. } => "enum",
        TypeDeclKind::Union { .. } => "union",
        _ => "type",
    };
    Some(Finding::new(
        format!("no resource, operation or error leads to the {what} `{}`", decl.name),
        "not used",
        "use it, or remove it",
    ))
}

fn check_error(context: &Context<'_>, error: &ErrorDecl) -> Option<Finding> {
    if context.ir.is_library() || context.facts.uses().raised(error.span) {
        return None;
    }
    Some(Finding::new(
        format!("no operation raises `{}`", error.name),
        "not raised",
        "say `raises` in the operations that answer it, or remove it",
    ))
}
