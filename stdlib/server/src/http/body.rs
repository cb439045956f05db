//! Reading a body.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::http::HeaderMap;

use crate::value::json::Json;
use crate::{Failure, Problem};

/// The most that is read of a body only to throw it away.
const WASTE: usize = 64 * 1024;

/// Reads to its end what a refused request left unread. A connection with an unread body is closed under a client that
/// has begun to send its next request on it. False where more is left than is worth reading: then the client is told.
pub(crate) async fn finish(body: &mut Body, headers: &HeaderMap, status: u16, patience: Duration) -> bool {
    // Of a body that was too long or too slow more is to come; who waits to be asked for the body does not send it.
    if matches!(status, 408 | 413) || (headers.contains_key("expect") && !body.is_end_stream()) {
        return false;
    }
    if body.is_end_stream() {
        return true;
    }
    let rest = std::mem::take(body);
    matches!(tokio::time::timeout(patience, axum::body::to_bytes(rest, WASTE)).await, Ok(Ok(_)))
}

/// The bytes of a body, at most `limit`. One that says itself that it is longer is not waited for, nor asked for where it waits to be.
pub(crate) async fn read(body: &mut Body, headers: &HeaderMap, limit: usize) -> Result<Vec<u8>, Problem> {
    let length = headers.get("content-length").and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: u64| length > limit as u64) {
        return Err(Problem::too_large(limit));
    }
    let body = std::mem::take(body);
    axum::body::to_bytes(body, limit).await.map(Into::into).map_err(|error| unreadable(error, limit))
}

/// Too long, or broken off.
fn unreadable(error: axum::Error, limit: usize) -> Problem {
    let text = error.to_string();
    let mut source: Option<&dyn std::error::Error> = Some(&error);
    while let Some(cause) = source {
        if cause.to_string().contains("length limit exceeded") {
            return Problem::too_large(limit);
        }
        source = cause.source();
    }
    Problem::malformed(vec![Failure::header("Content-Length", "incomplete", "the body broke off")])
        .with_cause(text)
}

/// The JSON in a body.
pub(crate) fn parse(bytes: &[u8]) -> Result<Json, Failure> {
    if bytes.trim_ascii().is_empty() {
        return Err(Failure::field(&[], "not_json", "is empty: JSON is expected"));
    }
    Json::parse(bytes)
        .map_err(|detail| Failure::field(&[], "not_json", format!("is not readable JSON: {detail}")))
}
