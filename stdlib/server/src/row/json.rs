//! Rows to JSON bytes, without anything between.

use atlas9_descriptor::{Field, Scalar, Type};

use super::FIRST;
use super::stored::{is_canonical, stored};
use crate::Principal;
use crate::plan::{Column, Plan, Shape};
use crate::store::{Cell, ColumnType, Row};
use crate::value::write::{self, View, quoted, sequence, text};
use crate::value::{Date, Timestamp, Uuid, base64_text, decimal_text, float_text};

/// Writes a row as the object that a caller may read.
pub(crate) fn write_row(
    out: &mut Vec<u8>,
    plan: &Plan,
    row: &Row,
    principal: &Principal,
) -> Result<(), sqlx::Error> {
    let writer = Writer { columns: &plan.columns, row, view: View::Caller(principal) };
    writer.object(out, plan.resource.fields, &plan.shapes)
}

struct Writer<'a> {
    columns: &'a [Column],
    row: &'a Row,
    view: View<'a>,
}

impl Writer<'_> {
    fn object(&self, out: &mut Vec<u8>, fields: &[Field], shapes: &[Shape]) -> Result<(), sqlx::Error> {
        let shown = fields.iter().zip(shapes).filter(|(field, _)| self.view.shows(field));
        let mut result = Ok(());
        sequence(
            out,
            b'{',
            shown,
            |out, (field, shape)| {
                text(out, field.wire);
                out.push(b':');
                if let Err(error) = self.field(out, shape) {
                    result = Err(error);
                }
            },
            b'}',
        );
        result
    }

    fn field(&self, out: &mut Vec<u8>, shape: &Shape) -> Result<(), sqlx::Error> {
        match shape {
            Shape::Column(index) => self.column(out, *index),
            Shape::Flat { structure, shapes, tells } => {
                let null = tells.map(|index| self.cell(index)).transpose()?;
                match null {
                    Some((_, Cell::Null)) => out.extend_from_slice(b"null"),
                    _ => self.object(out, structure.fields.get(), shapes)?,
                }
                Ok(())
            }
        }
    }

    fn cell(&self, index: usize) -> Result<(&Column, Cell<'_>), sqlx::Error> {
        let column = self.columns.get(index).ok_or(sqlx::Error::RowNotFound)?;
        Ok((column, self.row.cell(index + FIRST, column.ty)?))
    }

    fn column(&self, out: &mut Vec<u8>, index: usize) -> Result<(), sqlx::Error> {
        let (column, cell) = self.cell(index)?;
        match (&cell, column.ty) {
            (Cell::Text(json), ColumnType::Json) => {
                // SQLite gives back the bytes that were written; PostgreSQL sorts members and adds spaces.
                if matches!(self.row, Row::Sqlite(_)) && is_canonical(column.field) {
                    out.extend_from_slice(json.as_bytes());
                } else {
                    let value =
                        stored(json, column.field).map_err(|cause| sqlx::Error::Decode(cause.into()))?;
                    write::value(out, &value, column.field, self.view);
                }
            }
            _ => scalar(out, &cell, column),
        }
        Ok(())
    }
}

fn scalar(out: &mut Vec<u8>, cell: &Cell<'_>, column: &Column) {
    match cell {
        Cell::Null => out.extend_from_slice(b"null"),
        Cell::Bool(true) => out.extend_from_slice(b"true"),
        Cell::Bool(false) => out.extend_from_slice(b"false"),
        Cell::Int(number) if is_int64(column.field) => quoted(out, &number.to_string()),
        Cell::Int(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Cell::Float(number) => out.extend_from_slice(float_text(*number).as_bytes()),
        Cell::Decimal(decimal) => quoted(out, &decimal_text(*decimal)),
        Cell::Text(string) if column.ty == ColumnType::Text => text(out, string),
        Cell::Text(string) if column.ty == ColumnType::Timestamp => quoted(out, &without_zeros(string)),
        Cell::Text(string) => quoted(out, string),
        Cell::Bytes(bytes) => quoted(out, &base64_text(bytes)),
        Cell::Uuid(uuid) => uuid_text(out, uuid),
        Cell::Date(days) => quoted(out, &Date::from_days(*days).unwrap_or_default().to_string()),
        Cell::Timestamp(micros) => {
            quoted(out, &Timestamp::from_micros(*micros).unwrap_or_default().to_string())
        }
    }
}

fn uuid_text(out: &mut Vec<u8>, uuid: &Uuid) {
    quoted(out, uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
}

/// SQLite's text always has six digits of a fraction; the wire has none where they are zero.
fn without_zeros(stored: &str) -> std::borrow::Cow<'_, str> {
    match stored.strip_suffix(".000000Z") {
        Some(seconds) => format!("{seconds}Z").into(),
        None => stored.into(),
    }
}

fn is_int64(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => is_int64(&reference.key),
        ty => matches!(ty, Type::Scalar(Scalar::Int64 { .. })),
    }
}
