//! How long the head of a request may be.

use axum::http::request::Parts;

use crate::{Options, Problem};

/// What HTTP/1 writes around a name and a value.
const AROUND: usize = 4;

/// Refuses a head that is longer than the settings allow.
pub(crate) fn head(options: &Options, parts: &Parts) -> Result<(), Problem> {
    let uri = parts.uri.path_and_query().map_or(0, |place| place.as_str().len());
    if uri > options.uri_length {
        return Err(Problem::uri_too_long(options.uri_length));
    }
    let lengths = parts.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + AROUND);
    if parts.headers.len() > options.header_count {
        return Err(Problem::headers_too_large(&format!("more than {} headers", options.header_count)));
    }
    if lengths.sum::<usize>() > options.header_bytes {
        return Err(Problem::headers_too_large(&format!(
            "more than {} bytes of headers",
            options.header_bytes
        )));
    }
    Ok(())
}
