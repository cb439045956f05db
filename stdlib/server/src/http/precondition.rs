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

/// True when `If-None-Match` names the version: the caller has this state already. What cannot be read matches nothing.
pub(crate) fn none_match_has(headers: &HeaderMap, version: i64) -> bool {
    let Some(Ok(tags)) = tags(headers, "if-none-match") else { return false };
    let version = version.to_string();
    tags.iter().any(|tag| match tag {
        Tag::Any => true,
        Tag::Strong(text) | Tag::Weak(text) => *text == version,
    })
}

#[derive(PartialEq, Eq)]
enum Tag {
    Any,
    Strong(String),
    Weak(String),
}

fn tags(headers: &HeaderMap, name: &'static str) -> Option<Result<Vec<Tag>, String>> {
    let values: Vec<_> = headers.get_all(name).iter().collect();
    if values.is_empty() {
        return None;
    }
    let texts: Option<Vec<&str>> = values.into_iter().map(|value| value.to_str().ok()).collect();
    let tags = texts.and_then(|texts| texts.join(",").split(',').map(tag).collect::<Option<Vec<_>>>());
    Some(tags.ok_or_else(|| "must be `*` or entity tags in quotes".to_owned()))
}

/// Our own tags have no comma in them, so that a tag with one is somebody else's and is refused.
fn tag(text: &str) -> Option<Tag> {
    let text = text.trim();
    if text == "*" {
        return Some(Tag::Any);
    }
    let (weak, quoted) = text.strip_prefix("W/").map_or((false, text), |rest| (true, rest));
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?.to_owned();
    Some(if weak { Tag::Weak(inner) } else { Tag::Strong(inner) })
}
