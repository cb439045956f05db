//! Rows to JSON bytes, without anything between.

use atlas9_descriptor::{Field, Scalar, Type};

use super::FIRST;
use super::links::field_value;
use super::stored::{is_canonical, stored};
use crate::operation::expand::Embedded;
use crate::plan::{Column, LinksPlan, Plan, Shape};
use crate::store::{Cell, ColumnType, Row};
use crate::value::write::{self, View, quoted, sequence, text};
use crate::value::{Date, Timestamp, Uuid, base64_text, decimal_text, float_text};
use crate::{Principal, Record, Value};

/// How a resource is shown: what is not in its row, and which fields.
#[derive(Clone, Copy, Default)]
pub(crate) struct Showing<'a> {
    /// Its lists of references, in the order of the resource's.
    pub(crate) links: &'a [Value],
    /// What its references lead to.
    pub(crate) embedded: &'a [Embedded],
    /// The places of the fields that were asked for; nothing where all are.
    pub(crate) only: Option<&'a [usize]>,
}

impl Showing<'_> {
    fn asks(&self, place: usize) -> bool {
        self.only.is_none_or(|only| only.contains(&place))
    }
}

/// Writes a row as the object that a caller may read.
pub(crate) fn write_row(
    out: &mut Vec<u8>,
    plan: &Plan,
    row: &Row,
    principal: &Principal,
    showing: Showing<'_>,
) -> Result<(), sqlx::Error> {
    let view = View::Caller(principal);
    let writer = Writer { columns: &plan.columns, row, view, lists: &plan.links, links: showing.links };
    if showing.embedded.is_empty() && showing.only.is_none() {
        return writer.object(out, plan.resource.fields, &plan.shapes);
    }
    let value = |place: usize| match plan.shapes.get(place) {
        Some(Shape::Links(index)) => Ok(showing.links.get(*index).cloned().unwrap_or(Value::Null)),
        _ => field_value(plan, row, place),
    };
    let write = |out: &mut Vec<u8>, place: usize| match plan.shapes.get(place) {
        Some(shape) => writer.field(out, shape),
        None => Ok(()),
    };
    chosen(out, plan.resource.fields, view, showing, write, value)
}

/// Writes a record of a resource as the object that a caller may read.
pub(crate) fn write_record(
    out: &mut Vec<u8>,
    record: &Record,
    principal: &Principal,
    showing: Showing<'_>,
) -> Result<(), sqlx::Error> {
    let view = View::Caller(principal);
    let null = Value::Null;
    let at = |place: usize| record.at(place).unwrap_or(&null);
    let write = |out: &mut Vec<u8>, place: usize| {
        if let Some(field) = record.fields().get(place) {
            write::value(out, at(place), &field.ty, view);
        }
        Ok(())
    };
    chosen(out, record.fields(), view, showing, write, |place| Ok(at(place).clone()))
}

/// An object of the fields that were asked for. What a reference leads to stands behind it, or where it would stand.
fn chosen(
    out: &mut Vec<u8>,
    fields: &[Field],
    view: View<'_>,
    showing: Showing<'_>,
    write: impl Fn(&mut Vec<u8>, usize) -> Result<(), sqlx::Error>,
    value: impl Fn(usize) -> Result<Value, sqlx::Error>,
) -> Result<(), sqlx::Error> {
    out.push(b'{');
    let mut first = true;
    let mut name = |out: &mut Vec<u8>, name: &str| {
        if !std::mem::take(&mut first) {
            out.push(b',');
        }
        text(out, name);
        out.push(b':');
    };
    for (place, field) in fields.iter().enumerate().filter(|(_, field)| view.shows(field)) {
        if showing.asks(place) {
            name(out, field.wire);
            write(out, place)?;
        }
        if let Some(embedded) = showing.embedded.iter().find(|embedded| embedded.field == place) {
            name(out, embedded.name);
            embedded.write(out, &value(place)?);
        }
    }
    out.push(b'}');
    Ok(())
}

struct Writer<'a> {
    columns: &'a [Column],
    row: &'a Row,
    view: View<'a>,
    lists: &'a [LinksPlan],
    links: &'a [Value],
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
            Shape::Links(index) => {
                if let (Some(plan), Some(Value::List(keys))) =
                    (self.lists.get(*index), self.links.get(*index))
                {
                    let key = |out: &mut Vec<u8>, key: &Value| write::value(out, key, plan.ty, self.view);
                    sequence(out, b'[', keys, key, b']');
                } else {
                    out.extend_from_slice(b"[]");
                }
                Ok(())
            }
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
