//! Foreign keys, and the order of tables in which they can be made.

use atlas9_emitters_core::storage::{self, Column, ColumnKind, Links};
use atlas9_ir::{Field, Ir, Managed, OnDelete, Resource, ResourceId};

use crate::dialect::{Dialect, name, names};
use crate::table::{Constraint, Trigger};

/// A foreign key.
pub(crate) struct ForeignKey {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    pub(crate) to: ResourceId,
    to_table: String,
    to_columns: Vec<String>,
    on_delete: OnDelete,
    /// True where the first column is the tenant, which both ends share.
    pub(crate) within_tenant: bool,
}

impl ForeignKey {
    pub(crate) fn constraint(&self, dialect: Dialect) -> Constraint {
        let body = format!(
            "FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {}",
            names(&self.columns),
            name(&self.to_table),
            names(&self.to_columns),
            self.action(dialect),
        );
        Constraint::of_row(self.name.clone(), body)
    }

    /// Whoever loses a reference stays with its tenant: only the other column becomes null. PostgreSQL can say so from version 15 on;
    /// in SQLite a trigger clears it, before the end of the statement, which is when the key is looked at.
    fn action(&self, dialect: Dialect) -> String {
        match (self.on_delete, dialect) {
            (OnDelete::Restrict, _) => "RESTRICT".to_owned(),
            (OnDelete::Cascade, _) => "CASCADE".to_owned(),
            (OnDelete::Clear, Dialect::Postgres) if self.within_tenant => {
                format!("SET NULL ({})", names(self.columns.last()))
            }
            (OnDelete::Clear, Dialect::Sqlite) if self.within_tenant => "NO ACTION".to_owned(),
            (OnDelete::Clear, _) => "SET NULL".to_owned(),
        }
    }

    /// The trigger that does what the key cannot say. `table` is the one that has the key.
    pub(crate) fn trigger(&self, dialect: Dialect, table: &str) -> Option<Trigger> {
        let wanted = self.on_delete == OnDelete::Clear && self.within_tenant && dialect == Dialect::Sqlite;
        let cleared = self.columns.last().filter(|_| wanted)?;
        let same = self.columns.iter().zip(&self.to_columns);
        let same: Vec<String> =
            same.map(|(own, other)| format!("{} = OLD.{}", name(own), name(other))).collect();
        Some(Trigger {
            name: storage::clear_name(table, cleared),
            on: self.to_table.clone(),
            body: format!(
                "UPDATE {} SET {} = NULL WHERE {};",
                name(table),
                name(cleared),
                same.join(" AND ")
            ),
        })
    }
}

/// The foreign keys of a resource: to its parent first, then its references.
pub(crate) fn foreign_keys(ir: &Ir, resource: &Resource) -> Vec<ForeignKey> {
    let columns = storage::columns(ir, resource);
    let references = columns.iter().filter_map(|column| match column.kind {
        ColumnKind::Reference(to) if column.field.managed != Some(Managed::Parent) => {
            Some(reference(ir, resource, column, to))
        }
        _ => None,
    });
    parent(ir, resource).into_iter().chain(references).collect()
}

/// To the parent's whole key, which holds the grandparents' too.
fn parent(ir: &Ir, resource: &Resource) -> Option<ForeignKey> {
    let to = resource.parent?;
    let target = &ir.resources[to];
    let held = || resource.fields.iter().filter(|field| field.managed == Some(Managed::Parent));
    let direct = held().next_back()?;
    let tenant = shared_tenant(resource, target);
    Some(ForeignKey {
        name: storage::foreign_key_name(&resource.plural, &direct.name),
        within_tenant: tenant.is_some(),
        columns: tenant.into_iter().chain(held()).map(|field| field.name.clone()).collect(),
        to,
        to_table: target.plural.clone(),
        to_columns: storage::primary_key(target).into_iter().map(str::to_owned).collect(),
        on_delete: storage::on_parent_delete(resource, direct),
    })
}

fn reference(ir: &Ir, resource: &Resource, column: &Column<'_>, to: ResourceId) -> ForeignKey {
    let target = &ir.resources[to];
    let tenant = shared_tenant(resource, target);
    ForeignKey {
        name: storage::foreign_key_name(&resource.plural, &column.name),
        within_tenant: tenant.is_some(),
        columns: tenant.map(|field| &field.name).into_iter().chain([&column.name]).cloned().collect(),
        to,
        to_table: target.plural.clone(),
        to_columns: by_own_key(target),
        on_delete: column.field.on_delete.unwrap_or(OnDelete::Restrict),
    }
}

/// The tenant of a row that refers to one of the same tenant; nothing where the other one is shared.
fn shared_tenant<'r>(resource: &'r Resource, target: &Resource) -> Option<&'r Field> {
    target.tenant().and_then(|_| resource.tenant())
}

/// The columns by which others refer to a row: its own key, behind its tenant.
fn by_own_key(target: &Resource) -> Vec<String> {
    target.tenant().into_iter().chain(target.key()).map(|field| field.name.clone()).collect()
}

/// The foreign keys of a table behind a list of references: to the row that holds the list, with which its links go, and
/// to what the list refers to.
pub(crate) fn of_links(ir: &Ir, resource: &Resource, id: ResourceId, links: &Links<'_>) -> [ForeignKey; 2] {
    let target = &ir.resources[links.target];
    let own = links.owner.last().or(links.tenant.as_ref()).map(String::as_str).unwrap_or_default();
    let within = links.tenant.as_ref().filter(|_| target.tenant().is_some());
    let owner = ForeignKey {
        name: storage::foreign_key_name(&links.table, own),
        within_tenant: links.tenant.is_some(),
        columns: links.tenant.iter().chain(&links.owner).cloned().collect(),
        to: id,
        to_table: resource.plural.clone(),
        to_columns: storage::primary_key(resource).into_iter().map(str::to_owned).collect(),
        on_delete: OnDelete::Cascade,
    };
    let listed = ForeignKey {
        name: storage::foreign_key_name(&links.table, &links.key),
        within_tenant: within.is_some(),
        columns: within.into_iter().chain([&links.key]).cloned().collect(),
        to: links.target,
        to_table: target.plural.clone(),
        to_columns: by_own_key(target),
        // A list has no null to put in the place of a key: what is cleared is the link.
        on_delete: match links.field.on_delete {
            Some(OnDelete::Cascade | OnDelete::Clear) => OnDelete::Cascade,
            Some(OnDelete::Restrict) | None => OnDelete::Restrict,
        },
    };
    [owner, listed]
}

/// The resources, each behind those it refers to; where they form a circle, the first one in the schema's order waits for
/// the others. `keys` are the foreign keys of each resource by its index.
pub(crate) fn order(keys: &[Vec<ForeignKey>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(keys.len());
    let mut entered = vec![false; keys.len()];
    for first in 0..keys.len() {
        // A stack of its own: a chain of references can be as long as the schema.
        let mut open: Vec<(usize, usize)> = Vec::new();
        enter(first, &mut entered, &mut open);
        while let Some((at, next)) = open.pop() {
            match keys.get(at).and_then(|keys| keys.get(next)) {
                Some(key) => {
                    open.push((at, next + 1));
                    enter(key.to.index(), &mut entered, &mut open);
                }
                None => order.push(at),
            }
        }
    }
    order
}

fn enter(index: usize, entered: &mut [bool], open: &mut Vec<(usize, usize)>) {
    if let Some(seen) = entered.get_mut(index).filter(|seen| !**seen) {
        *seen = true;
        open.push((index, 0));
    }
}
