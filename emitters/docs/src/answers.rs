//! What an operation answers when it goes well.

use atlas9_emitters_core::samples;
use atlas9_ir::{ActionTarget, OperationKind, PaginationStyle, Resource, ResourceId, Type, TypeKind};
use serde_json::{Value as Json, json};

use crate::Site;
use crate::operation::At;
use crate::words::spaced;

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) about: String,
    pub(crate) headers: &'static [&'static str],
    pub(crate) body: Body,
}

/// What an answer holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Body {
    None,
    Resource,
    Page(PaginationStyle),
    /// Several of the resource, which are no page.
    Several,
    Value,
}

/// The answer of an operation that succeeds.
pub(crate) fn of(at: At<'_>) -> Answer {
    let one = at.resource.map_or_else(String::new, |resource| spaced(&resource.snake));
    let whole = |status, about: String, headers| Answer { status, about, headers, body: Body::Resource };
    match &at.operation.kind {
        OperationKind::List(list) => {
            let many = at.resource.map_or_else(String::new, |resource| spaced(&resource.plural));
            let body = Body::Page(list.paginate.style);
            Answer { status: 200, about: format!("A page of {many}."), headers: &["Link"], body }
        }
        OperationKind::Get => {
            whole(200, format!("The {one}; 304 while `If-None-Match` names what it is."), &["ETag"])
        }
        OperationKind::Create => whole(201, format!("The new {one}."), &["ETag", "Location"]),
        OperationKind::Update | OperationKind::Replace => {
            whole(200, format!("The {one} as it is now."), &["ETag"])
        }
        OperationKind::Delete(delete) if delete.soft_keep_days.is_some() => {
            whole(200, format!("The deleted {one}, which is kept for a while."), &["ETag"])
        }
        OperationKind::Delete(_) => {
            Answer { status: 204, about: "It is gone.".to_owned(), headers: &[], body: Body::None }
        }
        OperationKind::Undelete => whole(200, format!("The {one}, which is back."), &["ETag"]),
        OperationKind::BatchCreate(_) => several(at, "The new", "in the order of the request"),
        OperationKind::BatchDelete(_) if at.resource.is_some_and(Resource::soft_delete) => {
            several(at, "The deleted", "which are kept for a while, in the order of the request")
        }
        OperationKind::BatchDelete(_) => {
            Answer { status: 204, about: "They are gone.".to_owned(), headers: &[], body: Body::None }
        }
        OperationKind::Action(action) => match &action.returns {
            None => Answer { status: 204, about: "It is done.".to_owned(), headers: &[], body: Body::None },
            Some(ty) if action.target == ActionTarget::Item && is_own(at, ty) => Answer {
                status: 200,
                about: format!("The {one} as it is now."),
                headers: &["ETag"],
                body: Body::Value,
            },
            Some(_) => Answer { status: 200, about: String::new(), headers: &[], body: Body::Value },
        },
    }
}

fn several(at: At<'_>, which: &str, how: &str) -> Answer {
    let many = at.resource.map_or_else(String::new, |resource| spaced(&resource.plural));
    let about = format!("{which} {many} as `items`, {how}.");
    Answer { status: 200, about, headers: &[], body: Body::Several }
}

fn is_own(at: At<'_>, ty: &Type) -> bool {
    matches!(&ty.kind, TypeKind::Ref(to) if Some(*to) == at.id) && !ty.optional
}

/// The resource that the answer shows, alone or on a page.
pub(crate) fn shown(at: At<'_>, body: Body) -> Option<ResourceId> {
    match (body, &at.operation.kind) {
        (Body::None, _) => None,
        (Body::Resource | Body::Page(_) | Body::Several, _) => at.id,
        (Body::Value, OperationKind::Action(action)) => match action.returns.as_ref()?.kind {
            TypeKind::Ref(id) => Some(id),
            _ => None,
        },
        (Body::Value, _) => None,
    }
}

/// An example of what the answer holds.
pub(crate) fn example(site: &Site<'_>, at: At<'_>, body: Body) -> Option<Json> {
    match (body, at.id) {
        (Body::None, _) => None,
        (Body::Resource, Some(id)) => samples::of_resource(site.ir, id),
        (Body::Several, Some(id)) => Some(json!({"items": [samples::of_resource(site.ir, id)?]})),
        (Body::Page(style), Some(id)) => samples::page(site.ir, id, style),
        (Body::Value, _) => match &at.operation.kind {
            OperationKind::Action(action) => returned(site, action.returns.as_ref()?),
            _ => None,
        },
        _ => None,
    }
}

/// A reference is answered as the whole resource, a list as an object with its items.
fn returned(site: &Site<'_>, ty: &Type) -> Option<Json> {
    match site.ir.resolve(ty).0 {
        TypeKind::Ref(id) => samples::of_resource(site.ir, *id),
        TypeKind::List { item, .. } => {
            let item = match site.ir.resolve(item).0 {
                TypeKind::Ref(id) => samples::of_resource(site.ir, *id)?,
                _ => samples::of(site.ir, item)?,
            };
            Some(json!({"items": [item]}))
        }
        _ => samples::of(site.ir, ty),
    }
}
