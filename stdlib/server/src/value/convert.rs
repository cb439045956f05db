//! Between dynamic values and the Rust types of generated code.

use std::collections::BTreeMap;
use std::fmt;

use super::{Date, Decimal, Duration, Record, Timestamp, Uuid, Value};

/// A value has another type than the code expects: the code and the descriptor do not belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    path: Vec<&'static str>,
    expected: &'static str,
    found: &'static str,
}

impl Mismatch {
    /// Expected one type, found a value of another.
    pub fn new(expected: &'static str, found: &Value) -> Mismatch {
        Mismatch { path: Vec::new(), expected, found: found.kind() }
    }

    /// A union has a variant that the code does not know, one that was removed from the schema since.
    pub fn unknown_variant(union: &'static str) -> Mismatch {
        Mismatch { path: Vec::new(), expected: union, found: "an unknown variant" }
    }

    /// The field in which it happened.
    #[must_use]
    pub fn within(mut self, field: &'static str) -> Mismatch {
        self.path.insert(0, field);
        self
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {} at `{}`, found {}", self.expected, self.path.join("."), self.found)
    }
}

impl std::error::Error for Mismatch {}

/// Made from a value.
pub trait FromValue: Sized {
    /// The value as this type.
    ///
    /// # Errors
    /// When the value has another type.
    fn from_value(value: Value) -> Result<Self, Mismatch>;
}

/// Made into a value.
pub trait IntoValue {
    /// This as a value.
    fn into_value(self) -> Value;
}

/// Made from the values of its fields. Generated structs implement it, and [`FromValue`] by it.
pub trait FromRecord: Sized {
    /// The record as this type.
    ///
    /// # Errors
    /// When a value has another type.
    fn from_record(record: Record) -> Result<Self, Mismatch>;
}

/// Made into the values of its fields.
pub trait IntoRecord {
    /// This as a record.
    fn into_record(self) -> Record;
}

impl IntoRecord for Record {
    fn into_record(self) -> Record {
        self
    }
}

/// An optional field in the body of an update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// The field stays as it is.
    #[default]
    Unset,
    /// The field becomes null.
    Null,
    /// The field gets a value.
    Set(T),
}

impl<T> Patch<T> {
    /// The new value, if the field changes: `Some(None)` clears it.
    pub fn into_option(self) -> Option<Option<T>> {
        match self {
            Patch::Unset => None,
            Patch::Null => Some(None),
            Patch::Set(value) => Some(Some(value)),
        }
    }
}

/// Bytes; a type of its own, because a `Vec<u8>` could also be a list of numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

macro_rules! scalar {
    ($type:ty, $word:literal, $pattern:pat => $from:expr, $value:ident => $into:expr) => {
        impl FromValue for $type {
            fn from_value(value: Value) -> Result<Self, Mismatch> {
                match value {
                    $pattern => Ok($from),
                    other => Err(Mismatch::new($word, &other)),
                }
            }
        }

        impl IntoValue for $type {
            fn into_value(self) -> Value {
                let $value = self;
                $into
            }
        }
    };
}

scalar!(bool, "bool", Value::Bool(value) => value, value => Value::Bool(value));
scalar!(i64, "int", Value::Int(value) => value, value => Value::Int(value));
scalar!(f64, "float", Value::Float(value) => value, value => Value::Float(value));
scalar!(Decimal, "decimal", Value::Decimal(value) => value, value => Value::Decimal(value));
scalar!(String, "text", Value::Text(value) => value, value => Value::Text(value));
scalar!(Bytes, "bytes", Value::Bytes(value) => Bytes(value), value => Value::Bytes(value.0));
scalar!(Uuid, "uuid", Value::Uuid(value) => value, value => Value::Uuid(value));
scalar!(Date, "date", Value::Date(value) => value, value => Value::Date(value));
scalar!(Timestamp, "timestamp", Value::Timestamp(value) => value, value => Value::Timestamp(value));
scalar!(Duration, "duration", Value::Duration(value) => value, value => Value::Duration(value));
scalar!(serde_json::Value, "json", Value::Json(value) => value, value => Value::Json(value));
scalar!(Record, "record", Value::Record(value) => value, value => Value::Record(value));

impl FromValue for i32 {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Int(number) => i32::try_from(number).map_err(|_| Mismatch::new("int32", &value)),
            other => Err(Mismatch::new("int32", &other)),
        }
    }
}

impl IntoValue for i32 {
    fn into_value(self) -> Value {
        Value::Int(i64::from(self))
    }
}

impl IntoValue for &str {
    fn into_value(self) -> Value {
        Value::Text(self.to_owned())
    }
}

impl FromValue for Value {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        Ok(value)
    }
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        if value.is_null() { Ok(None) } else { T::from_value(value).map(Some) }
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, IntoValue::into_value)
    }
}

impl<T: FromValue> FromValue for Box<T> {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        T::from_value(value).map(Box::new)
    }
}

impl<T: IntoValue> IntoValue for Box<T> {
    fn into_value(self) -> Value {
        (*self).into_value()
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::List(items) => items.into_iter().map(T::from_value).collect(),
            other => Err(Mismatch::new("list", &other)),
        }
    }
}

impl<T: IntoValue> IntoValue for Vec<T> {
    fn into_value(self) -> Value {
        Value::List(self.into_iter().map(IntoValue::into_value).collect())
    }
}

impl<T: FromValue> FromValue for BTreeMap<String, T> {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Map(entries) => {
                entries.into_iter().map(|(key, value)| Ok((key, T::from_value(value)?))).collect()
            }
            other => Err(Mismatch::new("map", &other)),
        }
    }
}

impl<T: IntoValue> IntoValue for BTreeMap<String, T> {
    fn into_value(self) -> Value {
        Value::Map(self.into_iter().map(|(key, value)| (key, value.into_value())).collect())
    }
}
