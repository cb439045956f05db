//! Who refers to a resource, and what happens to them when it goes.

use atlas9_descriptor::{Field, Links, Managed, OnDelete, Resource, Service, Store, Type};

use super::columns::quoted;
use super::keys::live;
use super::links::listed;
use super::managed;
use super::table::Table;

/// A reference from another resource.
pub(crate) struct Referrer {
    /// The declared name of the resource that refers.
    pub(crate) resource: &'static str,
    pub(crate) on_delete: OnDelete,
    /// Whether only rows are found whose list would have too few keys without this one: they keep it, unlike others, from going for
    /// ever, but not from being deleted softly, which leaves it in the list.
    pub(crate) is_needed: bool,
    /// `FROM ... WHERE` of the rows that refer, known as `r`; the conditions on its columns follow.
    pub(crate) from: String,
    /// The columns of the primary key of a row that refers.
    pub(crate) keys: Vec<String>,
    /// True for a reference that rows do not live without: in a column of theirs, restricting or cascading, or in a list that
    /// must keep it.
    pub(crate) is_vital: bool,
    /// The columns that hold the key, as they are known there, with the places in the path of the values that they must have.
    pub(crate) columns: Vec<(String, usize)>,
    /// Whether the rows belong to tenants. Those that refer to a shared row count whichever tenant they belong to.
    pub(crate) of_tenants: bool,
    /// What a row that is not deleted meets, with ` AND ` before it.
    pub(crate) live: String,
}

impl Referrer {
    /// True where the database deletes the rows that refer, or somebody has to before the other end can go.
    pub(crate) fn goes_along(&self) -> bool {
        self.is_vital && !self.is_needed
    }

    /// Finds a row that refers; the conditions on its columns follow.
    pub(crate) fn rows(&self) -> String {
        format!("SELECT 1 {}", self.from)
    }

    /// Finds a row that refers to the one with this primary key of a resource, as its columns are known there, and is another one.
    pub(crate) fn others(&self, resource: &Resource, key: &[String]) -> String {
        let refers = self
            .columns
            .iter()
            .filter_map(|(column, place)| Some(format!("{column} = {}", key.get(*place)?)));
        let refers: Vec<String> = refers.collect();
        let itself: Vec<String> =
            self.itself(resource).iter().zip(key).map(|(own, other)| format!("{own} = {other}")).collect();
        let other = match itself.as_slice() {
            [] => String::new(),
            columns => format!(" AND NOT ({})", columns.join(" AND ")),
        };
        format!("{}{}{other}", self.rows(), refers.join(" AND "))
    }

    /// The columns of the primary key of a row that refers, where it may be the very row that it refers to: that one goes with itself.
    pub(crate) fn itself(&self, resource: &Resource) -> &[String] {
        if self.resource == resource.name { &self.keys } else { &[] }
    }
}

/// The references to a resource.
pub(crate) fn referrers(service: &'static Service, target: &'static Resource) -> Vec<Referrer> {
    let mut found = Vec::new();
    for resource in service.resources {
        found.extend(child(resource, target).filter(|_| !resource.is_singleton()));
        collect(resource, resource.fields, "", target, &mut found);
    }
    found
}

/// The singletons that live in a resource, directly or further down.
pub(crate) fn parts(service: &'static Service, target: &'static Resource) -> Vec<Referrer> {
    let singletons = service.resources.iter().filter(|resource| resource.is_singleton());
    singletons.filter_map(|resource| child(resource, target)).collect()
}

/// What lives in the target, directly or further down: its rows hold the keys of all that they live in. A singleton is a part
/// of what it lives in and goes with it; the database sees to that.
fn child(resource: &'static Resource, target: &Resource) -> Option<Referrer> {
    let parents: Vec<&Field> = managed(resource.fields, Managed::Parent)
        .into_iter()
        .filter_map(|index| resource.fields.get(index))
        .collect();
    let last = parents.iter().position(|field| refers_to(field, target.name))?;
    let columns = parents.iter().take(last + 1).enumerate();
    // What lives in a resource never outlives it in silence.
    Some(referrer(
        resource,
        OnDelete::Restrict,
        columns.map(|(place, field)| (of_row(field.name), place)).collect(),
        target,
    ))
}

fn refers_to(field: &Field, name: &str) -> bool {
    matches!(field.ty, Type::Reference(reference) if reference.resource == name)
}

fn of_row(column: &str) -> String {
    format!("r.{}", quoted(column))
}

