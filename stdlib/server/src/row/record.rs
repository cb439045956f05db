//! Rows to records, for code.

use atlas9_descriptor::{Field, Type};

use super::stored::stored;
use super::{FIRST, version};
use crate::plan::{Column, Plan, Shape};
use crate::store::{Cell, ColumnType, Row};
use crate::value::{Date, Timestamp};
use crate::{Record, Value};

/// The values of a row; lists of references, which are not in it, are unset.
pub(crate) fn read_row(plan: &Plan, row: &Row) -> Result<Record, sqlx::Error> {
    let record = fields(&plan.columns, row, plan.resource.fields, &plan.shapes)?;
    Ok(record.with_version(version(row)?))
}

fn fields(
    columns: &[Column],
    row: &Row,
    fields: &'static [Field],
    shapes: &[Shape],
) -> Result<Record, sqlx::Error> {
    let mut record = Record::new(fields);
    for (index, shape) in shapes.iter().enumerate() {
        if let Some(value) = field(columns, row, shape)? {
            record.put(index, value);
        }
    }
    Ok(record)
}

/// Nothing for what the row does not hold itself.
fn field(columns: &[Column], row: &Row, shape: &Shape) -> Result<Option<Value>, sqlx::Error> {
    Ok(Some(match shape {
        Shape::Links(_) => return Ok(None),
        Shape::Column(index) => column(columns, row, *index)?,
        Shape::Flat { structure, shapes, tells } => {
            if let Some(index) = tells
                && column(columns, row, *index)?.is_null()
            {
                return Ok(Some(Value::Null));
            }
            Value::Record(fields(columns, row, structure.fields.get(), shapes)?)
        }
    }))
}

fn column(columns: &[Column], row: &Row, index: usize) -> Result<Value, sqlx::Error> {
    let column = columns.get(index).ok_or(sqlx::Error::RowNotFound)?;
    cell_value(row.cell(index + FIRST, column.ty)?, column.ty, column.field)
}

/// The value that a cell of a column holds.
pub(crate) fn cell_value(cell: Cell<'_>, column: ColumnType, ty: &Type) -> Result<Value, sqlx::Error> {
    let unreadable = |what: &str| sqlx::Error::Decode(format!("cannot read {what} as {column:?}").into());
    Ok(match cell {
        Cell::Null => Value::Null,
        Cell::Bool(value) => Value::Bool(value),
        Cell::Int(value) => Value::Int(value),
        Cell::Float(value) => Value::Float(value),
        Cell::Decimal(value) => Value::Decimal(value),
        Cell::Bytes(value) => Value::Bytes(value.to_vec()),
        Cell::Uuid(value) => Value::Uuid(value),
        Cell::Date(days) => Value::Date(Date::from_days(days).ok_or_else(|| unreadable("a day"))?),
        Cell::Timestamp(micros) => {
            Value::Timestamp(Timestamp::from_micros(micros).ok_or_else(|| unreadable("an instant"))?)
        }
        Cell::Text(text) => match column {
            ColumnType::Json => stored(text, ty).map_err(|cause| sqlx::Error::Decode(cause.into()))?,
            ColumnType::Uuid => Value::Uuid(text.parse().map_err(|_| unreadable("text"))?),
            ColumnType::Date => Value::Date(text.parse().map_err(|_| unreadable("text"))?),
            ColumnType::Timestamp => Value::Timestamp(text.parse().map_err(|_| unreadable("text"))?),
            _ if is_duration(ty) => Value::Duration(text.parse().map_err(|_| unreadable("text"))?),
            _ => Value::Text(text.to_owned()),
        },
    })
}

fn is_duration(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(atlas9_descriptor::Scalar::Duration))
}
