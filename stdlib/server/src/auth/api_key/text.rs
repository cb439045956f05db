//! The text of a key: `atlas9_ID_SECRET`.

use sha2::{Digest, Sha256};
use uuid::Uuid;

const BEGIN: &str = "atlas9_";
/// Five bits a character, and none that could be taken for another (RFC 4648, section 6, in lower case).
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Characters of an id: 60 bits, so that a million keys have no two alike.
const ID: usize = 12;
/// Characters of a secret of 256 bits.
const SECRET: usize = 52;
/// Characters that prove the others: one in 34 thousand million texts of this form passes for a key.
const PROOF: usize = 7;

/// A new key and its id.
pub(super) fn make() -> (String, String) {
    let id = base32(&random(), ID);
    let body = format!("{}{}", prefix(&id), base32(&random(), SECRET));
    let text = format!("{body}{}", proof(&body));
    (id, text)
}

/// What the key of an id begins with.
pub(super) fn prefix(id: &str) -> String {
    format!("{BEGIN}{id}_")
}

/// True for what [`make`] can have made.
pub(super) fn is_key(text: &str) -> bool {
    let parts = text.strip_prefix(BEGIN).and_then(|rest| rest.split_once('_'));
    let whole =
        |part: &str, length| part.len() == length && part.bytes().all(|byte| ALPHABET.contains(&byte));
    let formed = parts.is_some_and(|(id, rest)| whole(id, ID) && whole(rest, SECRET + PROOF));
    formed && text.split_at_checked(text.len() - PROOF).is_some_and(|(body, end)| end == proof(body))
}

/// What the database has of a key.
pub(super) fn hash(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

fn proof(body: &str) -> String {
    base32(&Sha256::digest(body.as_bytes()).into(), PROOF)
}

/// 256 random bits: version 4 UUIDs have 122 each, from the system's generator, and the hash gathers those of three.
fn random() -> [u8; 32] {
    let mut gathered = Sha256::new();
    for _ in 0..3 {
        gathered.update(Uuid::new_v4().as_bytes());
    }
    gathered.finalize().into()
}

/// The first characters of the bytes in base 32.
fn base32(bytes: &[u8; 32], length: usize) -> String {
    let bit = |index: usize| bytes.get(index / 8).map_or(0, |byte| byte >> (7 - index % 8) & 1);
    let five = |at: usize| (at..at + 5).fold(0, |value, index| value << 1 | bit(index));
    (0..length)
        .filter_map(|place| ALPHABET.get(usize::from(five(place * 5))))
        .map(|byte| char::from(*byte))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{ALPHABET, base32, is_key, make};

    #[test]
    fn makes_keys_that_it_knows_again() {
        let (id, key) = make();
        assert!(key.starts_with(&format!("atlas9_{id}_")) && key.len() == 79, "{key}");
        assert!(is_key(&key));
        assert_ne!(make(), make());
    }

    #[test]
    fn knows_what_is_no_key() {
        let (_, key) = make();
        let last = key.bytes().last().expect("a character");
        let other = ALPHABET.iter().find(|byte| **byte != last).expect("another character");
        let changed = format!("{}{}", &key[..78], char::from(*other));
        for text in [
            "",
            "atlas9_",
            "atlas9__",
            &key[1..],
            &key[..78],
            &changed,
            &key.to_uppercase(),
            &format!("{key}a"),
        ] {
            assert!(!is_key(text), "{text}");
        }
        assert!(!is_key(&format!("atlas9_{}", "é".repeat(36))));
    }

    #[test]
    fn writes_base32() {
        let mut bytes = [0; 32];
        bytes[..5].copy_from_slice(b"fooba");
        assert_eq!(base32(&bytes, 8), "mzxw6ytb");
        assert_eq!(base32(&[0xff; 32], 52), format!("{}q", "7".repeat(51)));
    }
}
