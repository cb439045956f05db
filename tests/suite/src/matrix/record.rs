//! What came in, for those who ask afterwards.

use axum::http::request::Parts;
use serde_json::{Value, json};

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The scenario that was running.
    pub scenario: String,
    /// The method.
    pub method: String,
    /// The path and the query, as sent.
    pub target: String,
    /// The headers in their order, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Seen {
    pub(super) fn of(scenario: &str, parts: &Parts, body: &[u8]) -> Seen {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Seen {
            scenario: scenario.to_owned(),
            method: parts.method.to_string(),
            target: parts.uri.path_and_query().map_or_else(String::new, ToString::to_string),
            headers: parts
                .headers
                .iter()
                .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
                .collect(),
            body: text(body),
        }
    }

    pub(super) fn json(&self) -> Value {
        let headers: serde_json::Map<String, Value> =
            self.headers.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
        json!({ "method": self.method, "target": self.target, "headers": headers, "body": self.body })
    }
}
