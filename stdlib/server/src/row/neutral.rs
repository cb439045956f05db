//! Values for what a reader is not shown and code cannot do without.

use atlas9_descriptor::{Field, Scalar, Type};

use crate::value::{Date, Decimal, Timestamp, Uuid};
use crate::{Record, Value};

/// The emptiest value of a type: zero, nothing in it, the first that is declared.
pub(super) fn neutral(ty: &Type) -> Value {
    match ty {
        Type::Scalar(scalar) => of_scalar(scalar),
        Type::Enum(kind) => Value::Text(kind.values.first().map_or("", |value| *value).to_owned()),
        Type::Reference(reference) => neutral(&reference.key),
        Type::Structure(structure) => Value::Record(record(structure.fields.get())),
        Type::Union(union) => union.variants.first().map_or(Value::Null, |variant| {
            Value::Variant(variant.name.to_owned(), Box::new(record(variant.structure.fields.get())))
        }),
        Type::List { .. } => Value::List(Vec::new()),
        Type::Map { .. } => Value::Map(std::collections::BTreeMap::new()),
    }
}

/// Null where that can be: a structure that holds itself ends there.
fn record(fields: &'static [Field]) -> Record {
    let mut record = Record::new(fields);
    for (index, field) in fields.iter().enumerate() {
        record.put(index, if field.optional { Value::Null } else { neutral(&field.ty) });
    }
    record
}

fn of_scalar(scalar: &Scalar) -> Value {
    match scalar {
        Scalar::Bool => Value::Bool(false),
        Scalar::Int32 { .. } | Scalar::Int { .. } | Scalar::Int64 { .. } => Value::Int(0),
        Scalar::Float64 { .. } => Value::Float(0.0),
        Scalar::String { .. } => Value::Text(String::new()),
        Scalar::Decimal { .. } => Value::Decimal(Decimal::ZERO),
        Scalar::Bytes { .. } => Value::Bytes(Vec::new()),
        Scalar::Uuid => Value::Uuid(Uuid::nil()),
        Scalar::Date => Date::from_days(0).map_or(Value::Null, Value::Date),
        Scalar::Timestamp => Value::Timestamp(Timestamp::default()),
        Scalar::Duration => "PT0S".parse().map_or(Value::Null, Value::Duration),
        Scalar::Json => Value::Json(serde_json::Value::Null),
    }
}
