//! Whether a caller may see what a list or a get embeds.

use atlas9_descriptor::{Expand, Operation, OperationKind, Resource};

use crate::operation::expand::target;
use crate::plan::Plan;
use crate::server::Shared;
use crate::{Principal, Problem};

/// Why not: embedding a resource shows what its own `get` shows, so that it needs the same caller, and one who may see the field
/// that refers to it.
pub(super) fn refused(
    shared: &Shared,
    plan: &Plan,
    principal: &Principal,
    expand: &[&'static Expand],
) -> Option<Problem> {
    let mut lacking = Vec::new();
    for expand in expand {
        let Some((place, target)) = target(&shared.plan, plan, expand) else { continue };
        let field = plan.resource.fields.get(place).map_or(&[][..], |field| field.requires);
        let read = read(target.resource);
        let guarded = read.is_some_and(|operation| !operation.public) && !shared.plan.service.auth.is_empty();
        if guarded && *principal == Principal::anonymous() {
            return Some(Problem::unauthenticated());
        }
        let scopes = field.iter().chain(read.map_or(&[][..], |operation| operation.requires));
        lacking.extend(scopes.copied().filter(|scope| !principal.may(&[scope])));
    }
    Problem::lacking(lacking)
}

/// The operation that shows one of a resource: its `get`, else its `list`.
fn read(resource: &'static Resource) -> Option<&'static Operation> {
    let find = |wanted: fn(&OperationKind) -> bool| {
        resource.operations.iter().find(|operation| wanted(&operation.kind))
    };
    find(|kind| matches!(kind, OperationKind::Get))
        .or_else(|| find(|kind| matches!(kind, OperationKind::List(_))))
}
