//! Bodies: objects with known members.

use std::collections::{BTreeMap, BTreeSet};

use atlas9_descriptor::{Access, Field, Place, Scalar, Store, Structure, Type};

use super::Check;
use super::complete::missing;
use super::scalar::scalar;
use super::union::union;
use crate::nearest::suggestion;
use crate::value::json::Json;
use crate::{Record, Value};

/// What a body is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A whole new row, an action's parameters, an item of a list.
    Whole,
    /// A merge patch (RFC 7396): what is left out stays.
    Patch,
    /// A whole row in place of another: what cannot be updated stays.
    Replace,
}

/// The record that a body holds. What is wrong with it is found in the check; the record is then not to be used.
pub(crate) fn check_body(
    check: &mut Check<'_>,
    json: Json,
    fields: &'static [Field],
    purpose: Purpose,
) -> Record {
    let mut record = Record::new(fields);
    let Json::Object(members) = json else {
        check.fail("wrong_type", format!("must be an object, not {}", json.kind()));
        return record;
    };
    for (name, value) in members {
        let index = fields.iter().position(|field| field.wire == name && is_in_body(field));
        let field = index.and_then(|index| fields.get(index));
        check.within(&name.clone(), |check| match (index, field) {
            (Some(index), Some(field)) => member(check, &mut record, index, field, value, purpose),
            _ => check.fail_with("unknown_field", || {
                let known = fields.iter().filter(|field| field.creatable() && is_in_body(field));
                format!("there is no such field{}", suggestion(&name, known.map(|field| field.wire)))
            }),
        });
    }
    if purpose != Purpose::Patch {
        missing(check, &mut record, purpose);
    }
    record
}

fn is_in_body(field: &Field) -> bool {
    field.access != Access::Internal && field.place == Place::Body
}

fn member(
    check: &mut Check<'_>,
    record: &mut Record,
    index: usize,
    field: &'static Field,
    json: Json,
    purpose: Purpose,
) {
    // Whoever sends back what was read need not strip it first.
    if field.access == Access::ReadOnly || check.refuses(field) {
        return;
    }
    check.uses_field(field);
    if json == Json::Null {
        match (field.optional, purpose, field.default) {
            (true, _, _) => record.put(index, Value::Null),
            (false, Purpose::Whole | Purpose::Replace, Some(_)) => {}
            (false, _, _) => {
                check.fail("required", "must not be null");
                record.put(index, Value::Null);
            }
        }
        return;
    }
    let value = value(check, json, &field.ty, purpose);
    if let (Store::Links(_), Value::List(keys)) = (field.store, &value) {
        for place in repeated_keys(keys) {
            check.within(&place.to_string(), |check| check.fail("duplicate", "stands in the list already"));
        }
    }
    record.put(index, value);
}

/// The value of a type that JSON holds; null where it is wrong.
pub(super) fn value(check: &mut Check<'_>, json: Json, ty: &'static Type, purpose: Purpose) -> Value {
    match ty {
        Type::Scalar(Scalar::Json) if json.has_nul() => {
            check.fail("nul_character", "must not contain the character U+0000");
            Value::Null
        }
        Type::Scalar(Scalar::Json) => Value::Json(json.into_free()),
        Type::Scalar(kind) => scalar(check.bounds, json, kind).unwrap_or_else(|wrong| {
            check.fail(wrong.code, wrong.detail);
            Value::Null
        }),
        Type::Enum(kind) => {
            let value = enumerated(check, json, kind.values);
            check.uses.value(kind, &value);
            value
        }
        Type::Reference(reference) => value(check, json, &reference.key, purpose),
        Type::Structure(kind) => structure(check, json, kind, purpose),
        Type::Union(kind) => union(check, json, kind, purpose),
        Type::List { item, optional, min, max } => list(check, json, item, *optional, (*min, *max)),
        Type::Map { value, optional, min, max } => {
            map(check, json, value, *optional || purpose == Purpose::Patch, (*min, *max), purpose)
        }
    }
}

fn structure(check: &mut Check<'_>, json: Json, kind: &'static Structure, purpose: Purpose) -> Value {
    let fields = kind.fields.get();
    let hides = || fields.iter().any(|field| !check.principal.may(field.requires));
    let purpose = match purpose {
        Purpose::Patch => Purpose::Patch,
        // Whoever cannot see a member cannot repeat it, and must not lose it either.
        Purpose::Replace if hides() => Purpose::Replace,
        Purpose::Whole | Purpose::Replace => Purpose::Whole,
    };
    check.inside(kind.name, |check| Value::Record(check_body(check, json, fields, purpose)))
}

/// The places of keys that stand in a list already, further up.
pub(crate) fn repeated_keys(keys: &[Value]) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let again = keys.iter().enumerate().filter(|(_, key)| !key.is_null() && !seen.insert(key.plain()));
    again.map(|(place, _)| place).collect()
}

fn enumerated(check: &mut Check<'_>, json: Json, values: &[&str]) -> Value {
    match json {
        Json::Text(text) if values.contains(&text.as_str()) => Value::Text(text),
        Json::Text(text) => {
            let known = values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
            let hint = suggestion(&text, values.iter().copied());
            check.fail("unknown_value", format!("must be one of {known}{hint}"));
            Value::Null
        }
        other => wrong_type(check, "a string", &other),
    }
}

fn list(check: &mut Check<'_>, json: Json, item: &'static Type, optional: bool, bounds: (u32, u32)) -> Value {
    let Json::List(items) = json else { return wrong_type(check, "an array", &json) };
    count(check, items.len(), bounds, ("item", "items"));
    let items = items.into_iter().enumerate().map(|(index, json)| {
        check.within(&index.to_string(), |check| entry(check, json, item, optional, Purpose::Whole))
    });
    Value::List(items.collect())
}

fn map(
    check: &mut Check<'_>,
    json: Json,
    ty: &'static Type,
    optional: bool,
    bounds: (u32, u32),
    purpose: Purpose,
) -> Value {
    let Json::Object(members) = json else { return wrong_type(check, "an object", &json) };
    if purpose != Purpose::Patch {
        count(check, members.len(), bounds, ("entry", "entries"));
    }
    let mut entries = BTreeMap::new();
    for (name, json) in members {
        let value = check.within(&name, |check| {
            if name.contains('\0') {
                check.fail("nul_character", "a key must not contain the character U+0000");
            }
            entry(check, json, ty, optional, purpose)
        });
        entries.insert(name, value);
    }
    Value::Map(entries)
}

fn entry(check: &mut Check<'_>, json: Json, ty: &'static Type, optional: bool, purpose: Purpose) -> Value {
    match json {
        Json::Null if optional => Value::Null,
        Json::Null => {
            check.fail("required", "must not be null");
            Value::Null
        }
        json => value(check, json, ty, purpose),
    }
}

/// How many items or entries there may be.
pub(super) fn count(check: &mut Check<'_>, found: usize, (min, max): (u32, u32), what: (&str, &str)) {
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    if found < min {
        check.fail("too_few", format!("must have at least {}", counted(min, what)));
    } else if found > max {
        check.fail("too_many", format!("must have at most {}", counted(max, what)));
    }
}

/// `1 entry` or `2 entries`.
pub(super) fn counted(count: u32, (one, more): (&str, &str)) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

pub(super) fn wrong_type(check: &mut Check<'_>, wanted: &str, found: &Json) -> Value {
    check.fail("wrong_type", format!("must be {wanted}, not {}", found.kind()));
    Value::Null
}
