//! Which fields an index of a resource can find or sort by.

use atlas9_ir::{FieldPath, Managed, Resource};

/// True when an index begins with the field. Rows are only ever listed for one tenant, with which every index begins. A child is only ever listed below its parent, so that for it an index that
/// begins with the parent's key and goes on with the field serves as well.
pub(crate) fn leads(resource: &Resource, path: &FieldPath) -> bool {
    let declared =
        || resource.indexes.iter().any(|index| below_parent(resource, &index.fields) == Some(path));
    made_for(resource, path) || declared()
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

fn below_parent<'a>(resource: &Resource, fields: &'a [FieldPath]) -> Option<&'a FieldPath> {
    let parent = |path: &FieldPath| {
        resource.fields.iter().any(|field| {
            matches!(field.managed, Some(Managed::Parent | Managed::Tenant)) && path.0 == [field.name.clone()]
        })
    };
    fields.iter().find(|path| !parent(path))
}
