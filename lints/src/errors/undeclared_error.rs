//! A change of state that is refused without a reason of its own.

use atlas9_ir::OperationKind;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::Action(action) = &node.operation.kind else { return None };
    let silent = action.moves.iter().filter(|each| {
        let error = context.ir.errors.get(each.otherwise.error);
        error.is_some_and(|error| context.ir.is_foreign(error.span))
    });
    Finding::several(silent.map(|each| {
        Finding::new(
            format!(
                "who may not `{}` a `{}` is told nothing but that there is a conflict",
                node.operation.name, node.owner
            ),
            "refused without a reason",
            "declare an error and name it: `else NotOnSale(book_id: id)`",
        )
        .at(each.span)
    }))
}
