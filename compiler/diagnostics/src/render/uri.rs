//! File names as URI references.

use std::fmt::Write as _;

/// A name with `/` between its parts as a relative reference (RFC 3986), or as a `file:` URI where it is absolute.
pub(super) fn uri(name: &str) -> String {
    let scheme = if name.starts_with('/') { "file://" } else { "" };
    name.bytes().fold(scheme.to_owned(), |mut uri, byte| {
        // A colon would make a scheme of what stands before it.
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn odd_names_stay_names() {
        let check = |name: &str, expected: &str| assert_eq!(uri(name), expected);
        check("schema/books.atlas", "schema/books.atlas");
        check("a b#c?d%.atlas", "a%20b%23c%3Fd%25.atlas");
        check("javascript:x", "javascript%3Ax");
        check("b\u{fc}cher\n\".atlas", "b%C3%BCcher%0A%22.atlas");
        check("/tmp/a.atlas", "file:///tmp/a.atlas");
        check("C:\\a.atlas", "C%3A%5Ca.atlas");
    }
}
