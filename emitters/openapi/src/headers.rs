//! Headers of answers. Each stands once in the document; answers refer to it.

use atlas9_ir::{AuthKind, AuthScheme};
use openapiv3::{Header, IntegerType, ReferenceOr, Schema, Type};

use crate::parts::{header, schema, text};

/// The headers that an answer can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Name {
    Accept,
    AcceptPatch,
    Deprecation,
    ETag,
    IdempotentReplayed,
    Link,
    Location,
    RateLimit,
    RateLimitPolicy,
    RequestId,
    RetryAfter,
    Sunset,
    WwwAuthenticate,
}

impl Name {
    /// The name on the wire, and in the document's components.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Name::Accept => "Accept",
            Name::AcceptPatch => "Accept-Patch",
            Name::Deprecation => "Deprecation",
            Name::ETag => "ETag",
            Name::IdempotentReplayed => "Idempotent-Replayed",
            Name::Link => "Link",
            Name::Location => "Location",
            Name::RateLimit => "RateLimit",
            Name::RateLimitPolicy => "RateLimit-Policy",
            Name::RequestId => "X-Request-Id",
            Name::RetryAfter => "Retry-After",
            Name::Sunset => "Sunset",
            Name::WwwAuthenticate => "WWW-Authenticate",
        }
    }

    /// What an answer says to refer to the header.
    pub(crate) fn reference(self) -> ReferenceOr<Header> {
        ReferenceOr::ref_(&format!("#/components/headers/{}", self.word()))
    }

    /// The header. `path` is one of the service's, for examples, and `auth` what its callers may have.
    pub(crate) fn of(self, path: &str, auth: &[AuthScheme]) -> Header {
        let plain = || schema(Type::String(text("")));
        match self {
            Name::Accept => header("The types of body that are taken.", plain(), "application/json".into()),
            Name::AcceptPatch => header(
                "The types of body that a PATCH takes (RFC 5789).",
                plain(),
                "application/merge-patch+json, application/json".into(),
            ),
            Name::Deprecation => header(
                "When the operation was deprecated, or will be: seconds since 1970 (RFC 9745).",
                plain(),
                "@1777593600".into(),
            ),
            Name::ETag => header(
                "The version of the resource; send it as `If-Match` to change only this version.",
                plain(),
                "\"3\"".into(),
            ),
            Name::IdempotentReplayed => header(
                "`true` when this is the kept answer to an earlier request with the same `Idempotency-Key`.",
                plain(),
                "true".into(),
            ),
            Name::Link => header(
                "Where related pages are: the next one, or what a deprecation means (RFC 8288).",
                plain(),
                format!("<{path}?cursor=eyJrIjoiMDE5MiJ9>; rel=\"next\"").into(),
            ),
            Name::Location => header(
                "Where the new resource is.",
                schema(Type::String(text("uri-reference"))),
                format!("{path}/0192f0c1-2b7e-7c3a-9f44-5d3e8a1b6c20").into(),
            ),
            Name::RateLimit => header(
                "How many requests are left, and for how long.",
                plain(),
                "\"default\";r=598;t=42".into(),
            ),
            Name::RateLimitPolicy => {
                header("How many requests are allowed.", plain(), "\"default\";q=600;w=60".into())
            }
            Name::RequestId => header(
                "The id of this request: the one that was sent, where it is short and safe, or a new one.",
                plain(),
                "0192f0c1-2b7e-7c3a-9f44-5d3e8a1b6c21".into(),
            ),
            Name::RetryAfter => header("After how many seconds to try again.", seconds(), 30.into()),
            Name::Sunset => header(
                "When the operation may go (RFC 8594).",
                plain(),
                "Tue, 01 Jun 2027 00:00:00 GMT".into(),
            ),
            Name::WwwAuthenticate => {
                header("How to say who is calling (RFC 9110).", plain(), challenge(auth).into())
            }
        }
    }
}

/// What a request without credentials is answered.
fn challenge(auth: &[AuthScheme]) -> String {
    if auth.is_empty() {
        return "Bearer".to_owned();
    }
    let schemes = auth.iter().map(|auth| match auth.kind {
        AuthKind::Bearer => "Bearer",
        AuthKind::ApiKey => "ApiKey header=\"X-API-Key\"",
    });
    schemes.collect::<Vec<_>>().join(", ")
}

fn seconds() -> Schema {
    schema(Type::Integer(IntegerType { minimum: Some(0), ..IntegerType::default() }))
}
