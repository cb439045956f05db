//! The errors of the standard library, `stdlib/std/errors.atlas`: one for each kind.
//!
//! Every service can answer them, so they stand here once instead of in each service. No service declares an error of one of
//! these codes.

use crate::{ErrorType, Retry};

/// The standard error of each kind, by status; its code is the kind.
pub static STANDARD: [ErrorType; 13] = [
    of_kind(
        "malformed",
        "Malformed",
        (400, Retry::No),
        "The request cannot be read.",
        "Mend what `errors` points at: the syntax of the body, the name or the form of a parameter. Sending the same request again fails again.",
    ),
    of_kind(
        "unauthenticated",
        "Unauthenticated",
        (401, Retry::No),
        "This needs valid credentials.",
        "Send a token that is valid and has not expired, as `WWW-Authenticate` describes.",
    ),
    of_kind(
        "forbidden",
        "Forbidden",
        (403, Retry::No),
        "The credentials do not allow this.",
        "Ask for a token with the scopes that this operation names.",
    ),
    of_kind(
        "not_found",
        "Not found",
        (404, Retry::No),
        "There is no such resource.",
        "Check the key. It may have been deleted, or it belongs to somebody else.",
    ),
    of_kind(
        "conflict",
        "Conflict",
        (409, Retry::AfterReading),
        "The request contradicts the present state.",
        "Read the resource again, see what has changed, and decide again.",
    ),
    of_kind(
        "gone",
        "Gone",
        (410, Retry::No),
        "This is gone for good.",
        "Stop asking for it; the documentation names what replaces it.",
    ),
    of_kind(
        "precondition_failed",
        "Precondition failed",
        (412, Retry::AfterReading),
        "The resource has changed since it was read.",
        "Read it again, apply the change to what is there now, and send it with the new `ETag`.",
    ),
    of_kind("too_large", "Too large", (413, Retry::No), "The body is too large.", "Send less at once."),
    of_kind(
        "invalid",
        "Invalid",
        (422, Retry::No),
        "Some values are not valid.",
        "Mend each value that `errors` points at; all of them are listed.",
    ),
    of_kind(
        "rate_limited",
        "Rate limited",
        (429, Retry::AfterDelay),
        "Too many requests.",
        "Wait for as long as `Retry-After` says, then send the same request again.",
    ),
    of_kind(
        "internal",
        "Internal",
        (500, Retry::No),
        "The server failed.",
        "Nothing in the request is at fault. Report the `instance` to whoever runs the service.",
    ),
    of_kind(
        "unavailable",
        "Unavailable",
        (503, Retry::WithBackoff),
        "The service is not available for the moment.",
        "Send the same request again after a while, with growing pauses.",
    ),
    of_kind(
        "timeout",
        "Timeout",
        (504, Retry::WithBackoff),
        "The answer was not ready in time.",
        "Send the same request again after a while, with growing pauses. Use an idempotency key where it changes something.",
    ),
];

const fn of_kind(
    kind: &'static str,
    title: &'static str,
    (status, retry): (u16, Retry),
    message: &'static str,
    remedy: &'static str,
) -> ErrorType {
    ErrorType { code: kind, title, kind, status, retry, message, remedy, fields: &[] }
}
