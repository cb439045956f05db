//! Columns that hold JSON, and JSON that was answered.

use std::collections::BTreeMap;

use atlas9_descriptor::{Field, Scalar, Type, Union};
use base64::Engine;

use super::neutral::neutral;
use crate::value::json::Json;
use crate::value::parse_decimal;
use crate::{Record, Value};

/// True when the stored bytes are those of a response: nothing in them has a name on the wire or a reader of its own.
pub(super) fn is_canonical(ty: &Type) -> bool {
    match ty {
        Type::Structure(_) | Type::Union(_) => false,
        Type::List { item, .. } => is_canonical(item),
        Type::Map { value, .. } => is_canonical(value),
        Type::Scalar(_) | Type::Enum(_) | Type::Reference(_) => true,
    }
}

/// The value of a type that a column holds as JSON.
pub(super) fn stored(text: &str, ty: &Type) -> Result<Value, String> {
    value(Json::parse(text.as_bytes())?, ty, Names::Declared)
}

/// The values of some types that stand in a JSON array.
pub(crate) fn values(bytes: &[u8], types: &[&Type]) -> Option<Vec<Value>> {
    let Ok(Json::List(items)) = Json::parse(bytes) else { return None };
    if items.len() != types.len() {
        return None;
    }
    items.into_iter().zip(types).map(|(json, ty)| value(json, ty, Names::Declared).ok()).collect()
}

/// What a server answered, read back.
pub(crate) mod answered {
    use super::{Field, Json, Names, Record, Type, Value};

    /// A value of a type.
    pub(crate) fn value(json: Json, ty: &Type) -> Result<Value, String> {
        super::value(json, ty, Names::Wire)
    }

    /// A resource; what is not shown is null, or where it cannot be null the emptiest value of its type.
    pub(crate) fn record(json: Json, fields: &'static [Field]) -> Result<Record, String> {
        match json {
            Json::Object(members) => super::record(members, fields, Names::Wire),
            other => Err(format!("expected an object, found {}", other.kind())),
        }
    }
}

/// Which names members have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// The declared ones, in the database.
    Declared,
    /// Those of requests and answers.
    Wire,
}

fn value(json: Json, ty: &Type, names: Names) -> Result<Value, String> {
    match (ty, json) {
        (Type::Scalar(Scalar::Json), json) => Ok(Value::Json(json.into_free())),
        (_, Json::Null) => Ok(Value::Null),
        (Type::Reference(reference), json) => value(json, &reference.key, names),
        (Type::Structure(structure), Json::Object(members)) => {
            record(members, structure.fields.get(), names).map(Value::Record)
        }
        (Type::Union(union), Json::Object(members)) => variant(members, union, names),
        (Type::List { item, .. }, Json::List(items)) => {
            items.into_iter().map(|json| value(json, item, names)).collect::<Result<_, _>>().map(Value::List)
        }
        (Type::Map { value: ty, .. }, Json::Object(members)) => {
            let entries = members.into_iter().map(|(name, json)| Ok((name, value(json, ty, names)?)));
            entries.collect::<Result<BTreeMap<_, _>, String>>().map(Value::Map)
        }
        (Type::Enum(_), Json::Text(text)) => Ok(Value::Text(text)),
        (Type::Scalar(kind), json) => scalar(json, kind),
        (_, json) => Err(format!("stored JSON holds {}", json.kind())),
    }
}

/// A variant that was removed after the row was written keeps its name: clients of an open union know what to do with it.
fn variant(members: Vec<(String, Json)>, union: &Union, names: Names) -> Result<Value, String> {
    let discriminator = if names == Names::Wire { union.wire } else { union.discriminator };
    let told = members.iter().find(|(name, _)| name == discriminator).map(|(_, told)| told.clone());
    let Some(Json::Text(name)) = told else { return Err("stored JSON holds no discriminator".to_owned()) };
    let known = union.variants.iter().find(|variant| variant.name == name);
    let record = match known {
        Some(variant) => record(members, variant.structure.fields.get(), names)?,
        None => Record::new(&[]),
    };
    Ok(Value::Variant(name, Box::new(record)))
}

/// A field that was added after the row was written has its null.
fn record(members: Vec<(String, Json)>, fields: &'static [Field], names: Names) -> Result<Record, String> {
    let mut record = Record::new(fields);
    for (index, field) in fields.iter().enumerate() {
        let hidden = names == Names::Wire && !field.optional;
        record.put(index, if hidden { neutral(&field.ty) } else { Value::Null });
    }
    for (name, json) in members {
        let called = |field: &Field| if names == Names::Wire { field.wire } else { field.name };
        let field = fields.iter().enumerate().find(|(_, field)| called(field) == name);
        if let Some((index, field)) = field {
            record.put(index, value(json, &field.ty, names)?);
        }
    }
    Ok(record)
}

fn scalar(json: Json, scalar: &Scalar) -> Result<Value, String> {
    let told = json.kind();
    let found = match (scalar, json) {
        (Scalar::Bool, Json::Bool(value)) => Some(Value::Bool(value)),
        (Scalar::Int32 { .. } | Scalar::Int { .. }, Json::Int(value)) => Some(Value::Int(value)),
        (Scalar::Int64 { .. }, Json::Text(text)) => text.parse().ok().map(Value::Int),
        (Scalar::Float64 { .. }, Json::Float(value)) => Some(Value::Float(value)),
        (Scalar::Float64 { .. }, Json::Int(value)) => value.to_string().parse().ok().map(Value::Float),
        (Scalar::String { .. }, Json::Text(text)) => Some(Value::Text(text)),
        (Scalar::Decimal { .. }, Json::Text(text)) => parse_decimal(&text).map(Value::Decimal),
        (Scalar::Bytes { .. }, Json::Text(text)) => {
            base64::engine::general_purpose::STANDARD.decode(text).ok().map(Value::Bytes)
        }
        (Scalar::Uuid, Json::Text(text)) => text.parse().ok().map(Value::Uuid),
        (Scalar::Date, Json::Text(text)) => text.parse().ok().map(Value::Date),
        (Scalar::Timestamp, Json::Text(text)) => text.parse().ok().map(Value::Timestamp),
        (Scalar::Duration, Json::Text(text)) => text.parse().ok().map(Value::Duration),
        _ => None,
    };
    found.ok_or_else(|| format!("stored JSON holds {told} for {scalar:?}"))
}
