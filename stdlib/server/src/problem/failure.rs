//! One thing that is wrong with a request.

use std::borrow::Cow;

/// What is wrong with one field or parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where.
    pub place: Place,
    /// A word for programs, `out_of_range`.
    pub code: Cow<'static, str>,
    /// A sentence for people, `must be from 1 to 5`.
    pub detail: String,
}

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the body: a JSON pointer as a URI fragment, `#/price/amount` (RFC 6901, section 6).
    Body(String),
    /// A parameter of the path or the query.
    Parameter(String),
    /// A header.
    Header(&'static str),
}

impl Failure {
    /// In the body.
    pub fn body(pointer: &Pointer, code: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Failure {
        Failure { place: Place::Body(pointer.to_string()), code: code.into(), detail: detail.into() }
    }

    /// A field of the body by its wire names from the top.
    pub fn field(path: &[&str], code: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Failure {
        let mut pointer = Pointer::default();
        path.iter().for_each(|name| pointer.push(name));
        Failure::body(&pointer, code, detail)
    }

    /// A parameter of the path or the query.
    pub fn parameter(
        name: impl Into<String>,
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<String>,
    ) -> Failure {
        Failure { place: Place::Parameter(name.into()), code: code.into(), detail: detail.into() }
    }

    /// A header that stands there more than once, of which nobody could tell which one counts.
    pub(crate) fn repeated_header(name: &'static str) -> Failure {
        Failure::header(name, "duplicate", "is given more than once")
    }

    /// A header.
    pub fn header(
        name: &'static str,
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<String>,
    ) -> Failure {
        Failure { place: Place::Header(name), code: code.into(), detail: detail.into() }
    }
}

/// A JSON pointer that grows and shrinks while a body is walked.
#[derive(Clone, Debug, Default)]
pub struct Pointer {
    text: String,
    ends: Vec<usize>,
}

impl Pointer {
    /// One step down, to a member or an item.
    pub fn push(&mut self, name: &str) {
        self.ends.push(self.text.len());
        self.text.push('/');
        for character in name.chars() {
            push_escaped(&mut self.text, character);
        }
    }

    /// One step up.
    pub fn pop(&mut self) {
        if let Some(end) = self.ends.pop() {
            self.text.truncate(end);
        }
    }
}

impl std::fmt::Display for Pointer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", self.text)
    }
}

/// JSON pointer's escapes, then those of a URI fragment: a client may have named the member.
fn push_escaped(text: &mut String, character: char) {
    match character {
        '~' => text.push_str("~0"),
        '/' => text.push_str("~1"),
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '_' => text.push(character),
        other => {
            let mut buffer = [0; 4];
            for byte in other.encode_utf8(&mut buffer).bytes() {
                text.push_str(&format!("%{byte:02X}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn points() {
        let check = |names: &[&str], expected| {
            let mut pointer = Pointer::default();
            names.iter().for_each(|name| pointer.push(name));
            pointer.push("gone");
            pointer.pop();
            assert_eq!(pointer.to_string(), expected);
        };
        check(&[], "#");
        check(&["price", "amount"], "#/price/amount");
        check(&["a/b~c", "0"], "#/a~1b~0c/0");
        check(&["é \"<"], "#/%C3%A9%20%22%3C");
    }
}
