//! What the language has and the document does not tell: an error where it is asked for.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Ir, List, Operation, OperationKind, PaginationStyle, Resource};

/// Everything that the document would leave out.
pub(crate) fn find(ir: &Ir) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for resource in ir.resources.values() {
        for operation in &resource.operations {
            if let OperationKind::List(list) = &operation.kind {
                found.extend(of_list(resource, operation, list));
            }
        }
    }
    found
}

fn of_list(resource: &Resource, operation: &Operation, list: &List) -> Vec<Diagnostic> {
    let cannot = |message: &str, help: &str| {
        Diagnostic::error(codes::E0702, message)
            .at(operation.span, "asked for here")
            .help(help)
            .symbol(format!("{}.{}", resource.name, operation.name))
    };
    let expand = (!list.expand.is_empty()).then(|| {
        cannot(
            "the OpenAPI document does not describe embedded references yet",
            "remove `expand`; clients read the other resource by its key",
        )
    });
    let page = (list.paginate.style == PaginationStyle::Page).then(|| {
        cannot(
            "the OpenAPI document does not describe numbered pages yet",
            "use `paginate cursor(default: 20, max: 100)`",
        )
    });
    expand.into_iter().chain(page).collect()
}
