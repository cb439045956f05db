//! Entity tags in requests (RFC 9110, section 13).

use axum::http::HeaderMap;

use crate::{Failure, Problem};

/// What a change asks of the state that it finds.
#[derive(Clone, Debug)]
pub(crate) struct Precondition {
    /// Those of `If-Match`, where it is there.
    wanted: Option<States>,
    /// Those of `If-None-Match`, where it is there.
    unwanted: Option<States>,
}

/// Some states of a row.
#[derive(Clone, Debug)]
pub(crate) enum States {
    /// `*`
    Any,
    /// Those of these versions.
    Of(Vec<i64>),
}

impl States {
    /// Weak tags name no state in `If-Match`: they do not say that two states are the same (RFC 9110, section 13.1.1). In
    /// `If-None-Match` they do (section 13.1.2).
    fn read(headers: &HeaderMap, name: &'static str, weak: bool) -> Result<Option<States>, Problem> {
        let Some(tags) = tags(headers, name) else { return Ok(None) };
        let tags =
            tags.map_err(|detail| Problem::malformed(vec![Failure::header(name, "wrong_format", detail)]))?;
        if tags.contains(&Tag::Any) {
            return Ok(Some(States::Any));
        }
        Ok(Some(States::Of(tags.iter().filter_map(|tag| tag.version(weak)).collect())))
    }

    fn has(&self, version: i64) -> bool {
        match self {
            States::Any => true,
            States::Of(versions) => versions.contains(&version),
        }
    }
}

impl Precondition {
    /// The headers, if there are any.
    pub(crate) fn read(headers: &HeaderMap) -> Result<Option<Precondition>, Problem> {
        let wanted = States::read(headers, "If-Match", false)?;
        let unwanted = States::read(headers, "If-None-Match", true)?;
        let is_there = wanted.is_some() || unwanted.is_some();
        Ok(is_there.then_some(Precondition { wanted, unwanted }))
    }

    /// The state that has this one entity tag, or any for `*`; nothing where the text is none.
    pub(crate) fn of_tag(text: &str) -> Option<Precondition> {
        let wanted = match text.trim_ascii() {
            "*" => States::Any,
            text => {
                let (tag, rest) = tag(text.as_bytes())?;
                rest.is_empty().then(|| States::Of(tag.version(false).into_iter().collect()))?
            }
        };
        Some(Precondition { wanted: Some(wanted), unwanted: None })
    }

    /// Fails for a row of a version that the request is not for.
    pub(crate) fn check(&self, version: i64) -> Result<(), Problem> {
        if self.wanted.as_ref().is_some_and(|states| !states.has(version)) {
            return Err(Problem::precondition_failed());
        }
        if self.unwanted.as_ref().is_some_and(|states| states.has(version)) {
            let detail = "The resource is in a state that `If-None-Match` excludes.";
            return Err(Problem::precondition_failed().with_detail(detail));
        }
        Ok(())
    }

    /// The states of `If-Match`, where it is there.
    pub(crate) fn wanted(&self) -> Option<&States> {
        self.wanted.as_ref()
    }

    /// The states of `If-None-Match`, where it is there.
    pub(crate) fn unwanted(&self) -> Option<&States> {
        self.unwanted.as_ref()
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
    let Some(Ok(tags)) = tags(headers, "If-None-Match") else { return false };
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

impl Tag {
    /// The version that it was made of: `"01"` and `"+1"` are the tags of none.
    fn version(&self, weak: bool) -> Option<i64> {
        match self {
            Tag::Weak(_) if !weak => None,
            Tag::Strong(text) | Tag::Weak(text) => {
                text.parse().ok().filter(|version: &i64| version.to_string() == *text)
            }
            Tag::Any => None,
        }
    }
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
