//! What a body leaves out, and the literals of the schema as values.

use std::collections::BTreeMap;

use atlas9_descriptor::{Access, Field, Literal, Place, Scalar, Type, Union};

use super::{Check, Purpose};
use crate::value::{Date, Timestamp, parse_decimal};
use crate::{Record, Value};

/// Gives what was left out its default, or null. What has neither is required.
pub(super) fn missing(check: &mut Check<'_>, record: &mut Record, purpose: Purpose) {
    for (index, field) in record.fields().iter().enumerate() {
        let stays =
            purpose == Purpose::Replace && (!field.updatable() || !check.principal.may(field.requires));
        let elsewhere = field.managed.is_some() || field.place != Place::Body;
        if stays || elsewhere || record.at(index).is_some() {
            continue;
        }
        match (&field.default, field.optional) {
            (Some(default), _) => record.put(index, literal(default, &field.ty, check.now)),
            (None, true) => record.put(index, Value::Null),
            (None, false) if given_by_clients(field) && !check.refuses(field) => {
                check.within(field.wire, |check| check.fail("required", "is required"));
            }
            (None, false) => {}
        }
    }
}

fn given_by_clients(field: &Field) -> bool {
    !matches!(field.access, Access::ReadOnly | Access::Internal)
}

/// A literal of the schema as a value of a type. The compiler has checked that it is one; null where it is not.
pub(crate) fn literal(literal: &Literal, ty: &'static Type, now: Timestamp) -> Value {
    match (literal, ty) {
        (literal, Type::Reference(reference)) => self::literal(literal, &reference.key, now),
        (Literal::Null, _) => Value::Null,
        (literal, Type::Scalar(Scalar::Json)) => Value::Json(free(literal, now)),
        (Literal::Now, Type::Scalar(Scalar::Date)) => Value::Date(Date::of(now)),
        (Literal::Now, _) => Value::Timestamp(now),
        (Literal::List(items), Type::List { item, .. }) => {
            Value::List(items.iter().map(|entry| self::literal(entry, item, now)).collect())
        }
        (Literal::Object(members), Type::Map { value, .. }) => {
            let entries =
                members.iter().map(|(name, entry)| ((*name).to_owned(), self::literal(entry, value, now)));
            Value::Map(entries.collect())
        }
        (Literal::Object(members), Type::Structure(structure)) => {
            Value::Record(object(members, structure.fields.get(), now))
        }
        (Literal::Object(members), Type::Union(union)) => variant(members, union, now),
        (literal, Type::Scalar(scalar)) => simple(literal, scalar),
        (Literal::Text(text), Type::Enum(_)) => Value::Text((*text).to_owned()),
        _ => Value::Null,
    }
}

fn variant(members: &[(&str, Literal)], union: &'static Union, now: Timestamp) -> Value {
    let told = members.iter().find(|(name, _)| *name == union.discriminator);
    let Some((_, Literal::Text(told))) = told else { return Value::Null };
    let found = union.variants.iter().find(|variant| variant.name == *told);
    found.map_or(Value::Null, |found| {
        let record = object(members, found.structure.fields.get(), now);
        Value::Variant(found.name.to_owned(), Box::new(record))
    })
}

fn simple(literal: &Literal, scalar: &Scalar) -> Value {
    let found = match (literal, scalar) {
        (Literal::Bool(value), Scalar::Bool) => Some(Value::Bool(*value)),
        (Literal::Int(value), Scalar::Decimal { .. }) => {
            parse_decimal(&value.to_string()).map(Value::Decimal)
        }
        (Literal::Int(value), Scalar::Float64 { .. }) => value.to_string().parse().ok().map(Value::Float),
        (Literal::Int(value), _) => Some(Value::Int(*value)),
        (Literal::Decimal(text), Scalar::Float64 { .. }) => text.parse().ok().map(Value::Float),
        (Literal::Decimal(text) | Literal::Text(text), Scalar::Decimal { .. }) => {
            parse_decimal(text).map(Value::Decimal)
        }
        (Literal::Text(text), scalar) => super::scalar::from_json_text(text, scalar),
        _ => None,
    };
    found.unwrap_or(Value::Null)
}

fn object(members: &[(&str, Literal)], fields: &'static [Field], now: Timestamp) -> Record {
    let mut record = Record::new(fields);
    for (index, field) in fields.iter().enumerate() {
        let given = members.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value);
        let value = given.or(field.default.as_ref()).map(|value| literal(value, &field.ty, now));
        record.put(index, value.unwrap_or(Value::Null));
    }
    record
}

fn free(literal: &Literal, now: Timestamp) -> serde_json::Value {
    match literal {
        Literal::Null => serde_json::Value::Null,
        Literal::Bool(value) => (*value).into(),
        Literal::Int(value) => (*value).into(),
        Literal::Decimal(text) => text.parse::<f64>().map_or(serde_json::Value::Null, Into::into),
        Literal::Text(text) => (*text).into(),
        Literal::Now => now.to_string().into(),
        Literal::List(items) => items.iter().map(|item| free(item, now)).collect(),
        Literal::Object(members) => {
            let members: BTreeMap<String, serde_json::Value> =
                members.iter().map(|(name, value)| ((*name).to_owned(), free(value, now))).collect();
            members.into_iter().collect()
        }
    }
}
