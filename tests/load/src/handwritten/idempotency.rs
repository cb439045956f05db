//! `Idempotency-Key`, kept in the transaction of the create.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;
use sha2::{Digest, Sha256};

use super::problem::{Failure, Problem};

/// Keys that are being worked on.
#[derive(Default)]
pub struct Working(Mutex<HashSet<String>>);

/// A key, and what it was sent with.
pub struct Key {
    pub key: String,
    pub hash: Vec<u8>,
}

/// Holds a key until it is dropped.
pub struct Held<'a> {
    working: &'a Working,
    key: String,
}

/// An answer that was kept.
pub struct Kept {
    pub hash: Vec<u8>,
    pub status: i32,
    pub headers: String,
    pub body: Vec<u8>,
}

impl Working {
    pub fn hold(&self, key: &Key) -> Result<Held<'_>, Problem> {
        let new = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.key.clone());
        if new {
            Ok(Held { working: self, key: key.key.clone() })
        } else {
            Err(Problem::conflict("idempotency_in_flight", "A request with this key is being worked on."))
        }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.working.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}

impl Key {
    /// The key of a request, if it has one.
    pub fn read(headers: &HeaderMap, body: &[u8]) -> Result<Option<Key>, Problem> {
        let Some(header) = headers.get("idempotency-key") else { return Ok(None) };
        let key = header.to_str().unwrap_or_default();
        if key.is_empty() || key.len() > 255 || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            let detail = "must be 1 to 255 visible ASCII characters";
            return Err(Problem::malformed(vec![Failure::parameter(
                "Idempotency-Key",
                "wrong_format",
                detail,
            )]));
        }
        let mut hash = Sha256::new();
        hash.update(b"POST /v1/books");
        hash.update(body);
        Ok(Some(Key { key: key.to_owned(), hash: hash.finalize().to_vec() }))
    }

    /// A number for PostgreSQL's advisory lock.
    pub fn number(&self) -> i64 {
        let digest: [u8; 32] = Sha256::digest(&self.key).into();
        digest.first_chunk::<8>().map_or(0, |bytes| i64::from_le_bytes(*bytes))
    }
}
