//! What an operation answers, for every status.

use std::collections::BTreeMap;

use atlas9_ir::{Action, ActionTarget, ErrorId, Operation, OperationKind, TypeKind};
use openapiv3::{MediaType, ReferenceOr, Response, Responses, StatusCode};

use crate::headers::Name;
use crate::parts::media;
use crate::shapes::{Shape, Shapes};
use crate::shared::{At, Shared};
use crate::{bodies, examples, failures, further, text};

/// All answers of an operation, by status.
pub(crate) fn of(shapes: &mut Shapes<'_>, shared: &mut Shared, at: At<'_>) -> Responses {
    let mut by_status: BTreeMap<u16, ReferenceOr<Response>> = success(shapes, shared, at);
    for (status, errors) in errors(shapes, at) {
        by_status.insert(status, failures::of(shapes, shared, at, status, &errors));
    }
    for further in further::of(shapes.ir, at) {
        by_status.entry(further.status).or_insert_with(|| further.response(shapes, shared));
    }
    Responses {
        responses: by_status
            .into_iter()
            .map(|(status, response)| (StatusCode::Code(status), response))
            .collect(),
        ..Responses::default()
    }
}

fn errors(shapes: &Shapes<'_>, at: At<'_>) -> BTreeMap<u16, Vec<ErrorId>> {
    let mut found: BTreeMap<u16, Vec<ErrorId>> = BTreeMap::new();
    for id in &at.operation.errors {
        if let Some(error) = shapes.ir.errors.get(*id) {
            found.entry(error.kind.status()).or_default().push(*id);
        }
    }
    found
}

/// True when the operation takes a body.
pub(crate) fn has_body(operation: &Operation) -> bool {
    match &operation.kind {
        OperationKind::Create
        | OperationKind::Update
        | OperationKind::Replace
        | OperationKind::BatchCreate(_)
        | OperationKind::BatchDelete(_) => true,
        OperationKind::Action(action) => action.body().next().is_some(),
        OperationKind::List(_) | OperationKind::Get | OperationKind::Delete(_) | OperationKind::Undelete => {
            false
        }
    }
}

fn success(shapes: &mut Shapes<'_>, shared: &mut Shared, at: At<'_>) -> BTreeMap<u16, ReferenceOr<Response>> {
    if let OperationKind::Action(action) = &at.operation.kind {
        let (status, response) = of_action(shapes, shared, at, action);
        return BTreeMap::from([(status, ReferenceOr::Item(response))]);
    }
    // What is no action belongs to a resource.
    let Some((id, resource)) = at.owner else { return BTreeMap::new() };
    let one = text::spaced(&resource.snake);
    let mut whole = |shapes: &mut Shapes<'_>, about: String, headers: &[Name]| {
        let content = match at.operation.kind {
            // An example does not say what it is after something was done with it.
            OperationKind::Delete(_) => media(shapes.reference(Shape::Resource(id))),
            OperationKind::Get => {
                let schema = Some(shapes.read(id, at.operation));
                MediaType { schema, ..examples::media(shapes, at, Shape::Resource(id)) }
            }
            _ => examples::media(shapes, at, Shape::Resource(id)),
        };
        shared.answer(at, about, Some(content), headers)
    };
    let response = match &at.operation.kind {
        OperationKind::Action(_) => return BTreeMap::new(),
        OperationKind::List(_) => {
            let page = media(shapes.reference(Shape::Page(id)));
            let about = format!("A page of {}.", text::spaced(&resource.plural));
            (200, shared.answer(at, about, Some(page), &[Name::Link]))
        }
        OperationKind::Get => (200, whole(shapes, format!("The {one}."), &[Name::ETag])),
        OperationKind::Create => {
            (201, whole(shapes, format!("The new {one}."), &[Name::ETag, Name::Location]))
        }
        OperationKind::Update | OperationKind::Replace => {
            (200, whole(shapes, format!("The {one} as it is now."), &[Name::ETag]))
        }
        OperationKind::Delete(delete) if delete.soft_keep_days.is_some() => {
            (200, whole(shapes, format!("The deleted {one}, which is kept for a while."), &[Name::ETag]))
        }
        OperationKind::Delete(_) => (204, shared.answer(at, "It is gone.".to_owned(), None, &[])),
        OperationKind::Undelete => (200, whole(shapes, format!("The {one}, which is back."), &[Name::ETag])),
        OperationKind::BatchCreate(_) => {
            let items = media(bodies::several(shapes, id));
            let about = format!("The new {}, in the order of the request.", text::spaced(&resource.plural));
            (200, shared.answer(at, about, Some(items), &[]))
        }
        OperationKind::BatchDelete(_) if resource.soft_delete() => {
            let items = media(bodies::several(shapes, id));
            let plural = text::spaced(&resource.plural);
            let about =
                format!("The deleted {plural}, which are kept for a while, in the order of the request.");
            (200, shared.answer(at, about, Some(items), &[]))
        }
        OperationKind::BatchDelete(_) => (204, shared.answer(at, "They are gone.".to_owned(), None, &[])),
    };
    let mut found = BTreeMap::from([(response.0, ReferenceOr::Item(response.1))]);
    if at.operation.kind == OperationKind::Get {
        let unchanged = shared.answer(at, format!("The {one} has not changed."), None, &[Name::ETag]);
        found.insert(304, ReferenceOr::Item(unchanged));
    }
    found
}

fn of_action(shapes: &mut Shapes<'_>, shared: &mut Shared, at: At<'_>, action: &Action) -> (u16, Response) {
    let Some(ty) = &action.returns else {
        return (204, shared.answer(at, "It is done.".to_owned(), None, &[]));
    };
    let content = media(shapes.answered(ty));
    let own = matches!(shapes.ir.resolve(ty), (TypeKind::Ref(to), false) if Some(*to) == at.id());
    match at.resource().filter(|_| own && action.target == ActionTarget::Item) {
        Some(resource) => {
            let about = format!("The {} as it is now.", text::spaced(&resource.snake));
            (200, shared.answer(at, about, Some(content), &[Name::ETag]))
        }
        None => (200, shared.answer(at, "What came of it.".to_owned(), Some(content), &[])),
    }
}
