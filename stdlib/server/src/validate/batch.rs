//! Bodies of batches: an object whose `items` are what one request of another operation would be.

use atlas9_descriptor::Field;

use super::Check;
use super::body::{Purpose, count, repeated_keys, value, wrong_type};
use crate::Value;
use crate::http::Precondition;
use crate::nearest::suggestion;
use crate::value::json::Json;

/// The only member of the body.
const ITEMS: &str = "items";
/// The member of an item that says which state the row must have.
const ETAG: &str = "etag";

/// Reads each item. What is wrong with any of them is found in the check; they are then not to be used.
pub(crate) fn check_items<T>(
    check: &mut Check<'_>,
    json: Json,
    max: u32,
    mut item: impl FnMut(&mut Check<'_>, Json) -> T,
) -> Vec<T> {
    let Json::Object(members) = json else {
        wrong_type(check, "an object", &json);
        return Vec::new();
    };
    let mut found = None;
    for (name, json) in members {
        check.within(&name.clone(), |check| match (name.as_str(), json) {
            (ITEMS, Json::Null) => {
                check.fail("required", "must not be null");
                found = Some(Vec::new());
            }
            (ITEMS, Json::List(items)) => {
                count(check, items.len(), (1, max), ("item", ITEMS));
                // Of more than there may be, which could be very many, that alone is told.
                let few = items.into_iter().take(usize::try_from(max).unwrap_or(usize::MAX));
                let items = few.enumerate();
                let read = |(place, json): (usize, Json)| {
                    check.within(&place.to_string(), |check| item(check, json))
                };
                found = Some(items.map(read).collect());
            }
            (ITEMS, other) => {
                wrong_type(check, "an array", &other);
                found = Some(Vec::new());
            }
            _ => {
                let hint = suggestion(&name, [ITEMS]);
                check.fail("unknown_field", format!("there is no such field{hint}"));
            }
        });
    }
    found.unwrap_or_else(|| {
        check.within(ITEMS, |check| check.fail("required", "is required"));
        Vec::new()
    })
}

/// One row of those that a batch removes: its key, and the state that it must have where that is said, as it has to be where the
/// delete is `conditional`.
pub(crate) fn check_removal(
    check: &mut Check<'_>,
    json: Json,
    key: &'static Field,
    conditional: bool,
) -> (Value, Option<Precondition>) {
    let Json::Object(members) = json else {
        return (wrong_type(check, "an object", &json), None);
    };
    let (mut found, mut etag, mut given) = (None, None, false);
    for (name, json) in members {
        check.within(&name.clone(), |check| match json {
            Json::Null if name == ETAG => {}
            Json::Null if name == key.wire => {
                check.fail("required", "must not be null");
                found = Some(Value::Null);
            }
            json if name == key.wire => found = Some(value(check, json, &key.ty, Purpose::Whole)),
            json if name == ETAG => (etag, given) = (self::etag(check, &json), true),
            _ => {
                let hint = suggestion(&name, [key.wire, ETAG]);
                check.fail("unknown_field", format!("there is no such field{hint}"));
            }
        });
    }
    let found = found.unwrap_or_else(|| {
        check.within(key.wire, |check| check.fail("required", "is required"));
        Value::Null
    });
    if conditional && !given {
        check.within(ETAG, |check| check.fail("required", "is required"));
    }
    (found, etag)
}

fn etag(check: &mut Check<'_>, json: &Json) -> Option<Precondition> {
    let Json::Text(text) = json else {
        wrong_type(check, "a string", json);
        return None;
    };
    let read = Precondition::of_tag(text);
    if read.is_none() {
        check.fail("wrong_format", "must be `*`, or one entity tag in quotes as `ETag` has it");
    }
    read
}

/// Notes the keys that stand in a batch already, further up.
pub(crate) fn check_repeated(check: &mut Check<'_>, keys: &[Value], key: &'static Field) {
    for place in repeated_keys(keys) {
        check.within(ITEMS, |check| {
            check.within(&place.to_string(), |check| {
                check.within(key.wire, |check| check.fail("duplicate", "stands in the list already"));
            });
        });
    }
}
