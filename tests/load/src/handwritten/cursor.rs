//! Authenticated cursors.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Failed, text};

const TAG: usize = 16;

pub struct Cursors {
    mac: Hmac<Sha256>,
}

/// Where a page ended.
#[derive(Serialize, Deserialize)]
pub struct Place {
    /// The text or time that the list is sorted by; nothing where it is sorted by key.
    pub sorted: Option<String>,
    pub id: Uuid,
}

#[derive(Serialize, Deserialize)]
struct Inside {
    query: [u8; 16],
    place: Place,
}

impl Cursors {
    pub fn new() -> Result<Cursors, Failed> {
        Ok(Cursors { mac: Hmac::new_from_slice(b"a secret for this run of the benchmark").map_err(text)? })
    }

    pub fn make(&self, query: &str, place: Place) -> String {
        let payload = serde_json::to_vec(&Inside { query: fingerprint(query), place }).unwrap_or_default();
        let mut bytes: Vec<u8> = self.tag(&payload);
        bytes.extend(payload);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place in a cursor that was made for this query.
    pub fn read(&self, query: &str, cursor: &str) -> Option<Place> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (tag, payload) = bytes.split_at_checked(TAG)?;
        let mut mac = self.mac.clone();
        mac.update(payload);
        mac.verify_truncated_left(tag).ok()?;
        let inside: Inside = serde_json::from_slice(payload).ok()?;
        (inside.query == fingerprint(query)).then_some(inside.place)
    }

    fn tag(&self, payload: &[u8]) -> Vec<u8> {
        let mut mac = self.mac.clone();
        mac.update(payload);
        mac.finalize().into_bytes().into_iter().take(TAG).collect()
    }
}

fn fingerprint(query: &str) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::digest(query).into();
    let mut short = [0; 16];
    short.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    short
}
