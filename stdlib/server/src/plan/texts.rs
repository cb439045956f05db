//! SQL that is the same for every request.

use std::sync::Arc;

use atlas9_descriptor::{Managed, Resource, Service};

use super::columns::{Column, columns, quoted};
use super::keys::{Route, condition, live, there};
use super::managed;
use super::table::Table;
use crate::audit::Watched;
use crate::store::Dialect;

/// The SQL of a resource. Its table is known as `t`; the first column of every row is `row_version`, then come the columns
/// in their order; the values of the path are bound first.
pub(crate) struct Texts {
    /// `row_version` and every column.
    pub(crate) selected: Arc<str>,
    /// The same without an alias, for RETURNING.
    pub(crate) returned: Arc<str>,
    /// One row that is not deleted.
    pub(crate) get: Arc<str>,
    /// One row, deleted or not.
    pub(crate) get_any: Arc<str>,
    /// One row that is not deleted, locked until the transaction ends.
    pub(crate) lock: Arc<str>,
    /// One row, deleted or not, locked.
    pub(crate) lock_any: Arc<str>,
    /// Finds something where there is such a row that is not deleted, and keeps it so until the transaction ends.
    pub(crate) exists: Arc<str>,
    /// The same without keeping it so.
    pub(crate) exists_read: Arc<str>,
    insert: Arc<str>,
    /// The rows that are there for those who look, by their own keys alone, which have to follow.
    pub(crate) among: Arc<str>,
    delete: Arc<str>,
    delete_where: String,
    /// What leads to one row, for UPDATE.
    pub(crate) item: Arc<str>,
    /// What leads to the rows of a collection.
    pub(crate) collection: Arc<str>,
    /// That a row is not deleted, with ` AND ` before it; empty where nothing is ever soft-deleted.
    pub(crate) live: Arc<str>,
}

/// What changes rows is for who watches them.
impl Texts {
    /// A new row: every column is bound.
    pub(crate) fn insert(&self, _: Watched) -> &Arc<str> {
        &self.insert
    }

    /// Removes one row by its path.
    pub(crate) fn delete(&self, _: Watched) -> &Arc<str> {
        &self.delete
    }

    /// `DELETE FROM ... WHERE `
    pub(crate) fn delete_where(&self, _: Watched) -> &str {
        &self.delete_where
    }
}

pub(crate) fn texts(service: &'static Service, resource: &'static Resource, dialect: Dialect) -> Texts {
    let table = Table::of(resource);
    let columns = columns(resource.fields);
    let selected: String = columns.iter().map(|column| format!(", t.{}", column.quoted)).collect();
    let item = condition(service, resource, "t", Route::Item);
    let live = live(resource, "t").map(|text| format!(" AND {text}")).unwrap_or_default();
    let from = table.rows("t");
    let one = format!("SELECT t.row_version{selected} FROM {from}{item}");
    let lock = if dialect == Dialect::Postgres { " FOR UPDATE OF t" } else { "" };
    let share = if dialect == Dialect::Postgres { " FOR SHARE OF t" } else { "" };
    let returned: String = columns.iter().map(|column| format!(", {}", column.quoted)).collect();
    let returned = format!("row_version{returned}");
    Texts {
        selected: Arc::from(format!("t.row_version{selected}")),
        get: Arc::from(format!("{one}{live}")),
        get_any: Arc::from(one.as_str()),
        lock: Arc::from(format!("{one}{live}{lock}")),
        lock_any: Arc::from(format!("{one}{lock}")),
        among: Arc::from(among(service, resource, &selected)),
        insert: Arc::from(insert(resource, &table, &columns, (dialect, &returned))),
        delete: Arc::from(format!("{}{item}", table.delete("t"))),
        delete_where: table.delete("t"),
        returned: Arc::from(returned),
        exists: Arc::from(format!("SELECT 1 FROM {from}{item}{live}{share}")),
        exists_read: Arc::from(format!("SELECT 1 FROM {from}{item}{live}")),
        item: Arc::from(item),
        collection: Arc::from(condition(service, resource, "t", Route::Collection)),
        live: Arc::from(live),
    }
}

fn among(service: &'static Service, resource: &'static Resource, selected: &str) -> String {
    let there = there(service, resource, "t");
    let there: String = there.iter().map(|condition| format!("{condition} AND ")).collect();
    format!("SELECT t.row_version{selected} FROM {}{there}", Table::of(resource).rows("t"))
}

/// A new row, whose version is bound behind its columns. That of a singleton may have been made already: then nothing happens.
fn insert(
    resource: &Resource,
    table: &Table,
    columns: &[Column],
    (dialect, returned): (Dialect, &str),
) -> String {
    let given: Vec<&Column> = columns.iter().filter(|column| !column.tenant).collect();
    let names: String = given.iter().map(|column| format!(", {}", column.quoted)).collect();
    let values = given.iter().enumerate();
    let values: String =
        values.map(|(index, column)| format!(", ${}{}", index + 1, column.ty.cast(dialect))).collect();
    let version = format!("${}", given.len() + 1);
    if !resource.is_singleton() {
        let begin = table.insert(&format!("row_version{names}"));
        return format!("{begin}{}{version}{values}) RETURNING {returned}", table.row());
    }
    let parents = managed(resource.fields, Managed::Parent);
    let keys: Vec<String> = parents
        .iter()
        .filter_map(|place| resource.fields.get(*place))
        .map(|field| quoted(field.name))
        .collect();
    let only = keys.is_empty() && table.tenant().is_none();
    let (column, one) = if only { (", singleton", ", 1") } else { ("", "") };
    let key = if only { "singleton".to_owned() } else { table.key(&keys) };
    let begin = table.insert(&format!("row_version{column}{names}"));
    format!(
        "{begin}{}{version}{one}{values}) ON CONFLICT ({key}) DO NOTHING RETURNING {returned}",
        table.row()
    )
}
