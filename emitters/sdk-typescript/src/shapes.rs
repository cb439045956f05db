//! Where a response holds more than JSON says: int64 and bytes. Most types hold neither and have no shape.

use std::collections::BTreeSet;

use atlas9_ir::{Field, Ir, Resource, Type, TypeId, TypeKind};

use crate::positions::fields_of;
use crate::scalars;
use crate::text::literal;

/// The shape of a type as an expression.
pub(crate) fn of_type(ir: &Ir, ty: &Type, named: &dyn Fn(TypeId) -> String) -> Option<String> {
    match ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => scalars::shape_of(scalar).map(str::to_owned),
        TypeKind::List { item, .. } => items(of_type(ir, item, named)),
        TypeKind::Map { value, .. } => items(of_type(ir, value, named)),
        // A function, because structures may contain themselves.
        TypeKind::Named(id) => needed(ir, *id).then(|| format!("() => {}", named(*id))),
        TypeKind::Ref(resource) => of_type(ir, ir.key_type(*resource)?, named),
    }
}

/// The shapes of the readable fields that have one, each with its name.
pub(crate) fn members(ir: &Ir, fields: &[Field], named: &dyn Fn(TypeId) -> String) -> Vec<String> {
    let readable = fields.iter().filter(|field| field.readable());
    readable
        .filter_map(|field| Some(format!("[{}, {}]", literal(&field.wire), of_type(ir, &field.ty, named)?)))
        .collect()
}

/// True when a structure has a shape.
pub(crate) fn needed(ir: &Ir, id: TypeId) -> bool {
    any(ir, fields_of(ir, id), &mut BTreeSet::from([id]))
}

/// True when a resource has a shape.
pub(crate) fn needed_by(ir: &Ir, resource: &Resource) -> bool {
    any(ir, &resource.fields, &mut BTreeSet::new())
}

fn items(inner: Option<String>) -> Option<String> {
    Some(format!("{{ items: {} }}", inner?))
}

fn any(ir: &Ir, fields: &[Field], seen: &mut BTreeSet<TypeId>) -> bool {
    fields.iter().any(|field| field.readable() && holds(ir, &field.ty, seen))
}

fn holds(ir: &Ir, ty: &Type, seen: &mut BTreeSet<TypeId>) -> bool {
    match ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => scalars::shape_of(scalar).is_some(),
        TypeKind::List { item, .. } => holds(ir, item, seen),
        TypeKind::Map { value, .. } => holds(ir, value, seen),
        TypeKind::Named(id) => seen.insert(*id) && any(ir, fields_of(ir, *id), seen),
        TypeKind::Ref(resource) => ir.key_type(*resource).is_some_and(|key| holds(ir, key, seen)),
    }
}

/// The structures whose shapes [`members`] refers to.
pub(crate) fn named_in(ir: &Ir, fields: &[Field]) -> Vec<TypeId> {
    let mut found = Vec::new();
    for field in fields.iter().filter(|field| field.readable()) {
        structures(ir, &field.ty, &mut found);
    }
    found
}

/// Adds the structures of a type whose shapes are needed.
pub(crate) fn structures(ir: &Ir, ty: &Type, found: &mut Vec<TypeId>) {
    match ir.resolve(ty).0 {
        TypeKind::List { item, .. } => structures(ir, item, found),
        TypeKind::Map { value, .. } => structures(ir, value, found),
        TypeKind::Named(id) if needed(ir, *id) => found.push(*id),
        TypeKind::Named(_) | TypeKind::Scalar(_) | TypeKind::Ref(_) => {}
    }
}
