//! Literal values: defaults, examples, what an action sets.

use serde::{Deserialize, Serialize};

/// A value that has been checked against its type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A decimal or float as written.
    Decimal(String),
    /// Text, and whatever stands as text in JSON: uuid, date, timestamp, duration.
    String(String),
    /// A value of an enum.
    Enum(String),
    /// The current time, when the row is written.
    Now,
    /// Items.
    List(Vec<Value>),
    /// Fields by their declared name, in the type's order where it has one.
    Object(Vec<(String, Value)>),
}
