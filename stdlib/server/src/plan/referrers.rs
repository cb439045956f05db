//! Who refers to a resource, and what happens to them when it goes.

use atlas9_descriptor::{Field, Managed, OnDelete, Resource, Service, Store, Type};

use super::columns::quoted;
use super::keys::live;

/// A reference from another resource.
pub(crate) struct Referrer {
    /// The declared name of the resource that refers.
    pub(crate) resource: &'static str,
    pub(crate) on_delete: OnDelete,
    /// Finds a row that refers to the key bound to the placeholder that follows.
    pub(crate) rows: String,
    /// What a row that is not deleted meets, with ` AND ` before it.
    pub(crate) live: String,
}

/// The references to a resource of this name.
pub(crate) fn referrers(service: &'static Service, name: &str) -> Vec<Referrer> {
    let mut found = Vec::new();
    for resource in service.resources {
        collect(resource, resource.fields, "", name, &mut found);
    }
    found
}

fn collect(
    resource: &'static Resource,
    fields: &'static [Field],
    before: &str,
    name: &str,
    found: &mut Vec<Referrer>,
) {
    for field in fields {
        let column = format!("{before}{}", field.name);
        match (field.ty, field.store) {
            (Type::Reference(reference), _) if reference.resource == name => {
                // What lives in a resource never outlives it in silence.
                let parent = field.managed == Some(Managed::Parent);
                found.push(Referrer {
                    resource: resource.name,
                    on_delete: if parent { OnDelete::Restrict } else { reference.on_delete },
                    rows: format!(
                        "SELECT 1 FROM {} r WHERE r.{} = ",
                        quoted(resource.table),
                        quoted(&column)
                    ),
                    live: live(resource, "r").map(|text| format!(" AND {text}")).unwrap_or_default(),
                });
            }
            (Type::Structure(structure), Store::Flat) => {
                collect(resource, structure.fields.get(), &format!("{column}_"), name, found);
            }
            _ => {}
        }
    }
}
