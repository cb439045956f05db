//! An answer before it becomes HTTP.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

/// The media type of answers.
pub(crate) const JSON: &str = "application/json";
/// The media type of problems (RFC 9457).
pub(crate) const PROBLEM: &str = "application/problem+json";

/// A status, headers and a body.
pub(crate) struct Reply {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Reply {
    /// Without a body.
    pub(crate) fn empty(status: u16) -> Reply {
        Reply { status, headers: HeaderMap::new(), body: Vec::new() }
    }

    /// With a body.
    pub(crate) fn new(status: u16, content_type: &'static str, body: Vec<u8>) -> Reply {
        let mut reply = Reply { status, headers: HeaderMap::new(), body };
        reply.header("content-type", content_type);
        reply
    }

    /// Adds a header. A value that no header can have is left out.
    pub(crate) fn header(&mut self, name: &'static str, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(HeaderName::from_static(name), value);
        }
    }

    /// True when a header is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    /// The headers in the form in which they are kept for a replay: a line each.
    pub(crate) fn stored_headers(&self) -> String {
        let lines = self
            .headers
            .iter()
            .filter_map(|(name, value)| Some(format!("{name}: {}\n", value.to_str().ok()?)));
        lines.collect()
    }

    /// An answer that was kept.
    pub(crate) fn stored(status: u16, headers: &str, body: Vec<u8>) -> Reply {
        let mut kept = HeaderMap::new();
        for (name, value) in headers.lines().filter_map(|line| line.split_once(": ")) {
            if let (Ok(name), Ok(value)) =
                (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
            {
                kept.append(name, value);
            }
        }
        Reply { status, headers: kept, body }
    }

    /// Without the body, as an answer to HEAD: the length stays.
    pub(crate) fn without_body(mut self) -> Reply {
        let length = self.body.len().to_string();
        self.header("content-length", &length);
        self.body = Vec::new();
        self
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        *response.headers_mut() = self.headers;
        response
    }
}
