//! Rows, and single values in them.

use atlas9_descriptor::{Scalar, Type};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use super::{Dialect, postgres, sqlite};
use crate::value::{Decimal, Timestamp, Uuid};

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

    /// Text, or nothing.
    pub(crate) fn optional_text(&self, index: usize) -> Result<Option<String>, sqlx::Error> {
        match self.cell(index, ColumnType::Text)? {
            Cell::Null => Ok(None),
            Cell::Text(text) => Ok(Some(text.to_owned())),
            other => Err(unexpected(index, &other)),
        }
    }

    /// A whole number, or nothing.
    pub(crate) fn optional_number(&self, index: usize) -> Result<Option<i64>, sqlx::Error> {
        match self.cell(index, ColumnType::Int)? {
            Cell::Null => Ok(None),
            Cell::Int(number) => Ok(Some(number)),
            other => Err(unexpected(index, &other)),
        }
    }

    /// A UUID that is never null.
    pub(crate) fn uuid(&self, index: usize) -> Result<Uuid, sqlx::Error> {
        match self.cell(index, ColumnType::Uuid)? {
            Cell::Uuid(uuid) => Ok(uuid),
            Cell::Text(text) => text.parse().map_err(|_| unexpected(index, &text)),
            other => Err(unexpected(index, &other)),
        }
    }

    /// A time that is never null.
    pub(crate) fn timestamp(&self, index: usize) -> Result<Timestamp, sqlx::Error> {
        let cell = self.cell(index, ColumnType::Timestamp)?;
        let time = match &cell {
            Cell::Timestamp(micros) => Timestamp::from_micros(*micros),
            Cell::Text(text) => text.parse().ok(),
            _ => None,
        };
        time.ok_or_else(|| unexpected(index, &cell))
    }

    /// JSON; null where there is none.
    pub(crate) fn json(&self, index: usize) -> Result<serde_json::Value, sqlx::Error> {
        match self.cell(index, ColumnType::Json)? {
            Cell::Null => Ok(serde_json::Value::Null),
            Cell::Text(text) => parsed(text),
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

/// JSON that the server itself has written.
pub(crate) fn parsed(text: &str) -> Result<serde_json::Value, sqlx::Error> {
    serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// A column holds another kind of value than the schema says.
pub(crate) fn unexpected(index: usize, found: &dyn std::fmt::Debug) -> sqlx::Error {
    sqlx::Error::Decode(format!("column {index} holds {found:?}").into())
}
