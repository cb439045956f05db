//! Tokens of all kinds, good and bad, made by the tests.

use std::time::{SystemTime, UNIX_EPOCH};

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

pub const SECRET: &[u8] = b"a secret of thirty-two bytes, no less";
pub const RSA_PUBLIC: &str = include_str!("keys/rsa.pub.pem");
pub const EC_PUBLIC: &str = include_str!("keys/ec.pub.pem");

/// Who signs.
#[derive(Clone, Copy)]
pub enum Signer {
    Secret(&'static [u8]),
    Rsa,
    OtherRsa,
    Ec,
}

impl Signer {
    pub fn algorithm(self) -> Algorithm {
        match self {
            Signer::Secret(_) => Algorithm::HS256,
            Signer::Rsa | Signer::OtherRsa => Algorithm::RS256,
            Signer::Ec => Algorithm::ES256,
        }
    }

    fn key(self) -> EncodingKey {
        let key = match self {
            Signer::Secret(secret) => EncodingKey::from_secret(secret),
            Signer::Rsa => EncodingKey::from_rsa_pem(include_bytes!("keys/rsa.pem")),
            Signer::OtherRsa => EncodingKey::from_rsa_pem(include_bytes!("keys/other.pem")),
            Signer::Ec => EncodingKey::from_ec_pem(include_bytes!("keys/ec.pem")),
        };
        key.expect("a key")
    }

    /// A token, with a key's id where one is named.
    pub fn sign(self, id: Option<&str>, claims: &Value) -> String {
        let mut header = Header::new(self.algorithm());
        header.kid = id.map(str::to_owned);
        encode(&header, claims, &self.key()).expect("a token")
    }

    /// The public key as a member of a key set.
    pub fn jwk(self, id: &str) -> Value {
        let jwk = Jwk::from_encoding_key(&self.key(), self.algorithm()).expect("a public key");
        let mut jwk = serde_json::to_value(jwk).expect("JSON");
        jwk["kid"] = json!(id);
        jwk["use"] = json!("sig");
        jwk
    }
}

/// The text of a key set.
pub fn set(keys: &[Value]) -> String {
    json!({"keys": keys}).to_string()
}

/// Seconds from now.
pub fn at(seconds: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs();
    i64::try_from(now).expect("a time") + seconds
}

/// Claims that are good for an hour, with these instead; null takes one away.
pub fn claims(other: Value) -> Value {
    let mut claims = json!({"sub": "u-1", "exp": at(3600), "iat": at(0), "scope": "books_read"});
    for (name, value) in other.as_object().expect("an object") {
        match value {
            Value::Null => drop(claims.as_object_mut().expect("an object").remove(name)),
            value => claims[name] = value.clone(),
        }
    }
    claims
}
