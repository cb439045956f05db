//! Which fields of a resource actions move from one value to another.

use atlas9_ir::{Action, Field, Operation, OperationKind, Resource};

/// An action with the operation that it is.
pub(crate) fn actions(resource: &Resource) -> impl Iterator<Item = (&Operation, &Action)> {
    resource.operations.iter().filter_map(|operation| match &operation.kind {
        OperationKind::Action(action) => Some((operation, action)),
        _ => None,
    })
}

/// The fields that `moves` names, each with the first operation that does.
pub(crate) fn moved(resource: &Resource) -> Vec<(&Field, &Operation)> {
    let mut found: Vec<(&Field, &Operation)> = Vec::new();
    for (operation, action) in actions(resource) {
        for transition in &action.moves {
            let [name] = transition.field.0.as_slice() else { continue };
            let field = resource.fields.iter().find(|field| field.name == *name);
            let known = found.iter().any(|(field, _)| field.name == *name);
            found.extend(field.filter(|_| !known).map(|field| (field, operation)));
        }
    }
    found
}
