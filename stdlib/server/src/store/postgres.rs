//! Reading and binding in PostgreSQL.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgRow, PgTypeInfo, PgValueRef};
use sqlx::{Arguments, Decode, Encode, Postgres, Row as _, Type, ValueRef};

use super::{Bind, Cell, ColumnType};
use crate::value::{Date, Decimal, Timestamp, Uuid};

/// PostgreSQL counts from 2000-01-01.
const EPOCH_DAYS: i64 = 10_957;
const EPOCH_MICROS: i64 = EPOCH_DAYS * 86_400_000_000;

pub(super) fn cell(row: &PgRow, index: usize, column: ColumnType) -> Result<Cell<'_>, sqlx::Error> {
    let value = row.try_get_raw(index)?;
    if value.is_null() {
        return Ok(Cell::Null);
    }
    decode(value, column).map_err(|source| sqlx::Error::ColumnDecode { index: index.to_string(), source })
}

/// Prepared statements answer in the binary format, which is plain enough to be read here.
fn decode(value: PgValueRef<'_>, column: ColumnType) -> Result<Cell<'_>, BoxDynError> {
    Ok(match column {
        ColumnType::Decimal(_) => Cell::Decimal(<Decimal as Decode<Postgres>>::decode(value)?),
        ColumnType::Text => Cell::Text(value.as_str()?),
        ColumnType::Bytes => Cell::Bytes(value.as_bytes()?),
        ColumnType::Uuid => Cell::Uuid(Uuid::from_slice(value.as_bytes()?)?),
        ColumnType::Bool => Cell::Bool(integer(value.as_bytes()?)? != 0),
        ColumnType::Int => Cell::Int(integer(value.as_bytes()?)?),
        ColumnType::Float => Cell::Float(f64::from_be_bytes(value.as_bytes()?.try_into()?)),
        ColumnType::Date => Cell::Date(integer(value.as_bytes()?)? + EPOCH_DAYS),
        ColumnType::Timestamp => {
            let micros = integer(value.as_bytes()?)?.checked_add(EPOCH_MICROS);
            Cell::Timestamp(micros.ok_or("an infinite timestamp")?)
        }
        ColumnType::Json => match value.as_bytes()? {
            // jsonb in binary is a version byte and text.
            [1, text @ ..] => Cell::Text(std::str::from_utf8(text)?),
            _ => return Err("jsonb of an unknown version".into()),
        },
    })
}

fn integer(bytes: &[u8]) -> Result<i64, BoxDynError> {
    match bytes.len() {
        1 => Ok(i64::from(i8::from_be_bytes(bytes.try_into()?))),
        2 => Ok(i64::from(i16::from_be_bytes(bytes.try_into()?))),
        4 => Ok(i64::from(i32::from_be_bytes(bytes.try_into()?))),
        _ => Ok(i64::from_be_bytes(bytes.try_into()?)),
    }
}

pub(super) fn arguments(binds: Vec<Bind>) -> Result<PgArguments, sqlx::Error> {
    let mut arguments = PgArguments::default();
    for bind in binds {
        add(&mut arguments, bind).map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

fn add(to: &mut PgArguments, bind: Bind) -> Result<(), BoxDynError> {
    match bind {
        Bind::Null(column) => add_null(to, column),
        Bind::Bool(value) => to.add(value),
        Bind::Int(value) => to.add(value),
        Bind::Float(value) => to.add(value),
        Bind::Decimal(value, _) => to.add(value),
        Bind::Text(value) => to.add(value),
        Bind::Bytes(value) => to.add(value),
        Bind::Uuid(value) => to.add(value),
        Bind::Date(value) => to.add(Day(value)),
        Bind::Timestamp(value) => to.add(Instant(value)),
    }
}

/// A null has the type of its column, or PostgreSQL would have to guess.
fn add_null(to: &mut PgArguments, column: ColumnType) -> Result<(), BoxDynError> {
    match column {
        ColumnType::Bool => to.add(None::<bool>),
        ColumnType::Int => to.add(None::<i64>),
        ColumnType::Float => to.add(None::<f64>),
        ColumnType::Decimal(_) => to.add(None::<Decimal>),
        ColumnType::Text | ColumnType::Json => to.add(None::<String>),
        ColumnType::Bytes => to.add(None::<Vec<u8>>),
        ColumnType::Uuid => to.add(None::<Uuid>),
        ColumnType::Date => to.add(None::<Day>),
        ColumnType::Timestamp => to.add(None::<Instant>),
    }
}

struct Day(Date);

impl Type<Postgres> for Day {
    fn type_info() -> PgTypeInfo {
        // `date` in pg_type, fixed for ever.
        PgTypeInfo::with_oid(Oid(1082))
    }
}

impl Encode<'_, Postgres> for Day {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let days = i32::try_from(self.0.days() - EPOCH_DAYS)?;
        buffer.extend_from_slice(&days.to_be_bytes());
        Ok(IsNull::No)
    }
}

struct Instant(Timestamp);

impl Type<Postgres> for Instant {
    fn type_info() -> PgTypeInfo {
        // `timestamptz` in pg_type, fixed for ever.
        PgTypeInfo::with_oid(Oid(1184))
    }
}

impl Encode<'_, Postgres> for Instant {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buffer.extend_from_slice(&(self.0.micros() - EPOCH_MICROS).to_be_bytes());
        Ok(IsNull::No)
    }
}
