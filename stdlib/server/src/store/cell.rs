//! Rows, and single values in them.

use atlas9_descriptor::{Scalar, Type};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use super::{Dialect, postgres, sqlite};
use crate::value::{Decimal, Uuid};

/// What a column holds, as far as reading and binding differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnType {
    Bool,
    Int,
    Float,
    /// With so many digits after the point.
    Decimal(u8),
    Text,
    Bytes,
    Uuid,
    Date,
    Timestamp,
    Json,
}

impl ColumnType {
    /// The column of a type that is stored in a column of its own.
    pub(crate) fn of(ty: &Type) -> ColumnType {
        match ty {
            Type::Scalar(scalar) => ColumnType::of_scalar(scalar),
            Type::Enum(_) => ColumnType::Text,
            Type::Reference(reference) => ColumnType::of(&reference.key),
            Type::Structure(_) | Type::Union(_) | Type::List { .. } | Type::Map { .. } => ColumnType::Json,
        }
    }

    fn of_scalar(scalar: &Scalar) -> ColumnType {
        match scalar {
            Scalar::Bool => ColumnType::Bool,
            Scalar::Int32 { .. } | Scalar::Int { .. } | Scalar::Int64 { .. } => ColumnType::Int,
            Scalar::Float64 { .. } => ColumnType::Float,
            Scalar::Decimal { scale, .. } => ColumnType::Decimal(*scale),
            Scalar::String { .. } | Scalar::Duration => ColumnType::Text,
            Scalar::Bytes { .. } => ColumnType::Bytes,
            Scalar::Uuid => ColumnType::Uuid,
            Scalar::Date => ColumnType::Date,
            Scalar::Timestamp => ColumnType::Timestamp,
            Scalar::Json => ColumnType::Json,
        }
    }

    /// What stands behind a placeholder so that PostgreSQL takes text as JSON.
    pub(crate) fn cast(self, dialect: Dialect) -> &'static str {
        match (self, dialect) {
            (ColumnType::Json, Dialect::Postgres) => "::jsonb",
            _ => "",
        }
    }

    /// What stands behind a text column so that both databases order it by code points.
    pub(crate) fn collation(self, dialect: Dialect) -> &'static str {
        match (self, dialect) {
            (ColumnType::Text, Dialect::Postgres) => " COLLATE \"C\"",
            _ => "",
        }
    }
}

/// A row as the driver gives it.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// A value of a row. What a database stores as the text that JSON has too is `Plain`.
#[derive(Debug)]
pub(crate) enum Cell<'r> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Decimal(Decimal),
    Text(&'r str),
    Bytes(&'r [u8]),
    Uuid(Uuid),
    /// Days since 1970 began.
    Date(i64),
    /// Microseconds since 1970 began.
    Timestamp(i64),
}

impl Row {
    /// The value in a column.
    ///
    /// # Errors
    /// When the column holds something else: the database does not have the schema of the service.
    pub(crate) fn cell(&self, index: usize, column: ColumnType) -> Result<Cell<'_>, sqlx::Error> {
        match self {
            Row::Sqlite(row) => sqlite::cell(row, index, column),
            Row::Postgres(row) => postgres::cell(row, index, column),
        }
    }

    /// A whole number that is never null, such as a row version or a count.
    pub(crate) fn number(&self, index: usize) -> Result<i64, sqlx::Error> {
        match self.cell(index, ColumnType::Int)? {
            Cell::Int(number) => Ok(number),
            other => Err(unexpected(index, &other)),
        }
    }

    /// True where a column holds true. SQLite says so with a number.
    pub(crate) fn truth(&self, index: usize) -> Result<bool, sqlx::Error> {
        match self.cell(index, ColumnType::Bool)? {
            Cell::Bool(truth) => Ok(truth),
            other => Err(unexpected(index, &other)),
        }
    }

    /// Text that is never null.
    pub(crate) fn text(&self, index: usize) -> Result<&str, sqlx::Error> {
        match self.cell(index, ColumnType::Text)? {
            Cell::Text(text) => Ok(text),
            other => Err(unexpected(index, &other)),
        }
    }

    /// Bytes that are never null.
    pub(crate) fn bytes(&self, index: usize) -> Result<&[u8], sqlx::Error> {
        match self.cell(index, ColumnType::Bytes)? {
            Cell::Bytes(bytes) => Ok(bytes),
            other => Err(unexpected(index, &other)),
        }
    }
}

/// A column holds another kind of value than the schema says.
pub(crate) fn unexpected(index: usize, found: &dyn std::fmt::Debug) -> sqlx::Error {
    sqlx::Error::Decode(format!("column {index} holds {found:?}").into())
}
