//! Values to JSON bytes: responses, and the columns that hold JSON.

use atlas9_descriptor::{Field, Scalar, Type, Union};

use super::{Record, Value, base64_text, decimal_text, float_text};
use crate::Principal;

/// Who reads what is written.
#[derive(Clone, Copy)]
pub(crate) enum View<'a> {
    /// A caller: wire names, and only the fields that the caller may read.
    Caller(&'a Principal),
    /// The database: declared names and every field.
    Stored,
    /// A server: wire names and every field, where a test sends a request.
    Sent,
    /// The audit: declared names, and no fields whose values are nobody's business.
    Audit,
    /// Whoever an event reaches: wire names, and only the fields that every reader of the resource sees.
    Event,
}

impl View<'_> {
    /// True when the field is written.
    pub(crate) fn shows(self, field: &Field) -> bool {
        match self {
            View::Caller(principal) => field.readable() && principal.may(field.requires),
            View::Stored | View::Sent => true,
            View::Audit => field.readable() && !field.sensitive,
            View::Event => field.readable() && !field.sensitive && field.requires.is_empty(),
        }
    }

    fn name(self, field: &Field) -> &'static str {
        match self {
            View::Caller(_) | View::Sent | View::Event => field.wire,
            View::Stored | View::Audit => field.name,
        }
    }

    fn discriminator(self, union: &Union) -> &'static str {
        match self {
            View::Caller(_) | View::Sent | View::Event => union.wire,
            View::Stored | View::Audit => union.discriminator,
        }
    }
}

/// Writes a value of a type.
pub(crate) fn value(out: &mut Vec<u8>, value: &Value, ty: &Type, view: View<'_>) {
    match (ty, value) {
        (_, Value::Null) => out.extend_from_slice(b"null"),
        (Type::Reference(reference), value) => self::value(out, value, &reference.key, view),
        (Type::List { item, .. }, Value::List(items)) => {
            sequence(out, b'[', items, |out, entry| self::value(out, entry, item, view), b']');
        }
        (Type::Map { value: ty, .. }, Value::Map(entries)) => sequence(
            out,
            b'{',
            entries,
            |out, (key, entry)| {
                text(out, key);
                out.push(b':');
                self::value(out, entry, ty, view);
            },
            b'}',
        ),
        (Type::Union(union), Value::Variant(name, inner)) => variant(out, union, name, inner, view),
        (_, Value::Record(inner)) => record(out, inner, view),
        (Type::Scalar(Scalar::Int64 { .. }), Value::Int(number)) => quoted(out, &number.to_string()),
        (_, value) => scalar(out, value),
    }
}

/// Writes a union as the object of its structure, the discriminator first.
fn variant(out: &mut Vec<u8>, union: &Union, name: &str, record: &Record, view: View<'_>) {
    out.push(b'{');
    text(out, view.discriminator(union));
    out.push(b':');
    text(out, name);
    for (index, field) in record.fields().iter().enumerate().filter(|(_, field)| view.shows(field)) {
        out.push(b',');
        member(out, record, index, field, view);
    }
    out.push(b'}');
}

/// Writes a record as an object; unset fields as null.
pub(crate) fn record(out: &mut Vec<u8>, record: &Record, view: View<'_>) {
    let fields = record.fields().iter().enumerate().filter(|(_, field)| view.shows(field));
    sequence(out, b'{', fields, |out, (index, field)| member(out, record, index, field, view), b'}');
}

/// Writes `"name":value` of one field.
pub(crate) fn member(out: &mut Vec<u8>, record: &Record, index: usize, field: &Field, view: View<'_>) {
    text(out, view.name(field));
    out.push(b':');
    value(out, record.at(index).unwrap_or(&Value::Null), &field.ty, view);
}

fn scalar(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Int(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Value::Float(number) => out.extend_from_slice(float_text(*number).as_bytes()),
        Value::Text(string) => text(out, string),
        Value::Json(json) => free(out, json),
        Value::Decimal(decimal) => quoted(out, &decimal_text(*decimal)),
        Value::Bytes(bytes) => quoted(out, &base64_text(bytes)),
        Value::Uuid(_) | Value::Date(_) | Value::Timestamp(_) | Value::Duration(_) => {
            quoted(out, &value.plain());
        }
        Value::Null | Value::List(_) | Value::Map(_) | Value::Record(_) | Value::Variant(..) => {
            out.extend_from_slice(b"null")
        }
    }
}

/// Writes any JSON without spaces and with sorted keys, so that both databases give the same bytes.
pub(crate) fn free(out: &mut Vec<u8>, json: &serde_json::Value) {
    use serde_json::Value as Json;
    match json {
        Json::Array(items) => sequence(out, b'[', items, free, b']'),
        Json::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let entry = |out: &mut Vec<u8>, (key, value): (&String, &Json)| {
                text(out, key);
                out.push(b':');
                free(out, value);
            };
            sequence(out, b'{', entries, entry, b'}');
        }
        Json::String(string) => text(out, string),
        Json::Null | Json::Bool(_) | Json::Number(_) => out.extend_from_slice(json.to_string().as_bytes()),
    }
}

/// Writes a string with its quotes and escapes.
pub(crate) fn text(out: &mut Vec<u8>, string: &str) {
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(out, string);
}

/// Writes a string that has nothing to escape.
pub(crate) fn quoted(out: &mut Vec<u8>, string: &str) {
    out.push(b'"');
    out.extend_from_slice(string.as_bytes());
    out.push(b'"');
}

/// Writes what stands between brackets, with commas.
pub(crate) fn sequence<T>(
    out: &mut Vec<u8>,
    open: u8,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut Vec<u8>, T),
    close: u8,
) {
    out.push(open);
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(out, item);
    }
    out.push(close);
}
