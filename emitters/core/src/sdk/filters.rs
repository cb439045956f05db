//! The filters of a list, by name: those of a structure's fields stand together.

use atlas9_ir::{Field, FieldPath, Ir, List, Resource, TypeKind};

use crate::samples::ordered;

/// A filter of a list.
#[derive(Clone, Debug)]
pub enum Filter<'a> {
    /// Of one field.
    Field(&'a Field),
    /// Of the fields of a structure, by their names on the wire.
    Structure(Vec<(String, Filter<'a>)>),
}

/// The filters that a list offers, in its order, by the names on the wire.
pub fn filters<'a>(ir: &'a Ir, resource: &'a Resource, list: &List) -> Vec<(String, Filter<'a>)> {
    let mut tree = Vec::new();
    for path in &list.filter {
        if let Some(field) = ir.field(&resource.fields, path) {
            insert(&mut tree, &wire(ir, resource, path), field);
        }
    }
    tree
}

/// True when values of the field have an order that a filter can use.
pub fn is_ordered(ir: &Ir, field: &Field) -> bool {
    matches!(ir.resolve(&field.ty).0, TypeKind::Scalar(scalar) if ordered(scalar))
}

/// The names on the wire of the fields that a path leads through.
pub fn wire(ir: &Ir, resource: &Resource, path: &FieldPath) -> Vec<String> {
    (1..=path.0.len())
        .filter_map(|length| {
            ir.field(&resource.fields, &FieldPath(path.0.iter().take(length).cloned().collect()))
        })
        .map(|field| field.wire.clone())
        .collect()
}

fn insert<'a>(tree: &mut Vec<(String, Filter<'a>)>, path: &[String], field: &'a Field) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        tree.push((first.clone(), Filter::Field(field)));
        return;
    }
    if !tree.iter().any(|(name, _)| name == first) {
        tree.push((first.clone(), Filter::Structure(Vec::new())));
    }
    if let Some((_, Filter::Structure(inner))) = tree.iter_mut().find(|(name, _)| name == first) {
        insert(inner, rest, field);
    }
}
