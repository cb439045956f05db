//! The grammar of a path behind `at`: segments of RFC 3986 without percent-encoding, and placeholders.

use std::fmt;

/// A part of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segment<'p> {
    Literal(&'p str),
    /// A name in braces.
    Placeholder(&'p str),
}

impl fmt::Display for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Segment::Literal(text) => f.write_str(text),
            Segment::Placeholder(name) => write!(f, "{{{name}}}"),
        }
    }
}

/// What is wrong with a path, and the way out.
pub(super) struct Flaw {
    pub label: &'static str,
    pub help: &'static str,
}

/// Servers and proxies take requests of 8,000 bytes at least (RFC 9110, section 4.1), the query included.
const LONGEST: usize = 500;

/// The segments of a path.
pub(super) fn parse(text: &str) -> Result<Vec<Segment<'_>>, Flaw> {
    let flaw = |label, help| Err(Flaw { label, help });
    if text.contains('?') || text.contains('#') {
        return flaw(
            "a path has no query",
            "what the path does not name is sent in the query or in the body by itself",
        );
    }
    if text.len() > LONGEST {
        return flaw("longer than any server takes", "shorten it: a path has at most 500 characters");
    }
    let Some(rest) = text.strip_prefix('/') else {
        return flaw(
            "does not begin with `/`",
            "write it from the service's base path on, such as \"/books/top\"",
        );
    };
    if rest.is_empty() || rest.ends_with('/') {
        return flaw("ends with `/`", "end it with a word or a placeholder");
    }
    rest.split('/').map(segment).collect()
}

fn segment(text: &str) -> Result<Segment<'_>, Flaw> {
    let flaw = |label, help| Err(Flaw { label, help });
    if let Some(name) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'))
        && is_name(name)
    {
        return Ok(Segment::Placeholder(name));
    }
    match text {
        "" => flaw("two slashes in a row", "put a word or a placeholder between them"),
        "." | ".." => flaw("`.` and `..` are steps, not names", "clients resolve them away: leave them out"),
        _ if text.contains(['{', '}']) => flaw(
            "a placeholder is one name in braces, and all of its segment",
            "write it between two slashes, such as \"/books/{id}/pages\"",
        ),
        _ if text.bytes().all(plain) => Ok(Segment::Literal(text)),
        _ => flaw("a character that no path needs", "a word consists of letters, digits and `-._~:@`"),
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Those that every client and proxy leaves as they are.
fn plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:@".contains(&byte)
}

/// The segments of a path that is known to be sound.
pub(super) fn segments(path: &str) -> impl Iterator<Item = Segment<'_>> {
    path.split('/').skip(1).map(|text| match text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(name) => Segment::Placeholder(name),
        None => Segment::Literal(text),
    })
}
