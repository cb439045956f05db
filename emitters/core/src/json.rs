//! Values of the schema as JSON: defaults and examples.

use atlas9_ir::{Field, Ir, Scalar, Type, TypeDeclKind, TypeId, TypeKind, Value};
use serde_json::{Map, Number, Value as Json};

/// Which names the members of objects have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Those on the wire.
    Wire,
    /// The declared ones, as the database keeps them.
    Declared,
}

/// The value of a type as JSON. Nothing for what is only known when it is written, such as `now`, and for what is no value
/// of the type.
pub fn json(ir: &Ir, ty: &Type, value: &Value, names: Names) -> Option<Json> {
    if *value == Value::Null {
        return Some(Json::Null);
    }
    match (ir.resolve(ty).0, value) {
        (TypeKind::Scalar(scalar), value) => scalar_json(scalar, value),
        (TypeKind::Ref(to), value) => scalar_json(crate::storage::key_scalar(ir, *to)?, value),
        (TypeKind::List { item, .. }, Value::List(items)) => {
            items.iter().map(|one| json(ir, item, one, names)).collect::<Option<_>>().map(Json::Array)
        }
        (TypeKind::Map { value: inner, .. }, Value::Object(entries)) => {
            let entries = entries.iter().map(|(key, one)| Some((key.clone(), json(ir, inner, one, names)?)));
            entries.collect::<Option<Map<_, _>>>().map(Json::Object)
        }
        (TypeKind::Named(id), value) => match (&ir.types.get(*id)?.kind, value) {
            (TypeDeclKind::Structure { fields, .. }, Value::Object(given)) => {
                object(ir, fields, given, names)
            }
            (TypeDeclKind::Union { .. }, Value::Object(given)) => union(ir, *id, given, names),
            (TypeDeclKind::Enum { .. }, Value::Enum(word) | Value::String(word)) => {
                Some(word.as_str().into())
            }
            _ => None,
        },
        _ => None,
    }
}

/// A variant as an object: the discriminator, then the given fields of the variant's structure.
fn union(ir: &Ir, id: TypeId, given: &[(String, Value)], names: Names) -> Option<Json> {
    let TypeDeclKind::Union { discriminator, discriminator_wire, variants, .. } = &ir.types.get(id)?.kind
    else {
        return None;
    };
    let told = given.iter().find(|(name, _)| name == discriminator).map(|(_, value)| value);
    let Some(Value::Enum(word) | Value::String(word)) = told else { return None };
    let variant = variants.iter().find(|variant| variant.name == *word)?;
    let TypeDeclKind::Structure { fields, .. } = &ir.types.get(variant.structure)?.kind else { return None };
    let Json::Object(members) = object(ir, fields, given, names)? else { return None };
    let name = if names == Names::Wire { discriminator_wire } else { discriminator };
    let mut whole = Map::new();
    whole.insert(name.clone(), word.as_str().into());
    whole.extend(members);
    Some(Json::Object(whole))
}

/// The given fields as an object, in declared order.
pub fn object(ir: &Ir, fields: &[Field], given: &[(String, Value)], names: Names) -> Option<Json> {
    let given = fields.iter().filter_map(|field| {
        let (_, value) = given.iter().find(|(name, _)| *name == field.name)?;
        Some((field, value))
    });
    let members = given.map(|(field, value)| {
        let name = if names == Names::Wire { &field.wire } else { &field.name };
        Some((name.clone(), json(ir, &field.ty, value, names)?))
    });
    members.collect::<Option<Map<_, _>>>().map(Json::Object)
}

fn scalar_json(scalar: &Scalar, value: &Value) -> Option<Json> {
    match (scalar, value) {
        (Scalar::Json, value) => free(value),
        (Scalar::Bool, Value::Bool(value)) => Some((*value).into()),
        (Scalar::Int32 { .. } | Scalar::Int { .. }, Value::Int(value)) => Some((*value).into()),
        (Scalar::Int64 { .. }, Value::Int(value)) => Some(value.to_string().into()),
        (Scalar::Float64 { .. }, Value::Int(value)) => Some((*value).into()),
        (Scalar::Float64 { .. }, Value::Decimal(text)) => float(text),
        (Scalar::Decimal { .. }, Value::Int(value)) => Some(value.to_string().into()),
        (Scalar::Decimal { .. }, Value::Decimal(text) | Value::String(text)) => Some(short(text).into()),
        (
            Scalar::Int64 { .. }
            | Scalar::String { .. }
            | Scalar::Bytes { .. }
            | Scalar::Uuid
            | Scalar::Date
            | Scalar::Timestamp
            | Scalar::Duration,
            Value::String(text),
        ) => Some(text.as_str().into()),
        _ => None,
    }
}

fn free(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Null => Json::Null,
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value).into(),
        Value::Decimal(text) => float(text)?,
        Value::String(text) | Value::Enum(text) => text.as_str().into(),
        Value::Now => return None,
        Value::List(items) => Json::Array(items.iter().map(free).collect::<Option<_>>()?),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, one)| Some((key.clone(), free(one)?)));
            Json::Object(entries.collect::<Option<Map<_, _>>>()?)
        }
    })
}

fn float(text: &str) -> Option<Json> {
    text.parse().ok().and_then(Number::from_f64).map(Json::Number)
}

/// Without zeros at the end of the fraction: decimals are `9.99` and `10` on the wire.
fn short(text: &str) -> &str {
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        let check = |scalar: Scalar, value: Value, expected: &str| {
            assert_eq!(scalar_json(&scalar, &value).map(|json| json.to_string()).as_deref(), Some(expected));
        };
        let range = atlas9_ir::Range::default;
        check(Scalar::Int64 { range: range() }, Value::Int(i64::MAX), "\"9223372036854775807\"");
        check(
            Scalar::Decimal { precision: 9, scale: 2, range: range() },
            Value::Decimal("9.90".into()),
            "\"9.9\"",
        );
        check(
            Scalar::Decimal { precision: 9, scale: 2, range: range() },
            Value::Decimal("100".into()),
            "\"100\"",
        );
        check(Scalar::Float64 { range: range() }, Value::Decimal("0.5".into()), "0.5");
    }
}
