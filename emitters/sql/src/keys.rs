//! Foreign keys, and the order of tables in which they can be made.

use atlas9_emitters_core::storage::{self, Column, ColumnKind, Links};
use atlas9_ir::{Ir, Managed, OnDelete, Resource, ResourceId};

use crate::dialect::{name, names};
use crate::table::Constraint;

/// A foreign key.
pub(crate) struct ForeignKey {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    pub(crate) to: ResourceId,
    to_table: String,
    to_columns: Vec<String>,
    on_delete: OnDelete,
}

impl ForeignKey {
    pub(crate) fn constraint(&self) -> Constraint {
        let action = match self.on_delete {
            OnDelete::Restrict => "RESTRICT",
            OnDelete::Cascade => "CASCADE",
            OnDelete::Clear => "SET NULL",
        };
        let body = format!(
            "FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {action}",
            names(&self.columns),
            name(&self.to_table),
            names(&self.to_columns),
        );
        Constraint::of_row(self.name.clone(), body)
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
    Some(ForeignKey {
        name: storage::foreign_key_name(&resource.plural, &direct.name),
        columns: held().map(|field| field.name.clone()).collect(),
        to,
        to_table: target.plural.clone(),
        to_columns: storage::primary_key(target).into_iter().map(str::to_owned).collect(),
        on_delete: storage::on_parent_delete(resource, direct),
    })
}

fn reference(ir: &Ir, resource: &Resource, column: &Column<'_>, to: ResourceId) -> ForeignKey {
    let target = &ir.resources[to];
    ForeignKey {
        name: storage::foreign_key_name(&resource.plural, &column.name),
        columns: vec![column.name.clone()],
        to,
        to_table: target.plural.clone(),
        to_columns: target.key().map(|key| key.name.clone()).into_iter().collect(),
        on_delete: column.field.on_delete.unwrap_or(OnDelete::Restrict),
    }
}

/// The foreign keys of a table behind a list of references: to the row that holds the list, with which its links go, and
/// to what the list refers to.
pub(crate) fn of_links(ir: &Ir, resource: &Resource, id: ResourceId, links: &Links<'_>) -> [ForeignKey; 2] {
    let target = &ir.resources[links.target];
    let own = links.owner.last().map(String::as_str).unwrap_or_default();
    let owner = ForeignKey {
        name: storage::foreign_key_name(&links.table, own),
        columns: links.owner.clone(),
        to: id,
        to_table: resource.plural.clone(),
        to_columns: storage::primary_key(resource).into_iter().map(str::to_owned).collect(),
        on_delete: OnDelete::Cascade,
    };
    let listed = ForeignKey {
        name: storage::foreign_key_name(&links.table, &links.key),
        columns: vec![links.key.clone()],
        to: links.target,
        to_table: target.plural.clone(),
        to_columns: target.key().map(|key| key.name.clone()).into_iter().collect(),
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
