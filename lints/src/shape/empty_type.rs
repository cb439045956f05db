//! A structure without fields.

use atlas9_ir::{TypeDecl, TypeDeclKind};

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Type(check)];

fn check(context: &Context<'_>, decl: &TypeDecl) -> Option<Finding> {
    let TypeDeclKind::Structure { fields, .. } = &decl.kind else { return None };
    // Of a union it is a variant about which there is no more to say.
    (fields.is_empty() && !context.facts.uses().variant(decl)).then(|| {
        Finding::new(
            format!("`{}` has no fields, so that it says nothing", decl.name),
            "no fields",
            "give it the fields that it is for; an action that answers nothing needs no `->`",
        )
    })
}
