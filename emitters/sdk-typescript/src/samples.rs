//! Values for the examples of the README: those of the schema's examples, else one of the right type.

use atlas9_ir::{Field, Ir, Scalar, Type, TypeDeclKind, TypeId, TypeKind, Value};

use crate::positions::fields_of;
use crate::scalars;
use crate::text::{literal, object_property};
use crate::types::is_required;

/// The members that a request must give.
pub(crate) fn members<'a>(
    ir: &Ir,
    fields: impl IntoIterator<Item = &'a Field>,
    example: Option<&Value>,
) -> Vec<String> {
    let required = fields.into_iter().filter(|field| field.creatable() && is_required(ir, field));
    required
        .map(|field| {
            let value = of_type(ir, &field.ty, example.and_then(|example| member(example, &field.name)));
            format!("{}: {value}", object_property(&field.wire))
        })
        .collect()
}

/// A value of a type.
pub(crate) fn of_type(ir: &Ir, ty: &Type, example: Option<&Value>) -> String {
    match ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => {
            example.and_then(|example| written(scalar, example)).unwrap_or_else(|| {
                // The type says it all: no schema's text in it.
                scalars::sample(scalar).to_owned()
            })
        }
        TypeKind::List { .. } => "[]".to_owned(),
        TypeKind::Map { .. } => "{}".to_owned(),
        TypeKind::Ref(resource) => match ir.key_type(*resource) {
            Some(key) => of_type(ir, key, None),
            None => "\"...\"".to_owned(),
        },
        TypeKind::Named(id) => named(ir, *id, example),
    }
}

fn named(ir: &Ir, id: TypeId, example: Option<&Value>) -> String {
    match (&ir.types[id].kind, example) {
        (TypeDeclKind::Enum { .. }, Some(Value::Enum(value))) => literal(value),
        (TypeDeclKind::Enum { values, .. }, _) => {
            values.first().map_or("null".to_owned(), |value| literal(&value.name))
        }
        (TypeDeclKind::Union { discriminator_wire, variants, .. }, _) => {
            let Some(first) = variants.first() else { return "null".to_owned() };
            let mut members = members(ir, fields_of(ir, first.structure), None);
            members.insert(0, format!("{}: {}", object_property(discriminator_wire), literal(&first.name)));
            format!("{{ {} }}", members.join(", "))
        }
        // A required structure cannot contain itself but through a list or an optional field, which are left out.
        _ => match members(ir, fields_of(ir, id), example) {
            members if members.is_empty() => "{}".to_owned(),
            members => format!("{{ {} }}", members.join(", ")),
        },
    }
}

fn written(scalar: &Scalar, value: &Value) -> Option<String> {
    match (scalar, value) {
        (Scalar::Bool, Value::Bool(yes)) => Some(yes.to_string()),
        (Scalar::Int64 { .. }, Value::Int(number)) => Some(format!("{number}n")),
        (Scalar::Decimal { .. }, Value::Int(number)) => Some(format!("\"{number}\"")),
        (Scalar::Decimal { .. }, Value::Decimal(text)) => Some(literal(text)),
        (Scalar::Int32 { .. } | Scalar::Int { .. } | Scalar::Float64 { .. }, Value::Int(number)) => {
            Some(number.to_string())
        }
        (Scalar::Bytes { .. } | Scalar::Json, _) => None,
        (_, Value::String(text)) => Some(literal(text)),
        _ => None,
    }
}

fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let Value::Object(members) = value else { return None };
    members.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}
