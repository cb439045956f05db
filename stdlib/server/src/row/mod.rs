//! Between rows of the database and JSON or records. A response is written straight from the row.

mod bind;
mod json;
mod links;
mod neutral;
mod record;
pub(crate) mod stored;

pub(crate) use bind::{column_bind, insert_binds, value_at};
pub(crate) use json::{Showing, write_record, write_row};
pub(crate) use links::{field_value, read_links};
pub(crate) use record::{cell_value, read_row};
pub(crate) use stored::answered;

use crate::store::Row;

/// The first column of every row is `row_version`.
pub(crate) const VERSION: usize = 0;
/// The first column that a field is in.
pub(crate) const FIRST: usize = 1;

/// The row's version, from which its entity tag is made.
pub(crate) fn version(row: &Row) -> Result<i64, sqlx::Error> {
    row.number(VERSION)
}
