//! Operations with all that clients send.

use atlas9_emitters_core::describe::does;
use atlas9_emitters_core::requests::takes_if_match;
use atlas9_emitters_core::sdk::facts;
use atlas9_ir::{AuthKind, Field, HttpMethod, Ir, Operation as Declared, OperationKind, Resource};
use openapiv3::{Operation, PathItem, ReferenceOr, RequestBody, SecurityRequirement};
use serde_json::Value as Json;

use crate::examples;
use crate::parameters::{
    expand, fields, force, idempotency_key, if_match, if_none_match, in_header, in_query, of_list, placed,
    show_deleted, unless_match,
};
use crate::parts::{JSON, media};
use crate::responses::{self, has_body};
use crate::shapes::{Shape, Shapes};
use crate::shared::{At, Shared};
use crate::text;

/// The type of body that an update takes (RFC 7396).
const MERGE_PATCH: &str = "application/merge-patch+json";

/// The operation.
pub(crate) fn of(shapes: &mut Shapes<'_>, shared: &mut Shared, at: At<'_>) -> Operation {
    let declared = at.operation;
    let (summary, rest) = text::summary(&declared.docs);
    let said = if summary.is_empty() { facts::does(at.resource(), declared) } else { text::docs(&summary) };
    let summary = if summary.is_empty() { does(at.resource(), declared) } else { summary };
    let mut made = Operation {
        tags: vec![at.resource().map_or_else(|| service_tag(shapes.ir), tag)],
        summary: Some(summary),
        description: description(declared, &rest).or(Some(said)),
        operation_id: Some(shapes.names.operation(at.id(), at.place).to_owned()),
        parameters: parameters(shapes, at),
        request_body: has_body(declared).then(|| ReferenceOr::Item(body(shapes, at))),
        responses: responses::of(shapes, shared, at),
        deprecated: declared.deprecated.is_some(),
        security: Some(security(shapes.ir, declared)),
        ..Operation::default()
    };
    if !declared.requires.is_empty() {
        made.extensions.insert("x-required-scopes".to_owned(), declared.requires.clone().into());
    }
    if let Some(deprecation) = &declared.deprecated {
        let members = [
            ("x-deprecated-since", &deprecation.since),
            ("x-deprecated-on", &deprecation.on),
            ("x-sunset", &deprecation.sunset),
        ];
        let members = members
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), Json::from(value.clone()?))));
        made.extensions.extend(members);
    }
    made
}

/// The tag of a resource's operations.
pub(crate) fn tag(resource: &Resource) -> String {
    atlas9_emitters_core::names::sentence(&resource.plural)
}

/// The tag of the operations that fit no resource.
pub(crate) fn service_tag(ir: &Ir) -> String {
    atlas9_emitters_core::names::sentence(&ir.service.name)
}

/// Puts an operation under its method.
pub(crate) fn place(path: &mut PathItem, method: HttpMethod, operation: Operation) {
    let slot = match method {
        HttpMethod::Get => &mut path.get,
        HttpMethod::Post => &mut path.post,
        HttpMethod::Put => &mut path.put,
        HttpMethod::Patch => &mut path.patch,
        HttpMethod::Delete => &mut path.delete,
    };
    *slot = Some(operation);
}

fn description(declared: &Declared, rest: &str) -> Option<String> {
    let scopes = facts::needs(declared).unwrap_or_default();
    let kept = match &declared.kind {
        OperationKind::Delete(delete) => delete.soft_keep_days,
        _ => None,
    };
    let kept = kept.map_or(String::new(), |days| format!("What is deleted is kept for {days} days."));
    text::paragraphs([text::docs(rest), kept, scopes, text::deprecation(declared.deprecated.as_ref())])
}

fn parameters(shapes: &mut Shapes<'_>, at: At<'_>) -> Vec<ReferenceOr<openapiv3::Parameter>> {
    let mut found = match (&at.operation.kind, at.resource()) {
        (OperationKind::List(list), Some(resource)) => of_list(shapes, resource, list),
        (OperationKind::Get, Some(resource)) if resource.soft_delete() => {
            vec![ReferenceOr::Item(in_query(show_deleted()))]
        }
        (OperationKind::Delete(delete), _) if delete.force => vec![ReferenceOr::Item(in_query(force()))],
        (OperationKind::Action(action), _) => placed(shapes, &action.params),
        _ => Vec::new(),
    };
    found.extend(expand(&at.operation.expand).map(|data| ReferenceOr::Item(in_query(data))));
    let choosing = at.resource().filter(|_| at.operation.fields);
    found.extend(choosing.map(|resource| ReferenceOr::Item(in_query(fields(resource, at.operation)))));
    let mut headers = Vec::new();
    headers.extend((at.operation.kind == OperationKind::Get).then(if_none_match));
    if takes_if_match(at.operation) {
        headers.extend([if_match(at.operation.conditional), unless_match()]);
    }
    headers.extend(at.operation.idempotent.then(idempotency_key));
    found.extend(headers.into_iter().map(|data| ReferenceOr::Item(in_header(data))));
    found
}

fn body(shapes: &mut Shapes<'_>, at: At<'_>) -> RequestBody {
    let shape = Shape::Body(at.id(), at.place);
    let content = match at.operation.kind {
        OperationKind::Create | OperationKind::Replace => examples::media(shapes, at, shape),
        _ => media(shapes.reference(shape)),
    };
    let kinds: &[&str] =
        if at.operation.method == HttpMethod::Patch { &[MERGE_PATCH, JSON] } else { &[JSON] };
    // A body that would say nothing may be missing.
    let required = match &at.operation.kind {
        OperationKind::Action(action) => action.body().any(Field::required_in_create),
        _ => true,
    };
    RequestBody {
        required,
        content: kinds.iter().map(|kind| ((*kind).to_owned(), content.clone())).collect(),
        ..RequestBody::default()
    }
}

/// One way to say who is calling is enough.
fn security(ir: &Ir, declared: &Declared) -> Vec<SecurityRequirement> {
    let schemes = ir.service.auth.iter().filter(|_| !declared.public);
    schemes
        .map(|scheme| std::iter::once((scheme_name(scheme.kind).to_owned(), Vec::new())).collect())
        .collect()
}

/// The name of a security scheme.
pub(crate) fn scheme_name(kind: AuthKind) -> &'static str {
    match kind {
        AuthKind::Bearer => "bearer",
        AuthKind::ApiKey => "api_key",
    }
}
