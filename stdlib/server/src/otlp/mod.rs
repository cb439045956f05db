//! Traces for an OpenTelemetry collector, where the feature `otlp` is on.

#[cfg(feature = "otlp")]
mod client;
#[cfg(not(feature = "otlp"))]
mod off;
#[cfg(feature = "otlp")]
mod on;

#[cfg(not(feature = "otlp"))]
pub(crate) use off::Traces;
#[cfg(feature = "otlp")]
pub(crate) use on::Traces;

use std::time::Duration;

/// What is told of a request that was answered.
#[cfg_attr(not(feature = "otlp"), expect(dead_code, reason = "nobody is told"))]
pub(crate) struct Request<'a> {
    pub(crate) took: Duration,
    /// `other` for one that is not known.
    pub(crate) method: &'static str,
    pub(crate) path: &'a str,
    pub(crate) version: axum::http::Version,
    /// Where the path leads to an operation.
    pub(crate) route: Option<&'a str>,
    pub(crate) operation: &'a str,
    pub(crate) id: &'a str,
    pub(crate) status: u16,
    /// The problem's, where it is one.
    pub(crate) code: Option<&'a str>,
}

/// True for what can be the base URL of a collector.
pub(crate) fn is_endpoint(text: &str) -> bool {
    let uri = text.parse::<axum::http::Uri>().ok();
    uri.is_some_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.query().is_none())
}
