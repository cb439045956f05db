//! The parameters in a resource's paths.

use atlas9_descriptor::{Resource, Service, Type};

use super::Plan;
use super::keys::{held, parent, placeholders};
use crate::Record;
use crate::problem::Failure;
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

impl Plan {
    /// That no path leads to a key which a client chose, whatever escapes it: an empty segment is none, and clients take `.` and `..`
    /// out of a path (WHATWG URL, section 4.1).
    pub(crate) fn unreachable_key(&self, record: &Record) -> Option<Failure> {
        let place = self.resource.key?;
        let Some(Value::Text(key)) = record.at(place) else { return None };
        let field = self.resource.fields.get(place)?;
        matches!(key.as_str(), "" | "." | "..").then(|| {
            let detail = "must not be empty, `.` or `..`: no path leads to it";
            Failure::field(&[field.wire], "wrong_format", detail)
        })
    }
}

/// What is bound for the values of a path.
pub(crate) fn path_binds(parameters: &[PathParameter], values: &[Value]) -> Vec<Bind> {
    parameters.iter().zip(values).map(|(parameter, value)| Bind::new(value, parameter.column)).collect()
}
