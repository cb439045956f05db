//! What the server answers whatever the schema declares: problems of the transport, and its own.

use atlas9_emitters_core::names::pascal;
use atlas9_ir::{ErrorKind, HttpMethod, OperationKind};
use openapiv3::{MediaType, ReferenceOr, Response};
use serde_json::Value as Json;

use crate::headers::Name;
use crate::parts::{PROBLEM, media, shown};
use crate::problems;
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
pub(crate) fn of(at: At<'_>) -> Vec<&'static Further> {
    let mut found = vec![&NOT_ACCEPTABLE, &INTERNAL, &UNAVAILABLE];
    if has_body(at.operation) {
        found.push(&TOO_LARGE);
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
    headers: &[],
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
