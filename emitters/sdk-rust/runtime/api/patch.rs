//! Values that a request may leave out, and that may be null.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Left out, null, or a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Left out: in an update it stays as it is.
    #[default]
    Unset,
    /// Null: in an update it clears what is there.
    Null,
    /// A value.
    Value(T),
}

impl<T> Patch<T> {
    /// True where it is left out.
    pub fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    /// True where it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, where there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unset | Self::Null => None,
        }
    }

    /// A reference to the value, where there is one.
    pub fn as_value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unset | Self::Null => None,
        }
    }

    /// The same with what a function makes of the value.
    pub fn map<U>(self, made: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Unset => Patch::Unset,
            Self::Null => Patch::Null,
            Self::Value(value) => Patch::Value(made(value)),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}
