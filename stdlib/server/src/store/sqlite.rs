//! Reading and binding in SQLite.

use sqlx::error::BoxDynError;
use sqlx::sqlite::{SqliteArguments, SqliteRow, SqliteValueRef};
use sqlx::{Arguments, Decode, Row as _, Sqlite, ValueRef};

use super::{Bind, Cell, ColumnType};
use crate::value::unscaled;

pub(super) fn cell(row: &SqliteRow, index: usize, column: ColumnType) -> Result<Cell<'_>, sqlx::Error> {
    let value = row.try_get_raw(index)?;
    if value.is_null() {
        return Ok(Cell::Null);
    }
    decode(value, column).map_err(|source| sqlx::Error::ColumnDecode { index: index.to_string(), source })
}

fn decode(value: SqliteValueRef<'_>, column: ColumnType) -> Result<Cell<'_>, BoxDynError> {
    Ok(match column {
        ColumnType::Bool => Cell::Bool(integer(value)? != 0),
        ColumnType::Int => Cell::Int(integer(value)?),
        ColumnType::Float => Cell::Float(<f64 as Decode<Sqlite>>::decode(value)?),
        ColumnType::Decimal(scale) => Cell::Decimal(unscaled(integer(value)?, scale)),
        ColumnType::Bytes => Cell::Bytes(<&[u8] as Decode<Sqlite>>::decode(value)?),
        ColumnType::Text | ColumnType::Uuid | ColumnType::Date | ColumnType::Timestamp | ColumnType::Json => {
            Cell::Text(<&str as Decode<Sqlite>>::decode(value)?)
        }
    })
}

fn integer(value: SqliteValueRef<'_>) -> Result<i64, BoxDynError> {
    <i64 as Decode<Sqlite>>::decode(value)
}

pub(super) fn arguments(binds: Vec<Bind>) -> Result<SqliteArguments, sqlx::Error> {
    let mut arguments = SqliteArguments::default();
    for bind in binds {
        add(&mut arguments, bind).map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

fn add(to: &mut SqliteArguments, bind: Bind) -> Result<(), BoxDynError> {
    match bind {
        Bind::Null(_) => Arguments::add(to, None::<i64>),
        Bind::Bool(value) => Arguments::add(to, value),
        Bind::Int(value) => Arguments::add(to, value),
        Bind::Float(value) => Arguments::add(to, value),
        Bind::Decimal(value, scale) => {
            Arguments::add(to, Bind::scaled(value, scale).ok_or("a decimal has too many digits")?)
        }
        Bind::Text(value) => Arguments::add(to, value),
        Bind::Bytes(value) => Arguments::add(to, value),
        Bind::Uuid(value) => Arguments::add(to, value.to_string()),
        Bind::Date(value) => Arguments::add(to, value.to_string()),
        Bind::Timestamp(value) => Arguments::add(to, value.stored()),
    }
}
