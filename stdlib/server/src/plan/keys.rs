//! Conditions that lead from the values in a path to rows.

use atlas9_descriptor::{Field, Managed, Resource, Service};

use super::columns::quoted;
use super::managed;
use super::table::Table;

/// Which rows a condition is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// All in a collection.
    Collection,
    /// One.
    Item,
}

/// The placeholders of a path, `{book_id}`, without braces.
pub(crate) fn placeholders(path: &'static str) -> Vec<&'static str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

/// The condition that rows of `resource`, known as `alias`, meet when the values of the path are bound to `$1`, `$2`, ...
///
/// Parents that were soft-deleted hide what lives in them; whether the row itself may be deleted is for the caller to add.
pub(crate) fn condition(
    service: &'static Service,
    resource: &'static Resource,
    alias: &str,
    route: Route,
) -> String {
    let names = placeholders(resource.path);
    let mut parts = Vec::new();
    if route == Route::Item
        && let Some(key) = resource.key_field()
    {
        parts.push(format!("{alias}.{} = ${}", quoted(key.name), names.len() + 1));
    }
    let names: Vec<(usize, &str)> = names.into_iter().enumerate().collect();
    parts.extend(lineage(service, resource, alias, &names));
    if parts.is_empty() { "1 = 1".to_owned() } else { parts.join(" AND ") }
}

/// The field that holds the key which a placeholder stands for: it has the field's name on the wire.
pub(super) fn held(resource: &Resource, placeholder: &str) -> Option<&'static Field> {
    let mut fields = resource.fields.iter();
    fields.find(|field| field.managed == Some(Managed::Parent) && field.wire == placeholder)
}

/// The part of the condition that the parents make: placeholders with their places in the path. What the row does not hold
/// itself is asked of its parent.
fn lineage(
    service: &'static Service,
    resource: &'static Resource,
    alias: &str,
    names: &[(usize, &str)],
) -> Vec<String> {
    let (mut parts, mut left) = (Vec::new(), Vec::new());
    for (place, name) in names.iter().copied() {
        match held(resource, name) {
            Some(field) => parts.push(format!("{alias}.{} = ${}", quoted(field.name), place + 1)),
            None => left.push((place, name)),
        }
    }
    let Some(parent) = parent(service, resource) else { return parts };
    let above = format!("{alias}p");
    let mut asked: Vec<String> = live(parent, &above).into_iter().collect();
    asked.extend(lineage(service, parent, &above, &left));
    let link = managed(resource.fields, Managed::Parent).last().and_then(|place| resource.fields.get(*place));
    let key = parent.key_field();
    if let (false, Some(link), Some(key)) = (asked.is_empty(), link, key) {
        parts.push(format!(
            "EXISTS (SELECT 1 FROM {}{above}.{} = {alias}.{} AND {})",
            Table::of(parent).rows(&above),
            quoted(key.name),
            quoted(link.name),
            asked.join(" AND ")
        ));
    }
    parts
}

/// That a row is there for those who look: neither it nor anything that it lives in is soft-deleted. Empty where nothing of them
/// ever is.
pub(crate) fn there(service: &'static Service, resource: &'static Resource, alias: &str) -> Vec<String> {
    let own = live(resource, alias);
    own.into_iter().chain(lineage(service, resource, alias, &[])).collect()
}

/// That a row is not soft-deleted, where its resource knows that.
pub(crate) fn live(resource: &Resource, alias: &str) -> Option<String> {
    let place = managed(resource.fields, Managed::DeletedAt).first().copied()?;
    let field = resource.fields.get(place)?;
    Some(format!("{alias}.{} IS NULL", quoted(field.name)))
}

/// The resource that another lives in.
pub(crate) fn parent(service: &'static Service, resource: &Resource) -> Option<&'static Resource> {
    let name = resource.parent?;
    service.resources.iter().find(|other| other.name == name).copied()
}
