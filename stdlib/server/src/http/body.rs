//! Reading a body.

use std::time::Duration;

use axum::body::Body;

use crate::value::json::Json;
use crate::{Failure, Problem};

/// The bytes of a body, at most `limit`, within `patience`.
pub(crate) async fn read(body: Body, limit: usize, patience: Duration) -> Result<Vec<u8>, Problem> {
    match tokio::time::timeout(patience, axum::body::to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(error)) => Err(unreadable(error, limit)),
        Err(_) => Err(Problem::request_timeout()),
    }
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
    Json::parse(bytes)
        .map_err(|detail| Failure::field(&[], "not_json", format!("is not readable JSON: {detail}")))
}
