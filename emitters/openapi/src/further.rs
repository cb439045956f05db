//! What the server answers whatever the schema declares: problems of the transport, and its own.

use atlas9_emitters_core::names::pascal;
use atlas9_emitters_core::problems;
use atlas9_emitters_core::requests::takes_if_match;
use atlas9_ir::{ActionTarget, AuthKind, ErrorKind, HttpMethod, Ir, OperationKind};
use openapiv3::{MediaType, ReferenceOr, Response};
use serde_json::Value as Json;

use crate::headers::Name;
use crate::parts::{PROBLEM, media, shown};
use crate::responses::has_body;
use crate::shapes::{Shape, Shapes};
use crate::shared::{At, Shared};

/// An answer that no declared error stands for.
pub(crate) struct Further {
    pub(crate) status: u16,
    code: &'static str,
    title: &'static str,
    kind: ErrorKind,
    detail: &'static str,
    headers: &'static [Name],
}

/// What the server answers whatever the operation does.
pub(crate) fn of(ir: &Ir, at: At<'_>) -> Vec<&'static Further> {
    let mut found = vec![&NOT_ACCEPTABLE, &URI_TOO_LONG, &HEADERS_TOO_LARGE, &INTERNAL, &UNAVAILABLE];
    // Even an open operation refuses a token that is none.
    let kinds: Vec<AuthKind> = ir.service.auth.iter().map(|auth| auth.kind).collect();
    match kinds[..] {
        [] => {}
        [AuthKind::ApiKey] => found.push(&WRONG_KEY),
        _ => found.push(&UNAUTHENTICATED),
    }
    if takes_if_match(at.operation) {
        found.push(&PRECONDITION_FAILED);
    }
    if at.operation.conditional {
        found.push(&PRECONDITION_REQUIRED);
    }
    if at.operation.deprecated.as_ref().is_some_and(|deprecated| deprecated.sunset.is_some()) {
        found.push(&GONE);
    }
    let changes =
        matches!(&at.operation.kind, OperationKind::Action(action) if action.target == ActionTarget::Item);
    if changes && at.resource().is_some_and(|resource| !resource.rules.is_empty()) {
        found.push(&INVALID);
    }
    if has_body(at.operation) {
        found.extend([&REQUEST_TIMEOUT, &TOO_LARGE]);
        found.push(if at.operation.method == HttpMethod::Patch { &UNSUPPORTED_PATCH } else { &UNSUPPORTED });
    }
    if matches!(&at.operation.kind, OperationKind::Action(action) if action.needs_code()) {
        found.push(&NOT_IMPLEMENTED);
    }
    found
}

impl Further {
    /// A reference to the answer, which is there from the first time on.
    pub(crate) fn response(&self, shapes: &mut Shapes<'_>, shared: &mut Shared) -> ReferenceOr<Response> {
        let suffix = if self.headers.contains(&Name::AcceptPatch) { "Patch" } else { "" };
        let name = format!("{}{suffix}", pascal(self.code));
        if !shared.responses.contains_key(&name) {
            let mut example =
                problems::standard_members(shapes.ir, self.code, self.title, self.kind, self.detail);
            example.insert("status".to_owned(), self.status.into());
            let content = MediaType {
                examples: std::iter::once((
                    self.code.to_owned(),
                    ReferenceOr::Item(shown(Json::Object(example))),
                ))
                .collect(),
                ..media(shapes.reference(Shape::Problem))
            };
            let headers: Vec<Name> = self.headers.iter().copied().chain([Name::RequestId]).collect();
            let made = shared.respond(self.detail.to_owned(), Some((PROBLEM, content)), &headers);
            shared.responses.insert(name.clone(), made);
        }
        ReferenceOr::ref_(&format!("#/components/responses/{name}"))
    }
}

const UNAUTHENTICATED: Further = Further {
    status: 401,
    code: "unauthenticated",
    title: "Not authenticated",
    kind: ErrorKind::Unauthenticated,
    detail: "The bearer token is not valid.",
    headers: &[Name::WwwAuthenticate],
};

const WRONG_KEY: Further = Further { detail: "The API key is not valid.", ..UNAUTHENTICATED };

const REQUEST_TIMEOUT: Further = Further {
    status: 408,
    code: "request_timeout",
    title: "Request timeout",
    kind: ErrorKind::Timeout,
    detail: "The body did not arrive in time.",
    headers: &[],
};

const PRECONDITION_FAILED: Further = Further {
    status: 412,
    code: "precondition_failed",
    title: "Precondition failed",
    kind: ErrorKind::PreconditionFailed,
    detail: "The resource has changed: its entity tag is not the one in `If-Match`.",
    headers: &[],
};

const PRECONDITION_REQUIRED: Further = Further {
    status: 428,
    code: "precondition_required",
    title: "Precondition required",
    kind: ErrorKind::PreconditionFailed,
    detail: "This changes only a known state: `If-Match` has to name it.",
    headers: &[],
};

const GONE: Further = Further {
    status: 410,
    code: "gone",
    title: "Gone",
    kind: ErrorKind::Gone,
    detail: "The sunset has passed, and the operation is no longer offered.",
    headers: &[],
};

const INVALID: Further = Further {
    status: 422,
    code: "invalid",
    title: "Invalid request",
    kind: ErrorKind::Invalid,
    detail: "The resource would break a rule.",
    headers: &[],
};

const NOT_ACCEPTABLE: Further = Further {
    status: 406,
    code: "not_acceptable",
    title: "Not acceptable",
    kind: ErrorKind::Malformed,
    detail: "Answers are `application/json`, which the header `Accept` excludes.",
    headers: &[],
};

const UNSUPPORTED: Further = Further {
    status: 415,
    code: "unsupported_media_type",
    title: "Unsupported media type",
    kind: ErrorKind::Malformed,
    detail: "The header `Content-Type` must be application/json.",
    headers: &[Name::Accept],
};

const UNSUPPORTED_PATCH: Further = Further {
    detail: "The header `Content-Type` must be application/merge-patch+json or application/json.",
    headers: &[Name::AcceptPatch],
    ..UNSUPPORTED
};

const TOO_LARGE: Further = Further {
    status: 413,
    code: "too_large",
    title: "Too large",
    kind: ErrorKind::TooLarge,
    detail: "The body is longer than the server takes.",
    headers: &[],
};

const URI_TOO_LONG: Further = Further {
    status: 414,
    code: "uri_too_long",
    title: "URI too long",
    kind: ErrorKind::TooLarge,
    detail: "The path with its query is longer than the server takes.",
    headers: &[],
};

const HEADERS_TOO_LARGE: Further = Further {
    status: 431,
    code: "headers_too_large",
    title: "Headers too large",
    kind: ErrorKind::TooLarge,
    detail: "The headers are longer, or more, than the server takes.",
    headers: &[],
};

const INTERNAL: Further = Further {
    status: 500,
    code: "internal",
    title: "Internal error",
    kind: ErrorKind::Internal,
    detail: "Something went wrong in the server. Its log tells more under the request's id.",
    headers: &[],
};

const NOT_IMPLEMENTED: Further = Further {
    status: 501,
    code: "not_implemented",
    title: "Not implemented",
    kind: ErrorKind::Internal,
    detail: "What this action does is code, which this server does not have.",
    headers: &[],
};

const UNAVAILABLE: Further = Further {
    status: 503,
    code: "unavailable",
    title: "Unavailable",
    kind: ErrorKind::Unavailable,
    detail: "The server cannot answer at the moment.",
    headers: &[Name::RetryAfter],
};
