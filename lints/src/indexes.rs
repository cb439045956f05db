//! Which fields an index of a resource can find or sort by.

use std::collections::BTreeSet;

use atlas9_ir::{Field, FieldPath, Index, Managed, Resource};

/// The fields that an index begins with, found out once for a resource. Rows are only ever listed for one tenant, with which every
/// index begins. A child is only ever listed below its parent, so that for it an index that begins with the parent's key and goes
/// on with the field serves as well.
pub(crate) fn leading(resource: &Resource) -> BTreeSet<&[String]> {
    let above = |field: &&Field| matches!(field.managed, Some(Managed::Parent | Managed::Tenant));
    let above: BTreeSet<&[String]> = resource.fields.iter().filter(above).map(alone).collect();
    let declared = resource.indexes.iter().filter_map(|index: &Index| {
        index.fields.iter().map(|path| path.0.as_slice()).find(|path| !above.contains(path))
    });
    let parent = resource.fields.iter().find(|field| field.managed == Some(Managed::Parent));
    let first = parent.or(resource.key()).into_iter().chain(resource.tenant());
    let made = resource.fields.iter().filter(|field| field.unique || field.key).chain(first).map(alone);
    made.chain(declared).collect()
}

/// The path of a field that stands in the resource itself.
fn alone(field: &Field) -> &[String] {
    std::slice::from_ref(&field.name)
}

/// True when the field has an index without a declared one: it is a key, or unique.
pub(crate) fn made_for(resource: &Resource, path: &FieldPath) -> bool {
    let [name] = path.0.as_slice() else { return false };
    let parents = || resource.fields.iter().filter(|field| field.managed == Some(Managed::Parent));
    let leading = parents().next().or(resource.key());
    if resource.tenant().is_some_and(|tenant| tenant.name == *name) {
        return true;
    }
    let unique =
        |name: &str| resource.fields.iter().any(|field| field.name == *name && (field.unique || field.key));
    leading.is_some_and(|field| field.name == *name) || unique(name)
}
