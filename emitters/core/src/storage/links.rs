//! Lists of references: each is a table of its own, a row for each key in the list.

use std::collections::BTreeSet;

use atlas9_ir::{Field, Ir, Managed, Resource, ResourceId, TypeKind};

use super::{ColumnKind, Layout, columns, layout, own_key, table_name_of_links};

/// The column that keeps the order of a list; the first one is 0.
pub const POSITION: &str = "position";

/// The table behind a field `[ref Author]`. Its key is that of the row that holds the list, and the key in the list: none
/// stands in a list twice.
#[derive(Clone, Debug)]
pub struct Links<'a> {
    /// The field.
    pub field: &'a Field,
    /// The table's name, `books_author_ids`.
    pub table: String,
    /// Its column for the tenant of the row that holds the list, where that belongs to one.
    pub tenant: Option<String>,
    /// Its columns for [`own_key`] of the row that holds the list, in that order.
    pub owner: Vec<String>,
    /// What the list refers to.
    pub target: ResourceId,
    /// Its column for the key in the list.
    pub key: String,
}

/// The lists of references of a resource, in the order of its fields.
pub fn links<'a>(ir: &Ir, resource: &'a Resource) -> Vec<Links<'a>> {
    resource.fields.iter().filter_map(|field| links_of(ir, resource, field)).collect()
}

/// The table behind a field of the resource; nothing where the field is no list of references.
pub fn links_of<'a>(ir: &Ir, resource: &Resource, field: &'a Field) -> Option<Links<'a>> {
    if layout(ir, field) != Layout::Links {
        return None;
    }
    let target = listed(ir, field)?;
    let owner = owner(resource);
    let key = match field.name.strip_suffix("_ids") {
        Some(one) => format!("{one}_id"),
        None => format!("{}_id", ir.resources.get(target)?.snake),
    };
    let key = if owner.contains(&key) { format!("other_{key}") } else { key };
    Some(Links {
        field,
        table: table_name_of_links(resource, field),
        tenant: resource.tenant().map(|tenant| tenant_column(&tenant.name, &owner, &key)),
        key,
        owner,
        target,
    })
}

/// What a list of references refers to; nothing for other fields.
pub(super) fn listed(ir: &Ir, field: &Field) -> Option<ResourceId> {
    let TypeKind::List { item, .. } = ir.resolve(&field.ty).0 else { return None };
    match ir.resolve(item).0 {
        TypeKind::Ref(target) => Some(*target),
        _ => None,
    }
}

/// The tenant under its own name, unless another column has that.
fn tenant_column(own: &str, owner: &[String], key: &str) -> String {
    let mut name = own.to_owned();
    while name == POSITION || name == key || owner.contains(&name) {
        name = format!("tenant_{name}");
    }
    name
}

/// The columns of the own key with the parents', the own one under the name that a child would give it.
fn owner(resource: &Resource) -> Vec<String> {
    let own = resource.key().map(|key| key.name.as_str());
    let columns = own_key(resource).into_iter();
    columns
        .map(|name| if Some(name) == own { format!("{}_id", resource.snake) } else { name.to_owned() })
        .collect()
}

/// The resources in another one that something refers to by their own key alone, which is unique because of that.
pub fn referred(ir: &Ir) -> BTreeSet<ResourceId> {
    let mut found = BTreeSet::new();
    for resource in ir.resources.values() {
        found.extend(links(ir, resource).into_iter().map(|links| links.target));
        found.extend(columns(ir, resource).iter().filter_map(|column| match column.kind {
            ColumnKind::Reference(to) if column.field.managed != Some(Managed::Parent) => Some(to),
            _ => None,
        }));
    }
    found.retain(|id| ir.resources.get(*id).is_some_and(|resource| resource.parent.is_some()));
    found
}
