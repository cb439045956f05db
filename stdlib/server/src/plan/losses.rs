//! What changes in other rows when a row goes for ever: references become null, keys leave lists. Their versions have to grow.

use atlas9_descriptor::{Field, Managed, OnDelete, Resource, Service, Store, Type};

use super::columns::quoted;
use super::links::listed;
use super::referrers::{about, lists, owner_columns};
use super::table::Table;
use crate::audit::Watched;

/// Rows of another resource that lose a reference.
pub(crate) struct Loss {
    touch: String,
    /// What stands behind that.
    pub(crate) end: &'static str,
}

impl Loss {
    /// Gives them another version; what the keys of the rows that go are, follows: ` = $1`, or ` IN ($1, ...)`.
    pub(crate) fn touch(&self, _: Watched) -> &str {
        &self.touch
    }
}

/// The references to a resource that its rows can leave behind.
pub(super) fn losses(service: &'static Service, target: &'static Resource) -> Vec<Loss> {
    let mut found = Vec::new();
    for resource in service.resources {
        collect(resource, resource.fields, "", target, &mut found);
    }
    found
}

fn collect(
    resource: &'static Resource,
    fields: &'static [Field],
    before: &str,
    target: &'static Resource,
    found: &mut Vec<Loss>,
) {
    let update = about(Table::of(resource), target).touch();
    for field in fields.iter().filter(|field| field.managed != Some(Managed::Parent)) {
        let column = format!("{before}{}", field.name);
        match (field.ty, field.store) {
            (Type::Reference(reference), Store::Column)
                if reference.resource == target.name && reference.on_delete == OnDelete::Clear =>
            {
                found.push(Loss { touch: format!("{update}t.{}", quoted(&column)), end: "" });
            }
            (_, Store::Links(links)) if lists(field, target) && lets_go(field) => {
                let owner = owner_columns(resource).into_iter().zip(links.owner);
                let same = owner.map(|(column, owner)| format!("l.{} = t.{column} AND ", quoted(owner)));
                let from = about(Table::of_links(links), target).rows("l");
                let (same, key) = (same.collect::<String>(), quoted(links.key));
                let touch = format!("{update}EXISTS (SELECT 1 FROM {from}{same}l.{key}");
                found.push(Loss { touch, end: ")" });
            }
            (Type::Structure(structure), Store::Flat) => {
                collect(resource, structure.fields.get(), &format!("{column}_"), target, found);
            }
            _ => {}
        }
    }
}

fn lets_go(field: &'static Field) -> bool {
    listed(&field.ty).is_some_and(|(_, reference)| reference.on_delete != OnDelete::Restrict)
}