/// The rows that can refer to the target: of the same tenant, or where it is shared of all.
pub(super) fn about(table: Table, target: &Resource) -> Table {
    if target.tenant_field().is_some() { table } else { table.every() }
}

fn referrer(
    resource: &'static Resource,
    on_delete: OnDelete,
    columns: Vec<(String, usize)>,
    target: &Resource,
) -> Referrer {
    Referrer {
        resource: resource.name,
        on_delete,
        is_needed: false,
        is_vital: on_delete != OnDelete::Clear,
        of_tenants: resource.tenant_field().is_some(),
        from: format!("FROM {}", about(Table::of(resource), target).rows("r")),
        keys: owner_columns(resource).iter().map(|column| format!("r.{column}")).collect(),
        columns,
        live: live(resource, "r").map(|text| format!(" AND {text}")).unwrap_or_default(),
    }
}

fn collect(
    resource: &'static Resource,
    fields: &'static [Field],
    before: &str,
    target: &'static Resource,
    found: &mut Vec<Referrer>,
) {
    let own = managed(target.fields, Managed::Parent).len();
    for field in fields.iter().filter(|field| field.managed != Some(Managed::Parent)) {
        let column = format!("{before}{}", field.name);
        match (field.ty, field.store) {
            (Type::Reference(reference), Store::Column) if reference.resource == target.name => {
                found.push(referrer(resource, reference.on_delete, vec![(of_row(&column), own)], target));
            }
            (_, Store::Links(links)) if lists(field, target) => {
                found.push(link(resource, field, links, target));
            }
            (Type::Structure(structure), Store::Flat) => {
                collect(resource, structure.fields.get(), &format!("{column}_"), target, found);
            }
            _ => {}
        }
    }
}

/// True for a list of references to the target.
pub(super) fn lists(field: &'static Field, target: &Resource) -> bool {
    listed(&field.ty).is_some_and(|(_, reference)| reference.resource == target.name)
}

fn link(
    resource: &'static Resource,
    field: &'static Field,
    links: &Links,
    target: &'static Resource,
) -> Referrer {
    let joined = owner_columns(resource).into_iter().zip(links.owner);
    let joined: Vec<String> =
        joined.map(|(column, owner)| format!("r.{column} = l.{}", quoted(owner))).collect();
    let rows = about(Table::of(resource), target).joined("r", &joined.join(" AND "));
    let mut from = format!("FROM {}", about(Table::of_links(links), target).with_joins("l", &rows));
    let mut on_delete = listed(&field.ty).map_or(OnDelete::Restrict, |(_, reference)| reference.on_delete);
    let least = if let Type::List { min, .. } = field.ty { min } else { 0 };
    let is_needed = on_delete != OnDelete::Restrict && least > 0;
    if is_needed {
        on_delete = OnDelete::Restrict;
        from.push_str(&format!("({}) < {least} AND ", others(links, target)));
    }
    let own = managed(target.fields, Managed::Parent).len();
    let columns = vec![(format!("l.{}", quoted(links.key)), own)];
    // Where the list can do without it the key leaves the list, and the row stays.
    let is_vital = on_delete == OnDelete::Restrict;
    Referrer { from, is_needed, is_vital, ..referrer(resource, on_delete, columns, target) }
}

/// How many keys the same list has besides. Those of deleted rows do not count: a purge may take them in one go.
fn others(links: &Links, target: &'static Resource) -> String {
    let key = quoted(links.key);
    let own = target.key.and_then(|place| target.fields.get(place)).map_or("", |field| field.name);
    let same = links.owner.iter().map(|owner| format!(" AND o.{0} = l.{0}", quoted(owner)));
    let live = live(target, "k").map(|text| format!(" AND {text}")).unwrap_or_default();
    let joined = about(Table::of(target), target).joined("k", &format!("k.{} = o.{key}", quoted(own)));
    let from = about(Table::of_links(links), target).with_joins("o", &joined);
    format!("SELECT COUNT(*) FROM {from}o.{key} <> l.{key}{}{live}", same.collect::<String>())
}

/// The columns of the primary key but for the tenant, in quotes.
pub(crate) fn owner_columns(resource: &'static Resource) -> Vec<String> {
    let places = managed(resource.fields, Managed::Parent).into_iter().chain(resource.key);
    let columns: Vec<String> =
        places.filter_map(|place| resource.fields.get(place)).map(|field| quoted(field.name)).collect();
    let alone = columns.is_empty() && resource.tenant_field().is_none();
    if alone { vec![quoted("singleton")] } else { columns }
}
