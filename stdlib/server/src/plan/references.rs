//! What a resource refers to.

use atlas9_descriptor::{Field, Managed, OnDelete, Reference, Resource, Service, Store, Type};

use super::columns::{Column, quoted};
use super::keys::there;
use super::table::Table;

/// A reference to a row of another resource.
pub(crate) struct OwnReference {
    /// The place of its column.
    pub(crate) column: usize,
    /// Wire names from the top of the body.
    pub(crate) wire: Vec<&'static str>,
    /// The declared name of the other resource.
    pub(crate) resource: &'static str,
    /// Finds the other row, if it is not deleted, by the key bound to the placeholder that follows.
    pub(crate) row: String,
    /// True when the other row can be there and yet be deleted, which a foreign key does not know.
    pub(crate) soft: bool,
    pub(crate) on_delete: OnDelete,
}

/// The references of a resource, but for those to its parents.
pub(super) fn references(
    service: &'static Service,
    resource: &'static Resource,
    columns: &[Column],
) -> Vec<OwnReference> {
    let mut found = Vec::new();
    collect(service, resource.fields, columns, (&[], &[]), &mut found);
    found
}

fn collect(
    service: &'static Service,
    fields: &'static [Field],
    columns: &[Column],
    (above, wire): (&[usize], &[&'static str]),
    found: &mut Vec<OwnReference>,
) {
    for (index, field) in fields.iter().enumerate() {
        let (mut path, mut names) = (above.to_vec(), wire.to_vec());
        path.push(index);
        names.push(field.wire);
        match (field.ty, field.store) {
            (Type::Structure(structure), Store::Flat) => {
                collect(service, structure.fields.get(), columns, (&path, &names), found);
            }
            (Type::Reference(reference), Store::Column) if field.managed != Some(Managed::Parent) => {
                let target = service.resources.iter().find(|other| other.name == reference.resource);
                let column = columns.iter().position(|column| column.path == path);
                if let (Some(target), Some(column)) = (target, column) {
                    found.push(reference_to(service, (target, reference), column, names));
                }
            }
            _ => {}
        }
    }
}

fn reference_to(
    service: &'static Service,
    (target, reference): (&'static Resource, &'static Reference),
    column: usize,
    wire: Vec<&'static str>,
) -> OwnReference {
    let key = target.key_field().map(|key| quoted(key.name)).unwrap_or_default();
    let there = there(service, target, "r");
    let from = Table::of(target).rows("r");
    let row = format!("SELECT 1 FROM {from}{}r.{key} = ", conditions(&there));
    let (soft, on_delete) = (is_soft(service, target), reference.on_delete);
    OwnReference { column, wire, resource: target.name, row, soft, on_delete }
}

/// True where a row can be there and yet be deleted.
pub(super) fn is_soft(service: &'static Service, target: &'static Resource) -> bool {
    !there(service, target, "r").is_empty()
}

/// Finds the keys of the rows of a resource that are there, and the column by which they are asked for, which has to follow.
pub(super) fn target_rows(service: &'static Service, target: &'static Resource) -> (String, String) {
    let key = target.key_field().map(|key| quoted(key.name)).unwrap_or_default();
    let there = there(service, target, "r");
    let select = format!("SELECT r.{key} FROM {}{}", Table::of(target).rows("r"), conditions(&there));
    (select, format!("r.{key}"))
}

fn conditions(there: &[String]) -> String {
    there.iter().map(|condition| format!("{condition} AND ")).collect()
}
