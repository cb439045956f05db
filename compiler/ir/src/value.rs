//! Literal values: defaults, examples, what an action sets.

use serde::{Deserialize, Serialize};

/// A value that has been checked against its type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number; text in JSON, where many a reader would round it.
    Int(
        #[serde(with = "number")]
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        i64,
    ),
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

mod number {
    //! A whole number as decimal text.

    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub fn serialize<S: Serializer>(number: &i64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(number)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::custom(format!("`{text}` is not a whole number")))
    }
}
