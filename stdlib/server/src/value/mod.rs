//! Values of rows, bodies and parameters, typed by descriptors instead of by Rust.

mod convert;
mod date;
mod decimal;
mod duration;
mod id;
pub(crate) mod json;
mod record;
mod timestamp;
pub(crate) mod write;

pub use convert::{Bytes, FromRecord, FromValue, IntoRecord, IntoValue, Mismatch, Patch};
pub use date::Date;
pub(crate) use decimal::{decimal_text, parse_decimal, scaled, unscaled};
pub use duration::Duration;
pub use id::Id;
pub use record::Record;
pub use rust_decimal::Decimal;
pub use serde_json::Value as Json;
pub use timestamp::Timestamp;
pub use uuid::Uuid;

use std::collections::BTreeMap;

/// A value. Which variant a type uses is fixed: an enum's value is `Text`, a reference holds what the key of the other
/// resource holds, every whole number is an `Int`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// `bool`
    Bool(bool),
    /// `int32`, `int`, `int64`
    Int(i64),
    /// `float64`, finite
    Float(f64),
    /// `decimal`
    Decimal(Decimal),
    /// `string`, or a value of an enum
    Text(String),
    /// `bytes`
    Bytes(Vec<u8>),
    /// `uuid`
    Uuid(Uuid),
    /// `date`
    Date(Date),
    /// `timestamp`
    Timestamp(Timestamp),
    /// `duration`
    Duration(Duration),
    /// `json`
    Json(serde_json::Value),
    /// `[T]`
    List(Vec<Value>),
    /// `{string: T}`
    Map(BTreeMap<String, Value>),
    /// A structure.
    Record(Record),
    /// A union: the variant's name and its structure.
    Variant(String, Box<Record>),
}

impl Value {
    /// True for null.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// A value of a union.
    pub fn variant(name: &str, structure: impl IntoRecord) -> Value {
        Value::Variant(name.to_owned(), Box::new(structure.into_record()))
    }

    /// The variant's name and structure of a value of a union.
    ///
    /// # Errors
    /// When the value has another type.
    pub fn into_variant(self) -> Result<(String, Record), Mismatch> {
        match self {
            Value::Variant(name, record) => Ok((name, *record)),
            other => Err(Mismatch::new("variant", &other)),
        }
    }

    /// What the variant is called in messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Int(_) => "int",
            Value::Float(_) => "float",
            Value::Decimal(_) => "decimal",
            Value::Text(_) => "text",
            Value::Bytes(_) => "bytes",
            Value::Uuid(_) => "uuid",
            Value::Date(_) => "date",
            Value::Timestamp(_) => "timestamp",
            Value::Duration(_) => "duration",
            Value::Json(_) => "json",
            Value::List(_) => "list",
            Value::Map(_) => "map",
            Value::Record(_) => "record",
            Value::Variant(..) => "variant",
        }
    }

    /// The text of a scalar as it stands in a path, a query, a message: without quotes, the same that JSON has.
    /// Null is empty; what is no scalar has no such text and is empty too.
    pub fn plain(&self) -> String {
        match self {
            Value::Bool(value) => value.to_string(),
            Value::Int(value) => value.to_string(),
            Value::Float(value) => float_text(*value),
            Value::Decimal(value) => decimal_text(*value),
            Value::Text(value) => value.clone(),
            Value::Bytes(value) => base64_text(value),
            Value::Uuid(value) => value.to_string(),
            Value::Date(value) => value.to_string(),
            Value::Timestamp(value) => value.to_string(),
            Value::Duration(value) => value.to_string(),
            Value::Null
            | Value::Json(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Record(_)
            | Value::Variant(..) => String::new(),
        }
    }
}

/// A float as JSON has it.
pub(crate) fn float_text(value: f64) -> String {
    serde_json::Number::from_f64(value).map_or_else(|| "null".to_owned(), |number| number.to_string())
}

/// Bytes as JSON has them: base64 with padding (RFC 4648, section 4).
pub(crate) fn base64_text(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
