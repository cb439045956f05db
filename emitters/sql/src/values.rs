//! Values of the schema as SQL literals.

use atlas9_emitters_core::json::{Names, json};
use atlas9_emitters_core::storage::{Column, ColumnKind, key_scalar};
use atlas9_ir::{Ir, Scalar, Value};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::dialect::Dialect;
use crate::number;

/// The value as it is stored in the column; nothing where SQL cannot say it.
pub(crate) fn literal(ir: &Ir, dialect: Dialect, column: &Column<'_>, value: &Value) -> Option<String> {
    let ty = &column.field.ty;
    match &column.kind {
        ColumnKind::Enum(_) => word(value).and_then(|word| dialect.text(word)),
        ColumnKind::Scalar(scalar) => scalar_literal(dialect, scalar, value),
        ColumnKind::Reference(to) => scalar_literal(dialect, key_scalar(ir, *to)?, value),
        ColumnKind::Json => {
            json(ir, ty, value, Names::Declared).and_then(|json| dialect.text(&json.to_string()))
        }
    }
}

/// The value as a scalar is stored.
pub(crate) fn scalar_literal(dialect: Dialect, scalar: &Scalar, value: &Value) -> Option<String> {
    match scalar {
        Scalar::Bool => match value {
            Value::Bool(value) => Some(dialect.bool(*value).to_owned()),
            _ => None,
        },
        Scalar::Decimal { scale, .. } if dialect == Dialect::Sqlite => {
            let units = number::scaled(&numeric(value)?, u32::from(*scale))?;
            units.exact.then(|| units.floor.to_string())
        }
        Scalar::Int32 { .. }
        | Scalar::Int { .. }
        | Scalar::Int64 { .. }
        | Scalar::Float64 { .. }
        | Scalar::Decimal { .. } => Some(number::literal(dialect, &numeric(value)?)),
        Scalar::Timestamp => match value {
            Value::Now => Some(now(dialect).to_owned()),
            _ => timestamp(dialect, word(value)?),
        },
        Scalar::Bytes { .. } => Some(dialect.bytes(&STANDARD.decode(word(value)?).ok()?)),
        Scalar::Date if *value == Value::Now => Some(today(dialect).to_owned()),
        Scalar::String { .. } | Scalar::Uuid | Scalar::Date | Scalar::Duration => dialect.text(word(value)?),
        Scalar::Json => None,
    }
}

/// The present instant in the column's form.
fn now(dialect: Dialect) -> &'static str {
    match dialect {
        // `%f` gives milliseconds, which is all that SQLite's clock has.
        Dialect::Sqlite => "(strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))",
        Dialect::Postgres => "now()",
    }
}

fn today(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "(date('now'))",
        Dialect::Postgres => "((now() AT TIME ZONE 'UTC')::date)",
    }
}

fn word(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) | Value::Enum(text) => Some(text),
        _ => None,
    }
}

fn numeric(value: &Value) -> Option<String> {
    match value {
        Value::Int(value) => Some(value.to_string()),
        Value::Decimal(text) | Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// SQLite compares the texts, so each has all six digits behind the second.
fn timestamp(dialect: Dialect, text: &str) -> Option<String> {
    let utc = text.strip_suffix('Z')?;
    let (seconds, fraction) = utc.split_once('.').unwrap_or((utc, ""));
    if fraction.len() > 6 {
        return None;
    }
    dialect.text(&format!("{seconds}.{fraction:0<6}Z"))
}
