//! Operations that fixes add, open to whoever may call another one.

use atlas9_diagnostics::{Edit, SourceMap};
use atlas9_ir::{Operation, OperationKind, Resource};

use crate::insert;

/// The operation `verb`, for the callers of another one.
pub(crate) fn offered(verb: &str, like: &Operation) -> String {
    match (like.public, like.requires.as_slice()) {
        (true, _) => format!("{verb} public"),
        (false, []) => verb.to_owned(),
        (false, scopes) => format!("{verb} requires {}", scopes.join(", ")),
    }
}

/// What reads a resource, or else its first operation.
pub(crate) fn reading(resource: &Resource) -> Option<&Operation> {
    let reads =
        |operation: &&Operation| matches!(operation.kind, OperationKind::List(_) | OperationKind::Get);
    let first = || resource.operations.iter().min_by_key(|operation| operation.span);
    resource.operations.iter().find(reads).or_else(first)
}

/// Adds an operation of the same callers below another one.
pub(crate) fn below(sources: &SourceMap, verb: &str, like: &Operation) -> Option<Edit> {
    insert::below(sources, like.extent, &offered(verb, like))
}
