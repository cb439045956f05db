//! The parameters in a resource's paths.

use atlas9_descriptor::{Resource, Service, Type};

use super::keys::{held, parent, placeholders};
use crate::store::{Bind, ColumnType};
use crate::value::Value;

/// A parameter of a path.
pub(crate) struct PathParameter {
    /// Its name between the braces.
    pub(crate) name: &'static str,
    pub(crate) ty: &'static Type,
    column: ColumnType,
}

/// The parameters that lead to one row: the parents' keys, then the own key.
pub(super) fn parameters(service: &'static Service, resource: &'static Resource) -> Vec<PathParameter> {
    let mut found: Vec<PathParameter> = placeholders(resource.path)
        .into_iter()
        .filter_map(|name| parameter(name, parent_key(service, resource, name)?))
        .collect();
    found.extend(resource.key_field().and_then(|key| parameter(key.wire, &key.ty)));
    found
}

fn parameter(name: &'static str, ty: &'static Type) -> Option<PathParameter> {
    Some(PathParameter { name, ty, column: ColumnType::of(ty) })
}

/// The type of the key that a placeholder stands for: held by the row itself, or by a row further up.
fn parent_key(service: &'static Service, resource: &'static Resource, name: &str) -> Option<&'static Type> {
    match held(resource, name) {
        Some(field) => Some(&field.ty),
        None => parent_key(service, parent(service, resource)?, name),
    }
}

/// What is bound for the values of a path.
pub(crate) fn path_binds(parameters: &[PathParameter], values: &[Value]) -> Vec<Bind> {
    parameters.iter().zip(values).map(|(parameter, value)| Bind::new(value, parameter.column)).collect()
}
