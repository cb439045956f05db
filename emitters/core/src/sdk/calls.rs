//! What a call of an operation answers, and what it can be told beside its request.

use atlas9_ir::{Ir, Operation, OperationKind, Resource, ResourceId, Type, TypeKind};

use crate::requests::takes_if_match;

/// What an operation answers with.
#[derive(Clone, Copy, Debug)]
pub enum Answer<'a> {
    /// No body.
    Nothing,
    /// One value.
    One(Answered<'a>),
    /// An object with `items`, or null in its place where `optional`.
    Items {
        /// What each item is.
        item: Answered<'a>,
        /// True where the answer may be null.
        optional: bool,
    },
}

/// A value of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Answered<'a> {
    /// A resource, with all that its caller may see; a pair of its id and whether it may be null.
    Resource(ResourceId, bool),
    /// A value of a type.
    Value(&'a Type),
}

impl<'a> Answer<'a> {
    /// What the operation answers; a list answers pages, which this does not tell, of the resource.
    pub fn of(ir: &'a Ir, owner: Option<(ResourceId, &Resource)>, operation: &'a Operation) -> Answer<'a> {
        let Some((id, resource)) = owner else { return Answer::of_action(ir, operation) };
        let own = Answered::Resource(id, false);
        match &operation.kind {
            OperationKind::Delete(delete) if delete.soft_keep_days.is_none() => Answer::Nothing,
            OperationKind::BatchDelete(_) if !resource.soft_delete() => Answer::Nothing,
            OperationKind::BatchCreate(_) | OperationKind::BatchDelete(_) => {
                Answer::Items { item: own, optional: false }
            }
            OperationKind::Action(_) => Answer::of_action(ir, operation),
            OperationKind::List(_)
            | OperationKind::Get
            | OperationKind::Create
            | OperationKind::Update
            | OperationKind::Replace
            | OperationKind::Delete(_)
            | OperationKind::Undelete => Answer::One(own),
        }
    }

    fn of_action(ir: &'a Ir, operation: &'a Operation) -> Answer<'a> {
        let OperationKind::Action(action) = &operation.kind else { return Answer::Nothing };
        let Some(ty) = &action.returns else { return Answer::Nothing };
        match (&ty.kind, ir.resolve(ty)) {
            (TypeKind::Ref(of), _) => Answer::One(Answered::Resource(*of, ty.optional)),
            // A list is answered as an object with `items`.
            (_, (TypeKind::List { item, .. }, optional)) => {
                Answer::Items { item: Answered::of(item), optional }
            }
            _ => Answer::One(Answered::Value(ty)),
        }
    }
}

impl<'a> Answered<'a> {
    fn of(ty: &'a Type) -> Answered<'a> {
        match &ty.kind {
            TypeKind::Ref(of) => Answered::Resource(*of, ty.optional),
            _ => Answered::Value(ty),
        }
    }
}

/// What a call can be told that is in no body and no list's parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asks {
    /// To give a deleted one too: the query's `show_deleted`.
    pub show_deleted: bool,
    /// To embed references: the query's `expand`.
    pub expand: bool,
    /// To answer some fields: the query's `fields`.
    pub fields: bool,
    /// To delete also what would hold it: the query's `force`.
    pub force: bool,
    /// The state that a change is based on: the header `If-Match` (RFC 9110, section 13.1.1).
    pub if_match: bool,
    /// True where there is no call without `If-Match`.
    pub must_match: bool,
    /// The key under which a write happens once: the header `Idempotency-Key`.
    pub idempotent: bool,
}

impl Asks {
    /// What a call of the operation can be told.
    pub fn of(resource: Option<&Resource>, operation: &Operation) -> Asks {
        let reads = matches!(operation.kind, OperationKind::Get);
        let if_match = takes_if_match(operation);
        Asks {
            show_deleted: reads && resource.is_some_and(Resource::soft_delete),
            expand: reads && !operation.expand.is_empty(),
            fields: reads && operation.fields,
            force: matches!(&operation.kind, OperationKind::Delete(delete) if delete.force),
            if_match,
            must_match: if_match && operation.conditional,
            idempotent: operation.idempotent,
        }
    }
}
