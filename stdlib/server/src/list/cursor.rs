//! Cursors: where a page ended, in a form that clients cannot make or change.

use atlas9_descriptor::Type;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::Value;
use crate::row::stored;
use crate::value::write::{self, View, sequence};

/// The layout of what is inside. It grows by one when old cursors would be misread.
const VERSION: u8 = 1;
/// Half of the digest is more than can be guessed, and keeps cursors short.
const TAG: usize = 16;
const FINGERPRINT: usize = 16;

/// Makes and reads cursors with a secret.
pub(crate) struct Cursors {
    mac: Hmac<Sha256>,
}

/// Why a cursor is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Not made by this service.
    Invalid,
    /// Made for another filter or order.
    OtherQuery,
}

impl Cursors {
    /// With a secret of any length.
    pub(crate) fn new(secret: &[u8]) -> Option<Cursors> {
        Some(Cursors { mac: Hmac::new_from_slice(secret).ok()? })
    }

    /// The cursor of a query behind a row whose sort keys have these values.
    pub(crate) fn make(&self, fingerprint: [u8; FINGERPRINT], values: &[(Value, &Type)]) -> String {
        let mut payload = vec![VERSION];
        payload.extend_from_slice(&fingerprint);
        sequence(
            &mut payload,
            b'[',
            values,
            |out, (value, ty)| write::value(out, value, ty, View::Stored),
            b']',
        );
        let mut bytes = self.tag(&payload);
        bytes.append(&mut payload);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The values in a cursor of a query whose sort keys have these types.
    pub(crate) fn read(
        &self,
        cursor: &str,
        fingerprint: [u8; FINGERPRINT],
        types: &[&Type],
    ) -> Result<Vec<Value>, Refused> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Refused::Invalid)?;
        let (tag, payload) = bytes.split_at_checked(TAG).ok_or(Refused::Invalid)?;
        let mut mac = self.mac.clone();
        mac.update(payload);
        mac.verify_truncated_left(tag).map_err(|_| Refused::Invalid)?;
        let Some((&[VERSION], rest)) =
            payload.split_at_checked(1).and_then(|(v, rest)| Some((v.first_chunk::<1>()?, rest)))
        else {
            return Err(Refused::Invalid);
        };
        let (found, values) = rest.split_at_checked(FINGERPRINT).ok_or(Refused::Invalid)?;
        if found != fingerprint {
            return Err(Refused::OtherQuery);
        }
        stored::values(values, types).ok_or(Refused::Invalid)
    }

    fn tag(&self, payload: &[u8]) -> Vec<u8> {
        let mut mac = self.mac.clone();
        mac.update(payload);
        mac.finalize().into_bytes().into_iter().take(TAG).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas9_descriptor::Scalar;

    #[test]
    fn reads_only_its_own() {
        let cursors = Cursors::new(b"secret").expect("any length will do");
        let ty = Type::Scalar(Scalar::String { min: 0, max: 9, pattern: None });
        let made = cursors.make([1; 16], &[(Value::Text("a\"é".into()), &ty), (Value::Null, &ty)]);
        let check = |cursor: &str, fingerprint, expected: Result<Vec<Value>, Refused>| {
            assert_eq!(cursors.read(cursor, fingerprint, &[&ty, &ty]), expected, "{cursor}");
        };
        check(&made, [1; 16], Ok(vec![Value::Text("a\"é".into()), Value::Null]));
        check(&made, [2; 16], Err(Refused::OtherQuery));
        check(&format!("A{made}"), [1; 16], Err(Refused::Invalid));
        check("", [1; 16], Err(Refused::Invalid));
        check("é", [1; 16], Err(Refused::Invalid));
        let other = Cursors::new(b"other").expect("any length will do");
        check(&other.make([1; 16], &[]), [1; 16], Err(Refused::Invalid));
        let fewer = cursors.make([1; 16], &[(Value::Null, &ty)]);
        check(&fewer, [1; 16], Err(Refused::Invalid));
    }
}
