//! What a list can be filtered by, sorted by and searched in.

use atlas9_descriptor::{Expand, Field, List, Path, Resource, Scalar, Type};

use super::columns::{Column, column_at};

/// A list, prepared.
pub(crate) struct ListPlan {
    pub(crate) list: &'static List,
    /// References that it can embed.
    pub(crate) expand: &'static [Expand],
    pub(crate) filters: Vec<ListField>,
    pub(crate) sorts: Vec<ListField>,
    pub(crate) search: Vec<ListField>,
}

/// A field in a query.
pub(crate) struct ListField {
    /// Its name in a query: wire names with points between, `price.amount`.
    pub(crate) wire: String,
    /// The place of its column.
    pub(crate) column: usize,
    pub(crate) ty: &'static Type,
    pub(crate) nullable: bool,
    /// What is on its way out of the names in its path, with what declares it.
    pub(crate) deprecated: Vec<(&'static str, &'static Field)>,
    /// Scopes without which the caller must not learn its values.
    pub(crate) requires: Vec<&'static str>,
}

/// The list of a resource, where it has one.
pub(super) fn list_plan(resource: &'static Resource, columns: &[Column]) -> Option<ListPlan> {
    let (list, expand) = resource.operations.iter().find_map(|operation| match &operation.kind {
        atlas9_descriptor::OperationKind::List(list) => Some((list, operation.expand)),
        _ => None,
    })?;
    let fields = |paths: &[Path]| {
        paths.iter().filter_map(|path| list_field(resource, columns, path)).collect::<Vec<_>>()
    };
    Some(ListPlan {
        list,
        expand,
        filters: fields(list.filter),
        sorts: fields(list.sort),
        search: fields(list.search),
    })
}

fn list_field(resource: &'static Resource, columns: &[Column], path: &[&str]) -> Option<ListField> {
    let (index, column) = column_at(columns, resource.fields, path)?;
    let (mut wire, mut requires, mut deprecated) = (Vec::new(), Vec::new(), Vec::new());
    let (mut owner, mut inside) = (resource.name, resource.fields);
    for name in path {
        let field = inside.iter().find(|field| field.name == *name)?;
        wire.push(field.wire);
        requires.extend_from_slice(field.requires);
        deprecated.extend(field.deprecated.map(|_| (owner, field)));
        if let Type::Structure(structure) = field.ty {
            (owner, inside) = (structure.name, structure.fields.get());
        }
    }
    Some(ListField {
        wire: wire.join("."),
        column: index,
        ty: column.field,
        nullable: column.nullable,
        deprecated,
        requires,
    })
}

/// True when values of the type have an order that clients can ask for.
pub(crate) fn is_ordered(ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => !matches!(
            scalar,
            Scalar::Bool | Scalar::Uuid | Scalar::Bytes { .. } | Scalar::Duration | Scalar::Json
        ),
        _ => false,
    }
}
