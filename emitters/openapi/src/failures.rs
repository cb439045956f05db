//! Errors that an operation declares, as its answers.

use atlas9_emitters_core::problems::{self, is_standard};
use atlas9_ir::{ErrorDecl, ErrorId};
use openapiv3::{MediaType, ReferenceOr, Response, Schema, SchemaData, SchemaKind};
use serde_json::Value as Json;

use crate::headers::Name;
use crate::parts::{AnySchema, PROBLEM, shown};
use crate::shapes::{Shape, Shapes};
use crate::shared::{At, Shared, common};
use crate::text;

/// The answer of one status for the errors that have it. One standard error alone is a shared answer.
pub(crate) fn of(
    shapes: &mut Shapes<'_>,
    shared: &mut Shared,
    at: At<'_>,
    status: u16,
    ids: &[ErrorId],
) -> ReferenceOr<Response> {
    let errors: Vec<&ErrorDecl> = ids.iter().filter_map(|id| shapes.ir.errors.get(*id)).collect();
    let headers = failure_headers(at, status);
    let mut about: Vec<String> = errors.iter().map(|error| described(error)).collect();
    if in_flight(at, status) {
        about.push(
            "Or a request with the same `Idempotency-Key` is being worked on: try again after `Retry-After`."
                .to_owned(),
        );
    }
    let about = about.join("\n\n");
    let name = match (errors.as_slice(), ids) {
        ([error], [id]) if is_standard(error) && at.operation.deprecated.is_none() => {
            let may_be_retried = if in_flight(at, status) { "OrInFlight" } else { "" };
            format!("{}{may_be_retried}", shapes.names.of_error(*id))
        }
        _ => {
            let content = problem_media(shapes, ids);
            return ReferenceOr::Item(shared.respond(about, Some((PROBLEM, content)), &headers));
        }
    };
    if !shared.responses.contains_key(&name) {
        let content = problem_media(shapes, ids);
        let made = shared.respond(about, Some((PROBLEM, content)), &headers);
        shared.responses.insert(name.clone(), made);
    }
    ReferenceOr::ref_(&format!("#/components/responses/{name}"))
}

fn described(error: &ErrorDecl) -> String {
    let docs = text::docs(&error.docs);
    if docs.is_empty() { text::docs(&error.message) } else { docs }
}

fn failure_headers(at: At<'_>, status: u16) -> Vec<Name> {
    let mut headers = common(at);
    match status {
        401 | 403 => headers.push(Name::WwwAuthenticate),
        429 => headers.extend([Name::RateLimit, Name::RateLimitPolicy, Name::RetryAfter]),
        _ if in_flight(at, status) => headers.push(Name::RetryAfter),
        503 => headers.push(Name::RetryAfter),
        _ => {}
    }
    headers
}

/// True for what is also answered while a request with the same `Idempotency-Key` is being worked on.
fn in_flight(at: At<'_>, status: u16) -> bool {
    at.operation.idempotent && status == 409
}

/// The problems of one status: those with a schema of their own, and any other.
fn problem_media(shapes: &mut Shapes<'_>, ids: &[ErrorId]) -> MediaType {
    let mut schemas: Vec<AnySchema> = Vec::new();
    let mut examples: Vec<(String, Json)> = Vec::new();
    let mut standard = false;
    for id in ids {
        let Some(error) = shapes.ir.errors.get(*id) else { continue };
        examples.extend(problems::example(shapes.ir, error).map(|example| (error.code.clone(), example)));
        match is_standard(error) {
            true => standard = true,
            false => schemas.push(shapes.reference(Shape::Error(*id))),
        }
    }
    if standard || schemas.is_empty() {
        schemas.push(shapes.reference(Shape::Problem));
    }
    MediaType {
        schema: Some(any_of(schemas)),
        examples: examples.into_iter().map(|(code, value)| (code, ReferenceOr::Item(shown(value)))).collect(),
        ..MediaType::default()
    }
}

fn any_of(mut schemas: Vec<AnySchema>) -> AnySchema {
    match (schemas.pop(), schemas.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            schemas.extend(last);
            let schema_kind = SchemaKind::AnyOf { any_of: schemas };
            ReferenceOr::Item(Schema { schema_data: SchemaData::default(), schema_kind })
        }
    }
}
