//! What the language has and the SDK does not do: an error where it is asked for.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Ir, List, Operation, OperationKind, PaginationStyle, Resource};

/// Everything that the SDK cannot honour.
pub(crate) fn find(ir: &Ir) -> Vec<Diagnostic> {
    let operations = ir
        .resources
        .values()
        .flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)));
    operations
        .flat_map(|(resource, operation)| match &operation.kind {
            OperationKind::List(list) => of_list(resource, operation, list),
            _ => Vec::new(),
        })
        .collect()
}

fn of_list(resource: &Resource, operation: &Operation, list: &List) -> Vec<Diagnostic> {
    let cannot = |message: &str, help: &str| {
        Diagnostic::error(codes::E0702, message)
            .at(operation.span, "asked for here")
            .help(help)
            .symbol(format!("{}.{}", resource.name, operation.name))
    };
    let mut found = Vec::new();
    if !list.expand.is_empty() {
        found.push(cannot(
            "the TypeScript SDK does not embed references yet",
            "remove `expand`; clients read the other resource by its key",
        ));
    }
    if list.paginate.style == PaginationStyle::Page {
        found.push(cannot(
            "the TypeScript SDK does not number pages yet",
            "use `paginate cursor(default: 20, max: 100)`",
        ));
    }
    found
}
