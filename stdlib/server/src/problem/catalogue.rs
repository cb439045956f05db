//! The problems that every service has.

use std::collections::BTreeSet;

use atlas9_descriptor::{Operation, OperationKind, Target};

use super::{Challenge, Failure, Problem};

/// The most things that one answer says are wrong. Nobody reads more, and a body of 1 MiB could have half a million.
pub(crate) const MOST_FAILURES: usize = 100;

impl Problem {
    /// 400: the request cannot be read.
    pub fn malformed(mut errors: Vec<Failure>) -> Problem {
        Problem::new(
            400,
            "malformed",
            "malformed",
            "Malformed request",
            summary(&mut errors, "cannot be read"),
        )
        .with_remedy("Correct the request as `errors` says.")
        .with_errors(errors)
    }

    /// 401: nobody said who calls.
    pub fn unauthenticated() -> Problem {
        Problem::challenging(401, "unauthenticated", "Not authenticated", Challenge::Missing, &[])
    }

    /// 401: the token is not accepted.
    pub fn invalid_token() -> Problem {
        Problem::challenging(401, "unauthenticated", "Not authenticated", Challenge::Invalid, &[])
    }

    /// 403: the caller lacks scopes.
    pub fn insufficient_scope(scopes: &[&'static str]) -> Problem {
        Problem::challenging(403, "forbidden", "Forbidden", Challenge::Scope, scopes)
    }

    /// 403 where the caller lacks scopes, each of which is told once.
    pub(crate) fn lacking(scopes: impl IntoIterator<Item = &'static str>) -> Option<Problem> {
        let scopes = scopes.into_iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
        (!scopes.is_empty()).then(|| Problem::insufficient_scope(&scopes))
    }

    /// 403: what is asked for belongs to tenants, and the caller to none.
    pub fn tenant_required() -> Problem {
        let detail =
            "The rows here belong to tenants, and the token does not say which tenant the caller belongs to.";
        Problem::new(403, "tenant_required", "forbidden", "Tenant required", detail)
            .with_remedy("Use a token of a tenant.")
    }

    /// 404: there is no such thing.
    pub fn not_found(detail: impl Into<String>) -> Problem {
        Problem::new(404, "not_found", "not_found", "Not found", detail)
    }

    /// 405: the path is there, the method is not.
    pub(crate) fn method_not_allowed(allow: &str) -> Problem {
        let detail = format!("This path answers {allow}.");
        Problem::new(405, "method_not_allowed", "malformed", "Method not allowed", detail)
            .with_header("allow", allow)
    }

    /// 406: nothing that the caller accepts can be answered.
    pub(crate) fn not_acceptable() -> Problem {
        let detail = "Answers are `application/json`, which the header `Accept` excludes.";
        Problem::new(406, "not_acceptable", "malformed", "Not acceptable", detail)
            .with_remedy("Send `Accept: application/json`, or no such header.")
    }

    /// 408: the body took too long to come.
    pub(crate) fn request_timeout() -> Problem {
        let detail = "The body did not arrive in time.";
        Problem::new(408, "request_timeout", "timeout", "Request timeout", detail)
            .with_remedy("Send the request again.")
            .retryable()
    }

    /// 409: the state of things does not allow it.
    pub fn conflict(detail: impl Into<String>) -> Problem {
        Problem::new(409, "conflict", "conflict", "Conflict", detail)
    }

    /// 409 with another code.
    pub(crate) fn conflict_of(code: &'static str, title: &'static str, detail: impl Into<String>) -> Problem {
        Problem::new(409, code, "conflict", title, detail)
    }

    /// 410: the operation was on its way out, and its last day has passed.
    pub(crate) fn gone(operation: &Operation) -> Problem {
        let detail = format!("`{}` is no longer offered.", operation.name);
        let remedy = match operation.deprecated.and_then(|deprecated| deprecated.replacement) {
            Some(other) => format!("Use `{other}` instead."),
            None => "Stop asking for it; the documentation tells more.".to_owned(),
        };
        Problem::new(410, "gone", "gone", "Gone", detail).with_remedy(remedy)
    }

    /// 412: the resource is not in the state that the request was made for.
    pub fn precondition_failed() -> Problem {
        let detail = "The resource has changed: its entity tag is not the one in `If-Match`.";
        Problem::new(412, "precondition_failed", "precondition_failed", "Precondition failed", detail)
            .with_remedy("Read the resource again and repeat the request with its new entity tag.")
    }

    /// 413: the body is too long.
    pub(crate) fn too_large(limit: usize) -> Problem {
        let detail = format!("The body is longer than {limit} bytes.");
        Problem::new(413, "too_large", "too_large", "Too large", detail).with_remedy("Send a shorter body.")
    }

    /// 414: the path with its query is too long.
    pub(crate) fn uri_too_long(limit: usize) -> Problem {
        let detail = format!("The path with its query is longer than {limit} bytes.");
        Problem::new(414, "uri_too_long", "too_large", "URI too long", detail)
            .with_remedy("Ask for less at once.")
    }

    /// 428: the request does not say which state it changes (RFC 6585, section 3).
    pub(crate) fn precondition_required() -> Problem {
        let detail = "This changes only a known state: `If-Match` has to name it.";
        Problem::new(428, "precondition_required", "precondition_failed", "Precondition required", detail)
            .with_remedy("Read the resource and send its entity tag as `If-Match`.")
    }

    /// 431: the headers are too long, or too many.
    pub(crate) fn headers_too_large(what: &str) -> Problem {
        let detail = format!("The request has {what}.");
        Problem::new(431, "headers_too_large", "too_large", "Headers too large", detail)
            .with_remedy("Send fewer or shorter headers.")
    }

    /// 415: the body has a type that is not read.
    pub(crate) fn unsupported_media_type(accepted: &str) -> Problem {
        let detail = format!("The header `Content-Type` must be {accepted}.");
        Problem::new(415, "unsupported_media_type", "malformed", "Unsupported media type", detail)
    }

    /// 415: the body is packed.
    pub(crate) fn unsupported_encoding() -> Problem {
        let detail = "The header `Content-Encoding` must be `identity`, or missing.";
        Problem::new(415, "unsupported_media_type", "malformed", "Unsupported media type", detail)
            .with_remedy("Send the body as it is.")
    }

    /// 422: the request can be read and breaks the schema or a rule.
    pub fn invalid(mut errors: Vec<Failure>) -> Problem {
        Problem::new(422, "invalid", "invalid", "Invalid request", summary(&mut errors, "is not valid"))
            .with_remedy("Correct the request as `errors` says.")
            .with_errors(errors)
    }

    /// 422: an idempotency key comes back with another request.
    pub(crate) fn idempotency_key_reused() -> Problem {
        let detail = "This `Idempotency-Key` was used for another request.";
        Problem::new(422, "idempotency_key_reused", "invalid", "Idempotency key reused", detail)
            .with_remedy("Make a new key for each request, and repeat a key only with the same request.")
    }

    /// 429: the caller asks too often.
    pub(crate) fn rate_limited(retry_after_seconds: u64) -> Problem {
        let detail = "Too many requests in too short a time.";
        Problem::new(429, "rate_limited", "rate_limited", "Rate limited", detail)
            .with_remedy("Repeat the request after the time in `Retry-After`.")
            .with_header("retry-after", retry_after_seconds.to_string())
            .retryable()
    }

    /// 500: the server is at fault. The cause goes to the log, the caller is told the request's id only.
    pub fn internal(cause: impl std::fmt::Display) -> Problem {
        let detail = "Something went wrong in the server. Its log tells more under the request's id.";
        Problem::new(500, "internal", "internal", "Internal error", detail).with_cause(cause)
    }

    /// 501: what this operation does is code, and this server has none. `resource` is empty for an operation of the service.
    pub(crate) fn not_implemented(resource: &str, operation: &Operation) -> Problem {
        let of = if resource.is_empty() { String::new() } else { format!(" of {resource}") };
        let detail = format!("What `{}`{of} does is code, which this server does not have.", operation.name);
        let remedy = match &operation.kind {
            OperationKind::Action(action) if action.target == Target::Item => {
                "Implement it in a generated Rust server, or declare what it does with `moves` and `sets`."
            }
            _ => "Implement it in a generated Rust server.",
        };
        Problem::new(501, "not_implemented", "internal", "Not implemented", detail).with_remedy(remedy)
    }

    /// 503: it will pass. The cause goes to the log.
    pub fn unavailable(retry_after_seconds: u32, cause: impl std::fmt::Display) -> Problem {
        let detail = "The server cannot answer at the moment.";
        Problem::new(503, "unavailable", "unavailable", "Unavailable", detail)
            .with_remedy("Repeat the request after the time in `Retry-After`.")
            .with_header("retry-after", retry_after_seconds.to_string())
            .with_cause(cause)
            .retryable()
    }
}

/// How many things are wrong; no more than [`MOST_FAILURES`] of them are kept.
fn summary(errors: &mut Vec<Failure>, what: &str) -> String {
    match errors.len() {
        0 => format!("The request {what}."),
        1 => format!("The request {what}: one thing is wrong."),
        more if more > MOST_FAILURES => {
            errors.truncate(MOST_FAILURES);
            format!("The request {what}: more than {MOST_FAILURES} things are wrong; these are the first.")
        }
        more => format!("The request {what}: {more} things are wrong."),
    }
}
