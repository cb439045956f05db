//! The order of a list: `sort=-created_at,title`.

use crate::nearest::suggestion;
use crate::plan::{ListField, ListPlan, Plan};
use crate::problem::Failure;

/// A column that a list is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SortKey {
    /// The place of the column.
    pub(crate) column: usize,
    pub(crate) descending: bool,
}

/// Reads the parameter; returns the fields that were named too, for their scopes.
pub(crate) fn read<'p>(plan: &'p ListPlan, text: &str) -> Result<Vec<(SortKey, &'p ListField)>, Failure> {
    let mut keys: Vec<(SortKey, &ListField)> = Vec::new();
    for part in text.split(',') {
        let (name, descending) = part.strip_prefix('-').map_or((part, false), |name| (name, true));
        let known = || plan.sorts.iter().map(|field| field.wire.as_str());
        let Some(field) = plan.sorts.iter().find(|field| field.wire == name) else {
            let names = known().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let hint = suggestion(name, known());
            let detail = if names.is_empty() {
                "this list cannot be sorted".to_owned()
            } else {
                format!("must be made of {names}{hint}")
            };
            return Err(Failure::parameter("sort", "unknown_value", detail));
        };
        if keys.iter().any(|(key, _)| key.column == field.column) {
            let detail = format!("`{name}` stands there twice");
            return Err(Failure::parameter("sort", "repeated", detail));
        }
        keys.push((SortKey { column: field.column, descending }, field));
    }
    Ok(keys)
}

/// Appends the key, in the direction of what stands before it, so that no two rows are equal.
pub(crate) fn with_key(plan: &Plan, mut keys: Vec<SortKey>) -> Vec<SortKey> {
    let own = plan.resource.key.as_ref().map(std::slice::from_ref);
    let key = plan.columns.iter().position(|column| Some(column.path.as_slice()) == own);
    if let Some(column) = key.filter(|key| keys.iter().all(|sort| sort.column != *key)) {
        let descending = keys.last().is_some_and(|last| last.descending);
        keys.push(SortKey { column, descending });
    }
    keys
}
