//! Values in paths and queries, which are text whatever their type is.

use atlas9_descriptor::{Scalar, Type};

use super::scalar::{Wrong, scalar};
use crate::Value;
use crate::nearest::suggestion;
use crate::plan::Bounds;
use crate::value::json::Json;

/// What is wrong with such a text.
pub(crate) struct TextError {
    pub(crate) code: &'static str,
    pub(crate) detail: String,
}

impl From<Wrong> for TextError {
    fn from(wrong: Wrong) -> TextError {
        TextError { code: wrong.code, detail: wrong.detail }
    }
}

/// The value of a type that a text holds. Bounds of length and range do not matter: what is out of bounds is just not found.
pub(crate) fn from_text(bounds: &Bounds, text: &str, ty: &Type) -> Result<Value, TextError> {
    read(text, ty, |kind, text| scalar(bounds, as_json(text, kind), &unbounded(kind)))
}

/// The value of a type that a text holds, within its bounds. Any JSON stands there as it stands in a body.
pub(super) fn bounded_from_text(bounds: &Bounds, text: &str, ty: &Type) -> Result<Value, TextError> {
    read(text, ty, |kind, text| match kind {
        Scalar::Json => json(text),
        _ => scalar(bounds, as_json(text, kind), kind),
    })
}

fn json(text: &str) -> Result<Value, Wrong> {
    match Json::parse(text.as_bytes()) {
        Ok(json) if json.has_nul() => {
            Err(Wrong { code: "nul_character", detail: "must not contain the character U+0000".to_owned() })
        }
        Ok(json) => Ok(Value::Json(json.into_free())),
        Err(cause) => Err(Wrong { code: "not_json", detail: format!("is not readable JSON: {cause}") }),
    }
}

fn read(
    text: &str,
    ty: &Type,
    scalar: impl Fn(&Scalar, &str) -> Result<Value, Wrong>,
) -> Result<Value, TextError> {
    match ty {
        Type::Reference(reference) => read(text, &reference.key, scalar),
        Type::Enum(kind) if kind.values.contains(&text) => Ok(Value::Text(text.to_owned())),
        Type::Enum(kind) => {
            let known = kind.values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
            let hint = suggestion(text, kind.values.iter().copied());
            Err(TextError { code: "unknown_value", detail: format!("must be one of {known}{hint}") })
        }
        Type::Scalar(kind) => Ok(scalar(kind, text)?),
        Type::Structure(_) | Type::Union(_) | Type::List { .. } | Type::Map { .. } => {
            Err(TextError { code: "wrong_type", detail: "cannot be given as text".to_owned() })
        }
    }
}

/// The JSON that the text would be in a body.
fn as_json(text: &str, scalar: &Scalar) -> Json {
    let read = match scalar {
        Scalar::Bool => matches!(text, "true" | "false").then_some(Json::Bool(text == "true")),
        Scalar::Int32 { .. } | Scalar::Int { .. } | Scalar::Float64 { .. } => {
            match Json::parse(text.as_bytes()) {
                Ok(json @ (Json::Int(_) | Json::Float(_))) => Some(json),
                _ => None,
            }
        }
        _ => None,
    };
    read.unwrap_or_else(|| Json::Text(text.to_owned()))
}

fn unbounded(scalar: &Scalar) -> Scalar {
    match *scalar {
        Scalar::Int32 { .. } | Scalar::Int { .. } => Scalar::Int { min: -(1 << 53) + 1, max: (1 << 53) - 1 },
        Scalar::Int64 { .. } => Scalar::Int64 { min: i64::MIN, max: i64::MAX },
        Scalar::Float64 { .. } => Scalar::Float64 { min: f64::MIN, max: f64::MAX, exclusive_max: false },
        Scalar::Decimal { precision, scale, .. } => {
            Scalar::Decimal { precision, scale, min: None, max: None, exclusive_max: false }
        }
        Scalar::String { .. } => Scalar::String { min: 0, max: u32::MAX, pattern: None },
        Scalar::Bytes { .. } => Scalar::Bytes { min: 0, max: u32::MAX },
        other => other,
    }
}
