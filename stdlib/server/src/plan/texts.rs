//! SQL that is the same for every request.

use std::sync::Arc;

use atlas9_descriptor::{Resource, Service};

use super::columns::{columns, quoted};
use super::keys::{Route, condition, live};
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
    /// A new row: every column is bound.
    pub(crate) insert: Arc<str>,
    /// Removes one row by its path.
    pub(crate) delete: Arc<str>,
    /// What leads to one row, for UPDATE.
    pub(crate) item: Arc<str>,
    /// What leads to the rows of a collection.
    pub(crate) collection: Arc<str>,
    /// That a row is not deleted, with ` AND ` before it; empty where nothing is ever soft-deleted.
    pub(crate) live: Arc<str>,
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
    let returned = format!("row_version, {names}");
    let insert =
        format!("INSERT INTO {table} (row_version, {names}) VALUES (1, {values}) RETURNING {returned}");
    Texts {
        selected: Arc::from(format!("t.row_version{selected}")),
        get: Arc::from(format!("{one}{live}")),
        get_any: Arc::from(one.as_str()),
        lock: Arc::from(format!("{one}{live}{lock}")),
        lock_any: Arc::from(format!("{one}{lock}")),
        insert: Arc::from(insert),
        delete: Arc::from(format!("DELETE FROM {table} AS t WHERE {item}")),
        returned: Arc::from(returned),
        exists: Arc::from(format!("SELECT 1 FROM {table} t WHERE {item}{live}{share}")),
        exists_read: Arc::from(format!("SELECT 1 FROM {table} t WHERE {item}{live}")),
        item: Arc::from(item),
        collection: Arc::from(condition(service, resource, "t", Route::Collection)),
        live: Arc::from(live),
    }
}
