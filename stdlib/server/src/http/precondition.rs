//! Entity tags in requests (RFC 9110, section 13).

use axum::http::HeaderMap;

use crate::{Failure, Problem};

/// What `If-Match` asks for.
#[derive(Clone, Debug)]
pub(crate) struct Precondition {
    /// `*`: any state will do.
    any: bool,
    versions: Vec<i64>,
}

impl Precondition {
    /// The header, if there is one.
    pub(crate) fn read(headers: &HeaderMap) -> Result<Option<Precondition>, Problem> {
        let Some(tags) = tags(headers, "if-match") else { return Ok(None) };
        let tags = tags.map_err(|detail| {
            Problem::malformed(vec![Failure::header("If-Match", "wrong_format", detail)])
        })?;
        // Weak tags never match: they do not say that two states are the same (RFC 9110, section 13.1.1).
        let versions = tags.iter().filter_map(|tag| match tag {
            Tag::Strong(text) => text.parse().ok(),
            Tag::Weak(_) | Tag::Any => None,
        });
        Ok(Some(Precondition { any: tags.contains(&Tag::Any), versions: versions.collect() }))
    }

    /// The state that has this one entity tag, or any for `*`; nothing where the text is none.
    pub(crate) fn of_tag(text: &str) -> Option<Precondition> {
        if text.trim_ascii() == "*" {
            return Some(Precondition { any: true, versions: Vec::new() });
        }
        let (tag, rest) = tag(text.trim_ascii().as_bytes())?;
        let version = match tag {
            Tag::Strong(text) => text.parse().ok(),
            Tag::Weak(_) | Tag::Any => None,
        };
        rest.is_empty().then(|| Precondition { any: false, versions: version.into_iter().collect() })
    }

    /// True for a row of this version.
    pub(crate) fn allows(&self, version: i64) -> bool {
        self.any || self.versions.contains(&version)
    }

    /// The versions that will do; nothing where any will.
    pub(crate) fn versions(&self) -> Option<&[i64]> {
        (!self.any).then_some(&self.versions)
    }
}

/// The entity tag of a row version.
pub(crate) fn entity_tag(version: i64) -> String {
    format!("\"{version}\"")
}

/// True when `If-None-Match` names the version: the caller has this state already.
pub(crate) fn none_match_has(headers: &HeaderMap, version: i64) -> bool {
    none_match_has_tag(headers, &version.to_string())
}

/// True when `If-None-Match` names what stands between the quotes of a tag. What cannot be read matches nothing.
pub(crate) fn none_match_has_tag(headers: &HeaderMap, inner: &str) -> bool {
    let Some(Ok(tags)) = tags(headers, "if-none-match") else { return false };
    tags.iter().any(|tag| match tag {
        Tag::Any => true,
        Tag::Strong(text) | Tag::Weak(text) => *text == inner,
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Tag {
    Any,
    Strong(String),
    Weak(String),
}

/// The tags of a header; nothing where it is not there.
fn tags(headers: &HeaderMap, name: &'static str) -> Option<Result<Vec<Tag>, String>> {
    let values: Vec<&[u8]> = headers.get_all(name).iter().map(|value| value.as_bytes()).collect();
    if values.is_empty() {
        return None;
    }
    let read = read(&values.join(&b','));
    Some(read.ok_or_else(|| "must be `*` or entity tags in quotes".to_owned()))
}

/// `*`, or entity tags with commas between them. A comma may also stand in a tag, and empty elements do not count (RFC 9110,
/// sections 5.6.1 and 8.8.3).
fn read(text: &[u8]) -> Option<Vec<Tag>> {
    let mut rest = text.trim_ascii();
    if rest == b"*" {
        return Some(vec![Tag::Any]);
    }
    let mut found = Vec::new();
    loop {
        while let Some((b',' | b' ' | b'\t', after)) = rest.split_first() {
            rest = after;
        }
        if rest.is_empty() {
            return (!found.is_empty()).then_some(found);
        }
        let (tag, after) = tag(rest)?;
        found.push(tag);
        rest = after.trim_ascii_start();
        if !matches!(rest.first(), None | Some(b',')) {
            return None;
        }
    }
}

/// The tag that a text begins with, and what follows it.
fn tag(text: &[u8]) -> Option<(Tag, &[u8])> {
    let (weak, quoted) = text.strip_prefix(b"W/").map_or((false, text), |rest| (true, rest));
    let inner = quoted.strip_prefix(b"\"")?;
    let end = inner.iter().position(|byte| *byte == b'"')?;
    let (inner, after) = inner.split_at_checked(end)?;
    let plain = inner.iter().all(|byte| matches!(byte, 0x21 | 0x23..=0x7E | 0x80..));
    let text = String::from_utf8_lossy(inner).into_owned();
    let tag = if weak { Tag::Weak(text) } else { Tag::Strong(text) };
    plain.then_some((tag, after.strip_prefix(b"\"")?))
}

#[cfg(test)]
mod tests {
    use super::{Tag, read};

    #[test]
    fn reads_tags() {
        let check = |text: &[u8], expected: Option<&[Tag]>| {
            assert_eq!(read(text).as_deref(), expected, "{}", String::from_utf8_lossy(text));
        };
        let strong = |text: &str| Tag::Strong(text.to_owned());
        let weak = |text: &str| Tag::Weak(text.to_owned());
        check(b" * ", Some(&[Tag::Any]));
        check(b"\"1\"", Some(&[strong("1")]));
        check(b"\"1\" , W/\"a\",\"\"", Some(&[strong("1"), weak("a"), strong("")]));
        check(b"\"a,b\",\"\\\"", Some(&[strong("a,b"), strong("\\")]));
        check(b", \"1\",\t,", Some(&[strong("1")]));
        check("\"é\"".as_bytes(), Some(&[strong("é")]));
        for wrong in [
            "",
            ",",
            "1",
            "\"1",
            "1\"",
            "w/\"1\"",
            "\"1\"\"2\"",
            "\"1\" \"2\"",
            "\"a b\"",
            "*, \"1\"",
            "\"1\", *",
        ] {
            check(wrong.as_bytes(), None);
        }
    }
}
