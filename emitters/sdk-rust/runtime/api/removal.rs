//! What a batch deletes.

/// One of those that a batch deletes: its key, and the entity tag that it must still have, if that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal<K> {
    /// Its key.
    pub key: K,
    /// The entity tag that it must still have.
    pub etag: Option<String>,
}

impl<K> Removal<K> {
    /// One that must still have the entity tag.
    pub fn matching(key: K, etag: impl Into<String>) -> Self {
        Self { key, etag: Some(etag.into()) }
    }
}

impl<K> From<K> for Removal<K> {
    fn from(key: K) -> Self {
        Self { key, etag: None }
    }
}

impl<K> From<(K, &str)> for Removal<K> {
    fn from((key, etag): (K, &str)) -> Self {
        Self { key, etag: Some(etag.to_owned()) }
    }
}

impl From<&str> for Removal<String> {
    fn from(key: &str) -> Self {
        Self { key: key.to_owned(), etag: None }
    }
}
