//! Nothing says how many items a page has.

use atlas9_ir::{Ir, List, Operation, OperationKind, Pagination, PaginationStyle, Service};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::insert;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Service(service), Check::Operation(operation)];

fn service(context: &Context<'_>, service: &Service) -> Option<Finding> {
    if service.paginate.declared || !lists(context.ir).any(|list| !list.paginate.declared) {
        return None;
    }
    let clause = clause(&service.paginate);
    let finding = Finding::new(
        "nothing says how many items a page of a list has",
        "no `paginate`",
        format!("add `{clause}` with numbers that suit the service"),
    );
    Some(finding.safe_fix(insert::last_in(context.sources, service.extent, &clause)))
}

fn operation(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let list = list(node.operation).filter(|list| !list.paginate.declared)?;
    let plural = &node.resource?.plural;
    // Where the service says nothing either, one finding there is enough.
    (context.ir.service.paginate.declared).then(|| {
        Finding::new(
            format!("nothing says how many items a page of `{plural}` has"),
            "paged without numbers",
            format!("write `{}` with numbers that suit it", clause(&list.paginate)),
        )
    })
}

fn lists(ir: &Ir) -> impl Iterator<Item = &List> {
    ir.resources.values().flat_map(|resource| &resource.operations).filter_map(list)
}

fn list(operation: &Operation) -> Option<&List> {
    match &operation.kind {
        OperationKind::List(list) => Some(list),
        _ => None,
    }
}

/// What holds already, in words.
fn clause(paginate: &Pagination) -> String {
    let style = match paginate.style {
        PaginationStyle::Cursor => "cursor",
        PaginationStyle::Page => "page",
    };
    format!("paginate {style}(default: {}, max: {})", paginate.default, paginate.max)
}
