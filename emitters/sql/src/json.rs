//! References inside values that are stored as JSON, where no foreign key can keep their promise.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::storage::{Column, ColumnKind};
use atlas9_ir::{Field, Ir, Resource, ResourceId, Type, TypeDeclKind, TypeId, TypeKind};

use crate::trail::trail;

/// The error for a JSON column that holds a reference somewhere.
pub(crate) fn references(ir: &Ir, resource: &Resource, column: &Column<'_>) -> Option<Diagnostic> {
    if column.kind != ColumnKind::Json {
        return None;
    }
    let to = reference(ir, &column.field.ty, &mut Vec::new())?;
    let target = &ir.resources.get(to)?.name;
    let message =
        format!("a reference to `{target}` inside a value that is stored as JSON cannot be kept valid");
    let help = format!(
        "declare a resource with a `ref {}` and a `ref {target}`, one for each pair; or keep the keys as `uuid`",
        resource.name,
    );
    let span =
        trail(ir, resource, &column.path).first().map_or(column.field.span, |field: &&Field| field.span);
    Some(
        Diagnostic::error(codes::E0703, message)
            .at(span, "holds references")
            .symbol(format!("{}.{}", resource.name, column.path))
            .help(help),
    )
}

fn reference(ir: &Ir, ty: &Type, seen: &mut Vec<TypeId>) -> Option<ResourceId> {
    match ir.resolve(ty).0 {
        TypeKind::Scalar(_) => None,
        TypeKind::Ref(to) => Some(*to),
        TypeKind::List { item: inner, .. } | TypeKind::Map { value: inner, .. } => reference(ir, inner, seen),
        TypeKind::Named(id) => {
            if seen.contains(id) {
                return None;
            }
            seen.push(*id);
            of_declared(ir, *id, seen)
        }
    }
}

fn of_declared(ir: &Ir, id: TypeId, seen: &mut Vec<TypeId>) -> Option<ResourceId> {
    match &ir.types.get(id)?.kind {
        TypeDeclKind::Structure { fields, .. } => {
            fields.iter().find_map(|field| reference(ir, &field.ty, seen))
        }
        TypeDeclKind::Union { variants, .. } => variants.iter().find_map(|variant| {
            let named = Type { kind: TypeKind::Named(variant.structure), optional: false };
            reference(ir, &named, seen)
        }),
        TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => None,
    }
}
