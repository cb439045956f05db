//! What the placeholders of an operation's path stand for.

use atlas9_descriptor::{Operation, OperationKind, Place, Resource};

use super::keys::placeholders;

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The key at this place in the path that leads to one row.
    Key(usize),
    /// The parameter at this place.
    Param(usize),
}

/// The placeholders of an operation in their order.
///
/// # Errors
/// The one that stands for nothing.
pub(crate) fn slots(
    resource: Option<&'static Resource>,
    operation: &'static Operation,
) -> Result<Vec<Slot>, &'static str> {
    let mut found = Vec::new();
    for name in placeholders(operation.path) {
        let slot = param(operation, name).or_else(|| key(resource?, name)).ok_or(name)?;
        if found.contains(&slot) {
            return Err(name);
        }
        found.push(slot);
    }
    Ok(found)
}

fn param(operation: &'static Operation, name: &str) -> Option<Slot> {
    let OperationKind::Action(action) = &operation.kind else { return None };
    let found = action.params.iter().position(|param| param.place == Place::Path && param.name == name);
    found.map(Slot::Param)
}

/// A parent's key by its name; the own key has whatever other name.
fn key(resource: &'static Resource, name: &str) -> Option<Slot> {
    let parents = placeholders(resource.path);
    match parents.iter().position(|parent| *parent == name) {
        Some(place) => Some(Slot::Key(place)),
        None => resource.key.map(|_| Slot::Key(parents.len())),
    }
}
