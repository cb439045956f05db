//! Lists of references, each in a table of its own.

use atlas9_descriptor::{Links, OnDelete, Reference, Resource, Service, Store, Type};

use super::columns::quoted;
use super::references::{is_soft, target_rows};
use super::table::Table;
use crate::store::ColumnType;
use crate::value::Value;
use crate::{Record, store::Bind};

/// A list of references, prepared.
pub(crate) struct LinksPlan {
    /// The place of the field.
    pub(crate) field: usize,
    /// The field's name on the wire.
    pub(crate) wire: &'static str,
    /// The declared name of the other resource.
    pub(crate) resource: &'static str,
    /// The type of a key in the list.
    pub(crate) ty: &'static Type,
    /// The column of a key in the list.
    pub(crate) key: ColumnType,
    pub(crate) table: Table,
    /// Its columns, in quotes.
    pub(crate) owner: Vec<String>,
    pub(crate) key_name: String,
    /// Finds the rows of the other resource that are there: `SELECT r."id" FROM ... WHERE`, and the column that is asked for.
    pub(crate) targets: (String, String),
    /// True when a row of the other resource can be there and yet be deleted, which a foreign key does not know.
    pub(crate) soft: bool,
    pub(crate) on_delete: OnDelete,
}

/// What changes a list is for these alone: rows of resources are changed by who watches them.
impl LinksPlan {
    /// `DELETE FROM ... WHERE `, with the table known as `l`.
    pub(crate) fn delete(&self) -> String {
        self.table.delete("l")
    }

    /// `INSERT INTO ... VALUES `
    pub(crate) fn insert(&self, columns: &str) -> String {
        self.table.insert(columns)
    }
}

/// The lists of references of a resource, in the order of its fields.
pub(super) fn links(service: &'static Service, resource: &'static Resource) -> Vec<LinksPlan> {
    let fields = resource.fields.iter().enumerate();
    fields
        .filter_map(|(place, field)| {
            let Store::Links(links) = field.store else { return None };
            let (ty, reference) = listed(&field.ty)?;
            let target = service.resources.iter().find(|other| other.name == reference.resource)?;
            Some(plan(
                place,
                field.wire,
                links,
                (ty, reference),
                target_rows(service, target),
                is_soft(service, target),
            ))
        })
        .collect()
}

/// The reference that a list holds.
pub(crate) fn listed(ty: &'static Type) -> Option<(&'static Type, &'static Reference)> {
    match ty {
        Type::List { item: item @ Type::Reference(reference), .. } => Some((item, reference)),
        _ => None,
    }
}

fn plan(
    field: usize,
    wire: &'static str,
    links: &'static Links,
    (ty, reference): (&'static Type, &'static Reference),
    targets: (String, String),
    soft: bool,
) -> LinksPlan {
    LinksPlan {
        field,
        wire,
        resource: reference.resource,
        ty,
        key: ColumnType::of(ty),
        table: Table::of_links(links),
        owner: links.owner.iter().map(|name| quoted(name)).collect(),
        key_name: quoted(links.key),
        targets,
        soft,
        on_delete: reference.on_delete,
    }
}

/// The columns of a resource's primary key behind the tenant: those of the parents' keys, then the own one. A singleton that lives
/// in nothing has one row, or one for each tenant. The key of the only one is always 1.
pub(crate) struct OwnerKey {
    places: Vec<usize>,
    types: Vec<ColumnType>,
    /// True for the only row of a singleton.
    only: bool,
}

impl OwnerKey {
    pub(super) fn new(resource: &'static Resource, parents: &[usize]) -> OwnerKey {
        let places: Vec<usize> = parents.iter().copied().chain(resource.key).collect();
        let mut types: Vec<ColumnType> = places
            .iter()
            .filter_map(|place| resource.fields.get(*place))
            .map(|field| ColumnType::of(&field.ty))
            .collect();
        let only = types.is_empty() && resource.tenant_field().is_none();
        if only {
            types.push(ColumnType::Int);
        }
        OwnerKey { places, types, only }
    }

    /// The places of the fields that hold it; none for the one row of a singleton.
    pub(crate) fn places(&self) -> &[usize] {
        &self.places
    }

    /// What its columns hold.
    pub(crate) fn types(&self) -> &[ColumnType] {
        &self.types
    }

    /// What is bound for the key of a record.
    pub(crate) fn binds(&self, record: &Record) -> Vec<Bind> {
        let value = |place: &usize| record.at(*place).unwrap_or(&Value::Null);
        self.binds_of(&self.places.iter().map(value).collect::<Vec<_>>())
    }

    /// What is bound for a key.
    pub(crate) fn binds_of(&self, key: &[&Value]) -> Vec<Bind> {
        if self.only {
            return vec![Bind::Int(1)];
        }
        key.iter().zip(&self.types).map(|(value, ty)| Bind::new(value, *ty)).collect()
    }
}
