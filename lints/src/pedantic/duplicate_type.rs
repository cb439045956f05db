//! Two structures with the same fields.

use atlas9_ir::{TypeDecl, TypeDeclKind};

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Type(check)];

fn check(context: &Context<'_>, decl: &TypeDecl) -> Option<Finding> {
    let TypeDeclKind::Structure { fields, .. } = &decl.kind else { return None };
    // One field alone is the same by chance.
    let earlier = context.facts.twins().get(&decl.span).filter(|_| fields.len() > 1)?;
    let finding = Finding::new(
        format!("`{}` has the same fields as `{}`", decl.name, earlier.name),
        "the same once more",
        format!("use `{}`, or a mixin for what they share", earlier.name),
    );
    Some(finding.and(earlier.span, "the same fields"))
}
