//! Keys that signatures are checked with, each for one algorithm.

use std::sync::Arc;

use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use serde::Deserialize;
use serde_json::Value;

use super::settings::{JwtAlgorithm, JwtError};

/// As many bytes as the hash has (RFC 7518, section 3.2).
const SHORTEST_SECRET: usize = 32;
/// How many keys a token without a key id is checked with.
const TRIED: usize = 8;

/// A key. Its algorithm is a matter of the key, never of the token: else a public RSA key could be taken for the secret of HS256.
pub(super) struct Key {
    id: Option<String>,
    algorithm: JwtAlgorithm,
    pub(super) decoding: DecodingKey,
}

impl Key {
    pub(super) fn secret(secret: &[u8]) -> Result<Key, JwtError> {
        if secret.len() < SHORTEST_SECRET {
            return Err(JwtError::ShortSecret);
        }
        let decoding = DecodingKey::from_secret(secret).map_err(|_| JwtError::ShortSecret)?;
        Ok(Key { id: None, algorithm: JwtAlgorithm::Hs256, decoding })
    }

    pub(super) fn pem(algorithm: JwtAlgorithm, pem: &str) -> Result<Key, JwtError> {
        let decoding = match algorithm {
            JwtAlgorithm::Rs256 => DecodingKey::from_rsa_pem(pem.as_bytes()),
            JwtAlgorithm::Es256 => DecodingKey::from_ec_pem(pem.as_bytes()),
            JwtAlgorithm::Hs256 => return Err(JwtError::Algorithms),
        };
        let decoding = decoding.map_err(|_| JwtError::Key(algorithm))?;
        Ok(Key { id: None, algorithm, decoding })
    }

    /// A key of a set; nothing for those that are for something else.
    fn of_set(value: Value, algorithms: &[JwtAlgorithm]) -> Option<Key> {
        let jwk: Jwk = serde_json::from_value(value).ok()?;
        let algorithm = match &jwk.algorithm {
            AlgorithmParameters::RSA(_) => JwtAlgorithm::Rs256,
            AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
                JwtAlgorithm::Es256
            }
            _ => return None,
        };
        let signs = matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature));
        let named = jwk.common.key_algorithm.map(|named| named.to_string());
        let fits = named.is_none_or(|named| named == algorithm.to_string());
        let wanted = signs && fits && algorithms.contains(&algorithm);
        let decoding = wanted.then(|| DecodingKey::from_jwk(&jwk).ok()).flatten()?;
        Some(Key { id: jwk.common.key_id, algorithm, decoding })
    }
}

/// Keys of one issuer.
pub(super) struct KeySet {
    keys: Vec<Arc<Key>>,
    /// True where the keys have no ids, and what a token says of its key's id means nothing.
    nameless: bool,
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

impl KeySet {
    pub(super) fn one(key: Key) -> KeySet {
        KeySet { keys: vec![Arc::new(key)], nameless: true }
    }

    /// The keys of a document (RFC 7517, section 5). Keys of other kinds are passed over: issuers add new kinds as they like.
    ///
    /// # Errors
    /// When it is no key set, or has no key of these algorithms.
    pub(super) fn read(text: &[u8], algorithms: &[JwtAlgorithm]) -> Result<KeySet, JwtError> {
        let document: Document =
            serde_json::from_slice(text).map_err(|error| JwtError::KeySet(error.to_string()))?;
        let keys = document.keys.into_iter().filter_map(|value| Key::of_set(value, algorithms));
        let keys: Vec<Arc<Key>> = keys.map(Arc::new).collect();
        if keys.is_empty() { Err(JwtError::NoKey) } else { Ok(KeySet { keys, nameless: false }) }
    }

    /// The keys that a token may be signed with: that of its key id, or where it names none, all of its algorithm.
    pub(super) fn find(&self, id: Option<&str>, algorithm: JwtAlgorithm) -> Vec<Arc<Key>> {
        let id = id.filter(|_| !self.nameless);
        let fits = |key: &&Arc<Key>| key.algorithm == algorithm && (id.is_none() || key.id.as_deref() == id);
        self.keys.iter().filter(fits).take(TRIED).cloned().collect()
    }
}
