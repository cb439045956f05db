//! Pages with more items than anybody reads.

use atlas9_ir::{OperationKind, Pagination, Service};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::option::{OptionDefault, OptionSpec};

/// The most items of a page.
const MOST: OptionSpec = OptionSpec {
    lint: "page_size_too_large",
    name: "most",
    default: OptionDefault::Number(1, 1000, 100_000),
    meaning: "The most items that a page may have.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[MOST];

pub(crate) const CHECKS: &[Check] = &[Check::Service(service), Check::Operation(operation)];

fn service(context: &Context<'_>, service: &Service) -> Option<Finding> {
    told(context, &service.paginate, &service.name)
}

fn operation(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::List(list) = &node.operation.kind else { return None };
    // What holds for all lists is told at the service.
    (list.paginate != context.ir.service.paginate).then(|| told(context, &list.paginate, node.owner))?
}

fn told(context: &Context<'_>, pagination: &Pagination, owner: &str) -> Option<Finding> {
    let most = context.config.number(&MOST);
    (pagination.max > most).then(|| {
        Finding::new(
            format!("a page of `{owner}` may have {} items, more than {most}", pagination.max),
            "large pages",
            format!("say `max: {most}` or less: who needs all reads page after page"),
        )
    })
}
