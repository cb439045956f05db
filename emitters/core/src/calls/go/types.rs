//! Types in use, as Go.

use std::collections::BTreeSet;

use atlas9_ir::{Field, Ir, Scalar, Type, TypeId, TypeKind};

use super::{Plan, scalars};
use crate::sdk::{Position, is_optional, is_required};

/// The packages that a file imports, by the names that they go by in it.
pub type Uses = BTreeSet<&'static str>;

/// A field's type, and what its tag says beside the name on the wire.
#[derive(Clone, Debug)]
pub struct Member {
    /// The type.
    pub ty: String,
    /// `,omitzero`
    pub how: &'static str,
}

/// A field in a body.
pub fn member(plan: &Plan<'_>, field: &Field, position: Position, uses: &mut Uses) -> Member {
    let optional = is_optional_in(plan.ir, field, position);
    if optional && position != Position::Read {
        uses.insert("opt");
        return Member {
            ty: format!("opt.Value[{}]", plain(plan, &field.ty, position, uses)),
            how: ",omitzero",
        };
    }
    let how = if is_text(plan.ir, &field.ty) { ",string" } else { "" };
    let ty = direct(plan, &field.ty, position, uses);
    // What is nil by itself needs no pointer to be null.
    let pointed = optional && !has_nil(plan.ir, &field.ty);
    Member { ty: if pointed { format!("*{ty}") } else { ty }, how }
}

/// True where a field may be missing: null in an answer, left out of a request.
pub(super) fn is_optional_in(ir: &Ir, field: &Field, position: Position) -> bool {
    match position {
        Position::Read => is_optional(ir, &field.ty) || !field.requires.is_empty(),
        Position::Write => !is_required(ir, field),
        Position::Patch => true,
    }
}

/// A value that is not null and stands in no JSON, or has a tag: a key in a path, a filter.
pub fn direct(plan: &Plan<'_>, ty: &Type, position: Position, uses: &mut Uses) -> String {
    match scalar_of(plan.ir, ty) {
        Some(scalar) if scalars::is_text(scalar) => named_or(plan, ty, scalars::type_of(scalar)),
        _ => plain(plan, ty, position, uses),
    }
}

/// A value within another type, which may be null.
pub fn nested(plan: &Plan<'_>, ty: &Type, position: Position, uses: &mut Uses) -> String {
    let plain = plain(plan, ty, position, uses);
    if is_optional(plan.ir, ty) { format!("*{plain}") } else { plain }
}

/// A value within another type that is not null.
pub fn plain(plan: &Plan<'_>, ty: &Type, position: Position, uses: &mut Uses) -> String {
    match shown(plan.ir, ty, position) {
        TypeKind::Scalar(scalar) => used(scalars::inner(scalar), uses),
        // A patch replaces a list whole.
        TypeKind::List { item, .. } if position == Position::Patch => {
            format!("[]{}", nested(plan, item, Position::Write, uses))
        }
        TypeKind::List { item, .. } => format!("[]{}", nested(plan, item, position, uses)),
        TypeKind::Map { value, .. } if position == Position::Patch => {
            // In a patch null takes an entry away.
            uses.insert("opt");
            format!("map[string]opt.Value[{}]", self::plain(plan, value, position, uses))
        }
        TypeKind::Map { value, .. } => format!("map[string]{}", nested(plan, value, position, uses)),
        TypeKind::Named(id) => named(plan, *id, position),
        TypeKind::Ref(resource) => match plan.ir.key_type(*resource) {
            Some(key) => self::plain(plan, key, position, uses),
            None => "string".to_owned(),
        },
    }
}

/// The type as it stands, with the package that it is from taken note of.
fn used(ty: &'static str, uses: &mut Uses) -> String {
    uses.extend(ty.split_once('.').map(|(package, _)| package));
    ty.to_owned()
}

/// The kind that is written down. An alias keeps its name, except where what it stands for looks otherwise there.
fn shown<'a>(ir: &'a Ir, ty: &'a Type, position: Position) -> &'a TypeKind {
    let (resolved, _) = ir.resolve(ty);
    match resolved {
        _ if is_text(ir, ty) => resolved,
        TypeKind::Scalar(_) | TypeKind::Ref(_) => &ty.kind,
        _ if position == Position::Read => &ty.kind,
        _ => resolved,
    }
}

fn named_or(plan: &Plan<'_>, ty: &Type, otherwise: &str) -> String {
    match &ty.kind {
        TypeKind::Named(id) => plan.own(plan.names.of_type(*id)),
        _ => otherwise.to_owned(),
    }
}

pub(super) fn named(plan: &Plan<'_>, id: TypeId, position: Position) -> String {
    plan.own(&match form(plan, id, position) {
        Position::Write => plan.names.input(id),
        Position::Patch => plan.names.patch(id),
        Position::Read => plan.names.of_type(id).to_owned(),
    })
}

/// The shape that a declared type has in a position: the one that is read, where no other one is needed.
pub(super) fn form(plan: &Plan<'_>, id: TypeId, position: Position) -> Position {
    match position {
        Position::Write if plan.positions.inputs.contains(&id) => Position::Write,
        Position::Patch if plan.positions.patches.contains(&id) => Position::Patch,
        Position::Read | Position::Write | Position::Patch => Position::Read,
    }
}

/// The scalar of a value, through references; nothing for other types.
fn scalar_of<'a>(ir: &'a Ir, ty: &'a Type) -> Option<&'a Scalar> {
    match ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => Some(scalar),
        TypeKind::Ref(to) => scalar_of(ir, ir.key_type(*to)?),
        _ => None,
    }
}

fn is_text(ir: &Ir, ty: &Type) -> bool {
    scalar_of(ir, ty).is_some_and(scalars::is_text)
}

/// True where nil stands for null by itself.
pub(super) fn has_nil(ir: &Ir, ty: &Type) -> bool {
    match ir.resolve(ty).0 {
        TypeKind::List { .. } | TypeKind::Map { .. } => true,
        TypeKind::Scalar(scalar) => scalars::has_nil(scalar),
        TypeKind::Named(_) | TypeKind::Ref(_) => false,
    }
}
