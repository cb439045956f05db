//! What answers of several operations have in common.

use std::collections::{BTreeMap, BTreeSet};

use atlas9_ir::{Operation, Resource, ResourceId};
use openapiv3::{MediaType, Response};

use crate::headers::Name;
use crate::parts::JSON;

/// An operation that is described.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    /// The resource that offers it; nothing for an operation of the service.
    pub(crate) owner: Option<(ResourceId, &'a Resource)>,
    /// Its place among its owner's operations.
    pub(crate) place: usize,
    pub(crate) operation: &'a Operation,
}

impl<'a> At<'a> {
    pub(crate) fn id(&self) -> Option<ResourceId> {
        self.owner.map(|(id, _)| id)
    }

    pub(crate) fn resource(&self) -> Option<&'a Resource> {
        self.owner.map(|(_, resource)| resource)
    }
}

/// What several operations share: it stands once, among the components.
#[derive(Default)]
pub(crate) struct Shared {
    /// Answers, by name.
    pub(crate) responses: BTreeMap<String, Response>,
    /// The headers that answers refer to.
    pub(crate) headers: BTreeSet<Name>,
}

impl Shared {
    /// An answer.
    pub(crate) fn respond(
        &mut self,
        description: String,
        content: Option<(&str, MediaType)>,
        headers: &[Name],
    ) -> Response {
        let sorted: BTreeSet<Name> = headers.iter().copied().collect();
        self.headers.extend(&sorted);
        Response {
            description,
            headers: sorted.into_iter().map(|name| (name.word().to_owned(), name.reference())).collect(),
            content: content.into_iter().map(|(kind, media)| (kind.to_owned(), media)).collect(),
            ..Response::default()
        }
    }

    /// A success of an operation.
    pub(crate) fn answer(
        &mut self,
        at: At<'_>,
        description: String,
        content: Option<MediaType>,
        headers: &[Name],
    ) -> Response {
        let mut all = common(at);
        all.extend(headers);
        all.extend(at.operation.idempotent.then_some(Name::IdempotentReplayed));
        self.respond(description, content.map(|content| (JSON, content)), &all)
    }
}

/// What every answer of the operation carries.
pub(crate) fn common(at: At<'_>) -> Vec<Name> {
    let mut names = vec![Name::RequestId];
    if let Some(deprecation) = &at.operation.deprecated {
        names.push(Name::Link);
        // RFC 9745 wants a date, which the schema need not tell.
        names.extend(deprecation.on.as_ref().map(|_| Name::Deprecation));
        names.extend(deprecation.sunset.as_ref().map(|_| Name::Sunset));
    }
    names
}
