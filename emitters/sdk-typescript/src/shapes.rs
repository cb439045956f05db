//! Where a response holds more than JSON says: int64 and bytes. Most types hold neither and have no shape.

use std::collections::{BTreeMap, BTreeSet};

use atlas9_ir::{Field, Ir, Resource, ResourceId, Type, TypeId, TypeKind, Variant};

use crate::positions::{fields_of, structure, variants_of};
use crate::scalars;
use crate::text::{literal, object_property};

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

/// The shapes of a union's variants that have one, each with its name.
pub(crate) fn variants(ir: &Ir, variants: &[Variant], named: &dyn Fn(TypeId) -> String) -> Vec<String> {
    let shaped = variants.iter().filter_map(|variant| {
        Some((object_property(&variant.name), of_type(ir, &structure(variant.structure), named)?))
    });
    shaped.map(|(name, shape)| format!("{name}: {shape}")).collect()
}

/// True when a structure or a union has a shape.
pub(crate) fn needed(ir: &Ir, id: TypeId) -> bool {
    inside(ir, id, &mut BTreeSet::from([id]))
}

fn inside(ir: &Ir, id: TypeId, seen: &mut BTreeSet<TypeId>) -> bool {
    let mut variants = variants_of(ir, id).iter();
    any(ir, fields_of(ir, id), seen) || variants.any(|variant| holds(ir, &structure(variant.structure), seen))
}

/// True when a resource has a shape.
pub(crate) fn needed_by(ir: &Ir, resource: &Resource) -> bool {
    let mut seen = BTreeSet::new();
    any(ir, &resource.fields, &mut seen) || embedding(ir, resource, &mut Vec::new())
}

/// True when what the resource can embed has a shape; `above` holds the resources that led here.
fn embedding<'a>(ir: &'a Ir, resource: &'a Resource, above: &mut Vec<&'a str>) -> bool {
    if above.contains(&resource.name.as_str()) {
        return false;
    }
    above.push(&resource.name);
    let mut targets = embedded(resource).filter_map(|(_, field)| target(ir, &field.ty));
    targets.any(|to| {
        let to = &ir.resources[to];
        any(ir, &to.fields, &mut BTreeSet::new()) || embedding(ir, to, above)
    })
}

/// What `expand` embeds, by its name on the wire, with the field that holds the key.
pub(crate) fn embedded(resource: &Resource) -> impl Iterator<Item = (&str, &Field)> {
    let named: BTreeMap<&str, &str> = resource
        .operations
        .iter()
        .flat_map(|operation| &operation.expand)
        .map(|expand| (expand.wire.as_str(), expand.field.as_str()))
        .collect();
    named
        .into_iter()
        .filter_map(|(wire, name)| Some((wire, resource.fields.iter().find(|field| field.name == name)?)))
}

/// The resource behind a reference or a list of references.
pub(crate) fn target(ir: &Ir, ty: &Type) -> Option<ResourceId> {
    match ir.resolve(ty).0 {
        TypeKind::Ref(to) => Some(*to),
        TypeKind::List { item, .. } => target(ir, item),
        _ => None,
    }
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
        TypeKind::Named(id) => seen.insert(*id) && inside(ir, *id, seen),
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
