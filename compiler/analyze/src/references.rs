//! Lists of references: which declarations can keep them, and in which form.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Field, ResourceId, Type};
use atlas9_syntax::ast;

use crate::context::At;
use crate::fields::Owner;
use crate::model::{Plain, Types};

/// Reports a list of references where no table can join the two sides.
pub(crate) fn placed(at: At<'_, '_>, owner: Owner, ast: &ast::Field, ty: &Type) {
    let Some((plain, optional)) = at.types.plain(ty) else { return };
    let (message, help) = match (owner, plain) {
        // What a request or a problem carries is only a list of keys.
        (Owner::Params | Owner::Error, _) => return,
        (Owner::Resource | Owner::Mixin, Plain::List(item, _)) if is_reference(at.types, item) => {
            if !optional {
                return;
            }
            ("a list of references is never null", "remove the `?`: a list without references is empty")
        }
        (Owner::Resource | Owner::Mixin, Plain::List(item, _) | Plain::Map(item, _))
            if holds(at.types, item) =>
        {
            ("references stand alone or in a list, not deeper", "declare a resource for what lies between")
        }
        (Owner::Structure, Plain::List(item, _) | Plain::Map(item, _)) if holds(at.types, item) => {
            ("a structure cannot hold a list of references", "declare the list in the resource itself")
        }
        _ => return,
    };
    at.report(Diagnostic::error(codes::E0414, message).at(ast.ty.span, "no table can keep this").help(help));
}

fn is_reference(types: &Types, ty: &Type) -> bool {
    matches!(types.plain(ty), Some((Plain::Ref(_), _)))
}

/// True for a reference, and for a list or a map of what holds one.
fn holds(types: &Types, ty: &Type) -> bool {
    match types.plain(ty) {
        Some((Plain::Ref(_), _)) => true,
        Some((Plain::List(item, _) | Plain::Map(item, _), _)) => holds(types, item),
        _ => false,
    }
}

/// True for a list of references.
pub(crate) fn is_list(types: &Types, ty: &Type) -> bool {
    matches!(types.plain(ty), Some((Plain::List(item, _), _)) if is_reference(types, item))
}

/// The resource that a field points to, or a list of references does.
pub(crate) fn target(types: &Types, field: &Field) -> Option<ResourceId> {
    match types.plain(&field.ty)?.0 {
        Plain::Ref(resource) => Some(resource),
        Plain::List(item, _) => match types.plain(item)?.0 {
            Plain::Ref(resource) => Some(resource),
            _ => None,
        },
        _ => None,
    }
}
