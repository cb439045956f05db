//! Values of unions: a member of theirs tells what they are.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A value of a union, of which only the tag has been read.
#[derive(Clone, Debug, PartialEq)]
pub struct Tagged {
    tag: String,
    value: Value,
}

impl Tagged {
    /// Reads it. The tag is the member of that name.
    ///
    /// # Errors
    /// When there is no such text.
    pub fn read<'de, D: Deserializer<'de>>(from: D, name: &'static str) -> Result<Self, D::Error> {
        let value = Value::deserialize(from)?;
        match value.get(name).and_then(Value::as_str) {
            Some(tag) => Ok(Self { tag: tag.to_owned(), value }),
            None => Err(D::Error::missing_field(name)),
        }
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// What a value with this tag holds.
    ///
    /// # Errors
    /// When it holds something else.
    pub fn held<T: DeserializeOwned, E: Error>(self) -> Result<T, E> {
        let Self { tag, value } = self;
        T::deserialize(value).map_err(|why| E::custom(format_args!("{tag}: {why}")))
    }

    /// The value as it was sent.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.value
    }
}
