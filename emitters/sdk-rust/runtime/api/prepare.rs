//! What every attempt of a call sends.

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, Url};
use serde_json::Value;

use super::error::RequestError;
use super::settings::Settings;
use super::{Draft, json};

/// A request with its URL, headers and body.
pub(super) struct Prepared {
    pub(super) method: Method,
    /// The path below the base URL, without the query.
    pub(super) path: String,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Vec<u8>>,
}

impl Prepared {
    pub(super) fn of(settings: &Settings, draft: Draft) -> Result<Self, RequestError> {
        let mut path = path(&draft.path, &draft.keys)?;
        let mut url = Url::parse(&format!("{}{path}", settings.base_url))
            .map_err(|why| RequestError::new(format!("{path}: {why}")))?;
        let mut query = draft.query;
        if !query.is_empty() {
            query.sort_by(|(one, _), (other, _)| one.cmp(other));
            url.query_pairs_mut().extend_pairs(query);
        }
        let mut headers = settings.headers.clone();
        headers.extend(draft.headers);
        let body = draft.members.map(Value::Object).or(draft.other).map(json::bytes);
        if body.is_some() {
            let media = match draft.method {
                Method::PATCH => "application/merge-patch+json",
                _ => "application/json",
            };
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        }
        if let Some(key) = draft.idempotency_key {
            headers.insert(IDEMPOTENCY_KEY, key);
        } else if draft.idempotent && !headers.contains_key(IDEMPOTENCY_KEY) {
            let key = uuid::Uuid::new_v4().to_string();
            let key = HeaderValue::try_from(key).map_err(|why| RequestError::new(why.to_string()))?;
            headers.insert(IDEMPOTENCY_KEY, key);
        }
        path.truncate(path.find(['?', '#']).unwrap_or(path.len()));
        Ok(Self { method: draft.method, path, url, headers, body })
    }
}

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Puts keys into the braces of a path. One that would change which resource is meant is an error.
fn path(pattern: &str, keys: &[String]) -> Result<String, RequestError> {
    let mut path = String::new();
    let mut rest = pattern;
    for key in keys {
        let parts =
            rest.split_once('{').and_then(|(before, behind)| Some((before, behind.split_once('}')?.1)));
        let Some((before, after)) = parts else {
            let why = format!("the path {pattern} has no place for {} keys", keys.len());
            return Err(RequestError::new(why));
        };
        if matches!(key.as_str(), "" | "." | "..") {
            let why = format!("{key:?} cannot stand in the path {pattern}: pass the key of a resource");
            return Err(RequestError::new(why));
        }
        path.push_str(before);
        escape(key, &mut path);
        rest = after;
    }
    path.push_str(rest);
    Ok(path)
}

/// As other clients do, it leaves what needs no escape, and nothing besides.
fn escape(text: &str, path: &mut String) {
    const PLAIN: &[u8] = b"-_.!~*'()";
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.extend(['%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_in_their_place() {
        let check = |key: &str, expected: &str| {
            let made = path("/v1/books/{id}/publish", &[key.to_owned()]).map_err(|why| why.to_string());
            assert_eq!(made.as_deref(), Ok(expected), "{key:?}");
        };
        check("1", "/v1/books/1/publish");
        check("a/b%", "/v1/books/a%2Fb%25/publish");
        check("ü ?#", "/v1/books/%C3%BC%20%3F%23/publish");
        for bad in ["", ".", ".."] {
            assert!(path("/v1/books/{id}", &[bad.to_owned()]).is_err(), "{bad:?}");
        }
    }
}
