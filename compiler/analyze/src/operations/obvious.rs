//! The errors that an operation can answer: those it names, those of the service, and those that follow from what it is.

use std::collections::HashSet;

use atlas9_ir::{ActionTarget, ErrorId, ErrorKind, Field, OnDelete, Operation, OperationKind, ResourceId};

use super::Here;
use crate::model::{Plain, Types};
use crate::resources::Entry;

/// Resources that cannot be deleted while others point to them.
pub(super) fn held(types: &Types, resources: &[Entry<'_>]) -> HashSet<ResourceId> {
    let fields = resources.iter().flat_map(|entry| &entry.shape.fields);
    let holding = fields.filter(|field| field.on_delete == Some(OnDelete::Restrict));
    holding.filter_map(|field| target(types, field)).collect()
}

/// The resource that a field points to, or a list of references does.
pub(super) fn target(types: &Types, field: &Field) -> Option<ResourceId> {
    match types.plain(&field.ty)?.0 {
        Plain::Ref(resource) => Some(resource),
        Plain::List(item, _) => match types.plain(item)?.0 {
            Plain::Ref(resource) => Some(resource),
            _ => None,
        },
        _ => None,
    }
}

/// All of them, sorted by status and code.
pub(super) fn errors(here: Here<'_, '_>, operation: &Operation) -> Vec<ErrorId> {
    let ids = &here.at.cx.ids;
    let service = here.at.cx.api.service.as_ref();
    let mut errors = operation.raises.clone();
    errors.extend(service.iter().flat_map(|service| &service.raises));
    errors.extend(kinds(here, operation).into_iter().filter_map(|kind| ids.standard(kind)));
    errors.sort_by_key(|id| {
        let error = here.api.errors.get(id.index()).map(|entry| &entry.decl);
        (error.map(|error| error.kind.status()), error.map(|error| error.code.as_str()), *id)
    });
    errors.dedup();
    errors
}

fn kinds(here: Here<'_, '_>, operation: &Operation) -> Vec<ErrorKind> {
    use OperationKind::{Action, Create, Delete, Get, List, Replace, Undelete, Update};
    // Unknown and unreadable query parameters are refused everywhere.
    let mut kinds = vec![ErrorKind::Malformed];
    let kind = &operation.kind;
    if looks_up(here, kind) {
        kinds.push(ErrorKind::NotFound);
    }
    let body = match kind {
        Create | Update | Replace => true,
        Action(action) => action.body().next().is_some(),
        List(_) | Get | Delete(_) | Undelete => false,
    };
    if body {
        kinds.extend([ErrorKind::TooLarge, ErrorKind::Invalid]);
    }
    if operation.idempotent {
        kinds.extend([ErrorKind::Conflict, ErrorKind::Invalid]);
    }
    if conflicts(here, kind) {
        kinds.push(ErrorKind::Conflict);
    }
    if matches!(kind, Update | Replace | Delete(_)) {
        kinds.push(ErrorKind::PreconditionFailed);
    }
    if here.at.cx.api.authenticated() && !operation.public {
        kinds.extend([ErrorKind::Unauthenticated, ErrorKind::Forbidden]);
    }
    if here.at.cx.api.service.as_ref().is_some_and(|service| service.rate_limit.is_some()) {
        kinds.push(ErrorKind::RateLimited);
    }
    kinds
}

/// True when the path leads to a row, of the resource or of a parent.
fn looks_up(here: Here<'_, '_>, kind: &OperationKind) -> bool {
    let Some((_, entry)) = here.resource else { return false };
    let one = match kind {
        OperationKind::List(_) | OperationKind::Create => false,
        OperationKind::Action(action) => action.target == ActionTarget::Item,
        _ => true,
    };
    // A singleton is always there.
    one && !entry.ast.singleton || entry.parent.is_some()
}

/// True when the present rows can stand against the operation.
fn conflicts(here: Here<'_, '_>, kind: &OperationKind) -> bool {
    let Some((id, entry)) = here.resource else { return false };
    let fields = &here.shape.fields;
    let unique_index = entry.has_unique_index();
    let writes = |written: fn(&Field) -> bool| {
        let clash = |field: &&Field| {
            let given_key = field.key && field.managed.is_none();
            field.unique || given_key || target(here.at.types, field).is_some()
        };
        unique_index || fields.iter().filter(clash).any(written)
    };
    match kind {
        OperationKind::Create => writes(Field::creatable),
        OperationKind::Update | OperationKind::Replace => writes(Field::updatable),
        OperationKind::Delete(_) => here.api.held.contains(&id),
        OperationKind::Undelete => true,
        OperationKind::Action(action) => {
            let touches = |name: &str| {
                here.shape
                    .get(name)
                    .is_some_and(|field| field.unique || target(here.at.types, field).is_some())
            };
            let mut sets = action.sets.iter().filter_map(|set| set.field.0.first());
            sets.any(|name| touches(name)) || !action.moves.is_empty() && standard_conflict(here, action)
        }
        OperationKind::List(_) | OperationKind::Get => false,
    }
}

/// True when a move without `else` answers the standard conflict.
fn standard_conflict(here: Here<'_, '_>, action: &atlas9_ir::Action) -> bool {
    let conflict = here.at.cx.ids.standard(ErrorKind::Conflict);
    action.moves.iter().any(|moves| Some(moves.otherwise.error) == conflict)
}
