//! Names that are nowhere written, since they follow from others.

use heck::ToSnakeCase;

use crate::plural::plural;

/// The key of a resource in those that live in it: `book_id` for `Book`.
pub(crate) fn key_of(resource: &str) -> String {
    format!("{}_id", resource.to_snake_case())
}

/// The name under which a reference is embedded: the field's without `_id`, or, where it holds many, the plural of what stands
/// before `_ids`. Nothing for a field that is not named like that.
pub(crate) fn embedded(field: &str, many: bool) -> Option<String> {
    let name = match many {
        true => plural(field.strip_suffix("_ids")?),
        false => field.strip_suffix("_id")?.to_owned(),
    };
    Some(name).filter(|name| !name.is_empty())
}
