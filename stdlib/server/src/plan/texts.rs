//! SQL that is the same for every request.

use std::sync::Arc;

use atlas9_descriptor::{Managed, Resource, Service};

use super::columns::{columns, quoted};
use super::keys::{Route, condition, live, there};
use super::managed;
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
    update: String,
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

    /// `UPDATE ... SET` another version; more columns can follow.
    pub(crate) fn update(&self, _: Watched) -> &str {
        &self.update
    }
}

pub(crate) fn texts(service: &'static Service, resource: &'static Resource, dialect: Dialect) -> Texts {
    let table = quoted(resource.table);
    let columns = columns(resource.fields);
    let names: Vec<&str> = columns.iter().map(|column| column.quoted.as_str()).collect();
    let selected: String = names.iter().map(|name| format!(", t.{name}")).collect();
    let values: Vec<String> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| format!("${}{}", index + 1, column.ty.cast(dialect)))
        .collect();
    let (names, values) = (names.join(", "), values.join(", "));
    let item = condition(service, resource, "t", Route::Item);
    let live = live(resource, "t").map(|text| format!(" AND {text}")).unwrap_or_default();
    let one = format!("SELECT t.row_version{selected} FROM {table} t WHERE {item}");
    let lock = if dialect == Dialect::Postgres { " FOR UPDATE OF t" } else { "" };
    let share = if dialect == Dialect::Postgres { " FOR SHARE OF t" } else { "" };
    let returned = if names.is_empty() { "row_version".to_owned() } else { format!("row_version, {names}") };
    let insert = insert(resource, &names, &values, &returned);
    Texts {
        selected: Arc::from(format!("t.row_version{selected}")),
        get: Arc::from(format!("{one}{live}")),
        get_any: Arc::from(one.as_str()),
        lock: Arc::from(format!("{one}{live}{lock}")),
        lock_any: Arc::from(format!("{one}{lock}")),
        among: Arc::from(among(service, resource, &selected)),
        insert: Arc::from(insert),
        delete: Arc::from(format!("DELETE FROM {table} AS t WHERE {item}")),
        delete_where: format!("DELETE FROM {table} AS t WHERE "),
        update: format!("UPDATE {table} AS t SET row_version = t.row_version + 1"),
        returned: Arc::from(returned),
        exists: Arc::from(format!("SELECT 1 FROM {table} t WHERE {item}{live}{share}")),
        exists_read: Arc::from(format!("SELECT 1 FROM {table} t WHERE {item}{live}")),
        item: Arc::from(item),
        collection: Arc::from(condition(service, resource, "t", Route::Collection)),
        live: Arc::from(live),
    }
}

fn among(service: &'static Service, resource: &'static Resource, selected: &str) -> String {
    let there = there(service, resource, "t");
    let there: String = there.iter().map(|condition| format!("{condition} AND ")).collect();
    format!("SELECT t.row_version{selected} FROM {} t WHERE {there}", quoted(resource.table))
}

/// A new row. That of a singleton may have been made already: then nothing happens.
fn insert(resource: &Resource, names: &str, values: &str, returned: &str) -> String {
    let table = quoted(resource.table);
    if !resource.is_singleton() {
        return format!(
            "INSERT INTO {table} (row_version, {names}) VALUES (1, {values}) RETURNING {returned}"
        );
    }
    let parents = managed(resource.fields, Managed::Parent);
    let keys: Vec<String> = parents
        .iter()
        .filter_map(|place| resource.fields.get(*place))
        .map(|field| quoted(field.name))
        .collect();
    let (column, one, key) = match keys.is_empty() {
        true => (", singleton", ", 1", "singleton".to_owned()),
        false => ("", "", keys.join(", ")),
    };
    let comma = if names.is_empty() { "" } else { ", " };
    format!(
        "INSERT INTO {table} (row_version{column}{comma}{names}) VALUES (1{one}{comma}{values}) \
         ON CONFLICT ({key}) DO NOTHING RETURNING {returned}"
    )
}
