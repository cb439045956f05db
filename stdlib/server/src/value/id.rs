//! Keys of resources that cannot be mistaken for one another.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use super::{FromValue, IntoValue, Mismatch, Uuid, Value};

/// The key of an `R`, which is a `K` in JSON and in the database.
pub struct Id<R, K = Uuid> {
    key: K,
    of: PhantomData<fn() -> R>,
}

impl<R, K> Id<R, K> {
    /// This key as one of an `R`.
    pub const fn new(key: K) -> Id<R, K> {
        Id { key, of: PhantomData }
    }

    /// The key itself.
    pub const fn key(&self) -> &K {
        &self.key
    }

    /// The key itself.
    pub fn into_key(self) -> K {
        self.key
    }
}

impl<R, K: FromValue> FromValue for Id<R, K> {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        K::from_value(value).map(Id::new)
    }
}

impl<R, K: IntoValue> IntoValue for Id<R, K> {
    fn into_value(self) -> Value {
        self.key.into_value()
    }
}

impl<R, K> From<K> for Id<R, K> {
    fn from(key: K) -> Id<R, K> {
        Id::new(key)
    }
}

impl<R, K: FromStr> FromStr for Id<R, K> {
    type Err = K::Err;

    fn from_str(text: &str) -> Result<Id<R, K>, K::Err> {
        text.parse().map(Id::new)
    }
}

// Written out, because derives would ask the same of `R`.
impl<R, K: Clone> Clone for Id<R, K> {
    fn clone(&self) -> Id<R, K> {
        Id::new(self.key.clone())
    }
}

impl<R, K: Copy> Copy for Id<R, K> {}

impl<R, K: PartialEq> PartialEq for Id<R, K> {
    fn eq(&self, other: &Id<R, K>) -> bool {
        self.key == other.key
    }
}

impl<R, K: Eq> Eq for Id<R, K> {}

impl<R, K: PartialOrd> PartialOrd for Id<R, K> {
    fn partial_cmp(&self, other: &Id<R, K>) -> Option<Ordering> {
        self.key.partial_cmp(&other.key)
    }
}

impl<R, K: Ord> Ord for Id<R, K> {
    fn cmp(&self, other: &Id<R, K>) -> Ordering {
        self.key.cmp(&other.key)
    }
}

impl<R, K: Hash> Hash for Id<R, K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl<R, K: fmt::Display> fmt::Display for Id<R, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.fmt(f)
    }
}

impl<R, K: fmt::Debug> fmt::Debug for Id<R, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.fmt(f)
    }
}
