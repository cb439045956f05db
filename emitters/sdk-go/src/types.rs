//! Types in use, as Go.

use std::collections::BTreeSet;

use atlas9_emitters_core::sdk::{Position, is_optional, is_required};
use atlas9_ir::{Field, Ir, Scalar, Type, TypeId, TypeKind};

use crate::Sdk;
use crate::scalars;

/// The packages that a file imports, by the names that they go by in it.
pub(crate) type Uses = BTreeSet<&'static str>;

/// A field's type, and what its tag says beside the name on the wire.
pub(crate) struct Member {
    /// The type.
    pub(crate) ty: String,
    /// `,omitzero`
    pub(crate) how: &'static str,
}

/// A field in a body.
pub(crate) fn member(sdk: &Sdk<'_>, field: &Field, position: Position, uses: &mut Uses) -> Member {
    let optional = match position {
        Position::Read => is_optional(sdk.ir, &field.ty) || !field.requires.is_empty(),
        Position::Write => !is_required(sdk.ir, field),
        Position::Patch => true,
    };
    if optional && position != Position::Read {
        uses.insert("opt");
        return Member {
            ty: format!("opt.Value[{}]", plain(sdk, &field.ty, position, uses)),
            how: ",omitzero",
        };
    }
    let how = if is_text(sdk.ir, &field.ty) { ",string" } else { "" };
    let ty = direct(sdk, &field.ty, position, uses);
    // What is nil by itself needs no pointer to be null.
    let pointed = optional && !has_nil(sdk.ir, &field.ty);
    Member { ty: if pointed { format!("*{ty}") } else { ty }, how }
}

/// A value that is not null and stands in no JSON, or has a tag: a key in a path, a filter.
pub(crate) fn direct(sdk: &Sdk<'_>, ty: &Type, position: Position, uses: &mut Uses) -> String {
    match scalar_of(sdk.ir, ty) {
        Some(scalar) if scalars::is_text(scalar) => named_or(sdk, ty, scalars::type_of(scalar)),
        _ => plain(sdk, ty, position, uses),
    }
}

/// A value within another type, which may be null.
pub(crate) fn nested(sdk: &Sdk<'_>, ty: &Type, position: Position, uses: &mut Uses) -> String {
    let plain = plain(sdk, ty, position, uses);
    if is_optional(sdk.ir, ty) { format!("*{plain}") } else { plain }
}

/// A value within another type that is not null.
pub(crate) fn plain(sdk: &Sdk<'_>, ty: &Type, position: Position, uses: &mut Uses) -> String {
    match shown(sdk.ir, ty, position) {
        TypeKind::Scalar(scalar) => used(scalars::inner(scalar), uses),
        // A patch replaces a list whole.
        TypeKind::List { item, .. } if position == Position::Patch => {
            format!("[]{}", nested(sdk, item, Position::Write, uses))
        }
        TypeKind::List { item, .. } => format!("[]{}", nested(sdk, item, position, uses)),
        TypeKind::Map { value, .. } if position == Position::Patch => {
            // In a patch null takes an entry away.
            uses.insert("opt");
            format!("map[string]opt.Value[{}]", self::plain(sdk, value, position, uses))
        }
        TypeKind::Map { value, .. } => format!("map[string]{}", nested(sdk, value, position, uses)),
        TypeKind::Named(id) => named(sdk, *id, position),
        TypeKind::Ref(resource) => match sdk.ir.key_type(*resource) {
            Some(key) => self::plain(sdk, key, position, uses),
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

fn named_or(sdk: &Sdk<'_>, ty: &Type, otherwise: &str) -> String {
    match &ty.kind {
        TypeKind::Named(id) => sdk.names.of_type(*id).to_owned(),
        _ => otherwise.to_owned(),
    }
}

fn named(sdk: &Sdk<'_>, id: TypeId, position: Position) -> String {
    match position {
        Position::Write if sdk.positions.inputs.contains(&id) => sdk.names.input(id),
        Position::Patch if sdk.positions.patches.contains(&id) => sdk.names.patch(id),
        _ => sdk.names.of_type(id).to_owned(),
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

fn has_nil(ir: &Ir, ty: &Type) -> bool {
    match ir.resolve(ty).0 {
        TypeKind::List { .. } | TypeKind::Map { .. } => true,
        TypeKind::Scalar(scalar) => scalars::has_nil(scalar),
        TypeKind::Named(_) | TypeKind::Ref(_) => false,
    }
}
