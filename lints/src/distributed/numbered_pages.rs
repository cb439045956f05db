//! Pages by number, for which a database counts rows on every machine.

use atlas9_ir::{OperationKind, PaginationStyle};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(_: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::List(list) = &node.operation.kind else { return None };
    (list.paginate.style == PaginationStyle::Page).then(|| {
        Finding::new(
            format!("page 100 of `{}` reads and drops the rows of 99 pages on every machine", node.owner),
            "pages by number",
            "say `paginate cursor(default: 20, max: 100)`: a cursor begins where the last page ended",
        )
    })
}
