//! What README shows: calls of operations with examples of what they are given.

use atlas9_emitters_core::calls::rust::{Calls, Chain};
use atlas9_emitters_core::calls::{Call, CallWriter};
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::requests::{Request, clearing, example};
use atlas9_emitters_core::sdk::Showpiece;
use atlas9_ir::{ErrorDecl, ErrorId, Ir, Operation, OperationKind, ResourceId};

/// A call that can be shown.
pub(super) struct Shown<'a> {
    ir: &'a Ir,
    pub(super) owner: Option<ResourceId>,
    pub(super) operation: &'a Operation,
    request: Request<'a>,
}

impl<'a> Shown<'a> {
    /// The first operation of its kind that is there to stay, best one of the resource that offers most.
    pub(super) fn find(ir: &'a Ir, wanted: impl Fn(&Operation) -> bool) -> Option<Shown<'a>> {
        Shown::made(ir, wanted, example)
    }

    /// The first update that can clear a field, and does nothing else.
    pub(super) fn clearing(ir: &'a Ir) -> Option<Shown<'a>> {
        Shown::made(ir, |operation| matches!(operation.kind, OperationKind::Update), clearing)
    }

    fn made(
        ir: &'a Ir,
        wanted: impl Fn(&Operation) -> bool,
        request: impl Fn(&'a Ir, Option<ResourceId>, &'a Operation) -> Option<Request<'a>>,
    ) -> Option<Shown<'a>> {
        let lasting = all(ir).filter(|(_, operation)| operation.deprecated.is_none());
        let mut made = lasting.filter(|(_, operation)| wanted(operation)).filter_map(|(owner, operation)| {
            let request = request(ir, owner, operation)?;
            Some(Shown { ir, owner, operation, request })
        });
        made.next()
    }

    /// The first operation with an error of its own, and that error.
    pub(super) fn failing(ir: &'a Ir) -> Option<(Shown<'a>, ErrorId)> {
        let shown = Shown::find(ir, |operation| own_error(ir, operation).is_some())?;
        let error = own_error(ir, shown.operation)?;
        Some((shown, error))
    }

    fn with<T>(&self, made: impl FnOnce(&Call<'_>) -> T) -> T {
        let Shown { ir, owner, operation, request } = self;
        made(&Call { ir, server: "", owner: *owner, operation, request })
    }

    /// The call as a statement of its own.
    pub(super) fn written(&self, calls: &Calls<'_>) -> String {
        self.with(|call| calls.call(call))
    }

    /// The call before it is sent.
    pub(super) fn chain(&self, calls: &Calls<'_>) -> Chain {
        self.with(|call| calls.0.chain(call))
    }
}

/// The operations in the order in which they are worth showing.
fn all(ir: &Ir) -> impl Iterator<Item = (Option<ResourceId>, &Operation)> {
    let first = Showpiece::of(ir).map(|piece| piece.id);
    let others = ir.resources.iter().map(|(id, _)| id).filter(move |id| Some(*id) != first);
    let of_resources = first
        .into_iter()
        .chain(others)
        .flat_map(move |id| ir.resources[id].operations.iter().map(move |operation| (Some(id), operation)));
    of_resources.chain(ir.service.operations.iter().map(|operation| (None, operation)))
}

fn own_error(ir: &Ir, operation: &Operation) -> Option<ErrorId> {
    let own = |error: &ErrorDecl| !is_standard(error) && error.deprecated.is_none();
    operation.errors.iter().copied().find(|id| own(&ir.errors[*id]))
}
