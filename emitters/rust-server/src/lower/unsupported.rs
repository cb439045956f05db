//! What the language has and the runtime does not do: an error where it is asked for.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_emitters_core::storage;
use atlas9_ir::{AuthKind, Ir, List, Operation, OperationKind, PaginationStyle, Resource};

/// Everything that the runtime cannot honour.
pub(super) fn find(ir: &Ir) -> Vec<Diagnostic> {
    let keys = ir.service.auth.iter().filter(|auth| auth.kind == AuthKind::ApiKey);
    let mut found: Vec<Diagnostic> = keys
        .map(|auth| cannot(auth.span, "the Rust server does not check API keys yet", "use `auth bearer`"))
        .collect();
    for resource in ir.resources.values() {
        for operation in &resource.operations {
            if let OperationKind::List(list) = &operation.kind {
                found.extend(of_list(resource, operation, list));
            }
        }
    }
    found.extend(storage::json::inside(ir));
    found
}

fn of_list(resource: &Resource, operation: &Operation, list: &List) -> Vec<Diagnostic> {
    let symbol = format!("{}.{}", resource.name, operation.name);
    let expand = (!list.expand.is_empty()).then(|| {
        cannot(
            operation.span,
            "the Rust server does not embed references yet",
            "remove `expand`; clients read the other resource by its key",
        )
    });
    let page = (list.paginate.style == PaginationStyle::Page).then(|| {
        cannot(
            operation.span,
            "the Rust server does not number pages yet",
            "use `paginate cursor(default: 20, max: 100)`",
        )
    });
    expand.into_iter().chain(page).map(|diagnostic| diagnostic.symbol(symbol.clone())).collect()
}

fn cannot(span: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::error(codes::E0702, message).at(span, "asked for here").help(help)
}
