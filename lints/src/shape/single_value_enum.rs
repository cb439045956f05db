//! An enum or a union that can be only one thing.

use atlas9_ir::{TypeDecl, TypeDeclKind};

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Type(check)];

fn check(_: &Context<'_>, decl: &TypeDecl) -> Option<Finding> {
    let (what, part, count) = match &decl.kind {
        TypeDeclKind::Enum { closed: true, values } => ("enum", "value", values.len()),
        TypeDeclKind::Union { closed: true, variants, .. } => ("union", "variant", variants.len()),
        _ => return None,
    };
    (count == 1).then(|| {
        Finding::new(
            format!("the {what} `{}` has one {part} and can never gain another", decl.name),
            format!("only one {part}"),
            format!("leave `closed` out, so that it can gain a {part}, or leave out what has this type"),
        )
    })
}
