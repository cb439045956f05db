//! Values of scalars as Rust takes them. A new scalar of the language is taught here, and in the emitter's file of that name.

use atlas9_ir::{Ir, Scalar, Type, TypeKind};
use base64::Engine as _;
use serde_json::Value as Json;

use super::layout::Code;
use super::literal;

/// The scalar of a value, through references; nothing for other types.
pub fn scalar_of<'a>(ir: &'a Ir, ty: &'a Type) -> Option<&'a Scalar> {
    match ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => Some(scalar),
        TypeKind::Ref(to) => scalar_of(ir, ir.key_type(*to)?),
        _ => None,
    }
}

/// True for what a call is given by anything that it can be made of.
pub fn is_converted(scalar: &Scalar) -> bool {
    match scalar {
        Scalar::String { .. }
        | Scalar::Decimal { .. }
        | Scalar::Bytes { .. }
        | Scalar::Duration
        | Scalar::Json => true,
        Scalar::Bool
        | Scalar::Int32 { .. }
        | Scalar::Int { .. }
        | Scalar::Int64 { .. }
        | Scalar::Float64 { .. }
        | Scalar::Uuid
        | Scalar::Date
        | Scalar::Timestamp => false,
    }
}

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// Its type is known there.
    Known,
    /// Its type is what the value is of.
    Open,
    /// Whatever can become its type.
    Converted,
}

/// A value of the scalar, in the crate of that name.
pub(super) fn written(package: &str, scalar: &Scalar, json: &Json, expected: Expected) -> Code {
    let text = json.as_str().unwrap_or_default();
    let converted = expected == Expected::Converted;
    Code::Plain(match scalar {
        Scalar::Bool | Scalar::Int32 { .. } | Scalar::Int { .. } => json.to_string(),
        Scalar::Int64 { .. } => json.as_str().map_or_else(|| json.to_string(), str::to_owned),
        Scalar::Float64 { .. } => float(&json.to_string()),
        Scalar::String { .. } if converted => literal(text),
        Scalar::String { .. } => format!("{}.to_owned()", literal(text)),
        Scalar::Bytes { .. } if converted => bytes(text),
        Scalar::Bytes { .. } => format!("{}.to_vec()", bytes(text)),
        Scalar::Duration if converted => literal(text),
        Scalar::Duration if expected == Expected::Known => format!("{}.into()", literal(text)),
        Scalar::Duration => format!("{package}::api::Duration::from({})", literal(text)),
        Scalar::Decimal { .. } => parsed(package, "rust_decimal::Decimal", text, expected),
        Scalar::Uuid => parsed(package, "uuid::Uuid", text, expected),
        Scalar::Date => parsed(package, "jiff::civil::Date", text, expected),
        Scalar::Timestamp => parsed(package, "jiff::Timestamp", text, expected),
        Scalar::Json => format!("{package}::serde_json::json!({})", token(json)),
    })
}

/// No items of what becomes the scalar: only the type of an item says what there are none of.
pub(super) fn none_of(scalar: &Scalar) -> Code {
    let item = match scalar {
        Scalar::Decimal { .. } => "i64",
        Scalar::Bytes { .. } => "Vec<u8>",
        Scalar::Json => "bool",
        _ => "&str",
    };
    Code::Plain(format!("Vec::<{item}>::new()"))
}

fn parsed(package: &str, ty: &str, text: &str, expected: Expected) -> String {
    match expected {
        Expected::Known => format!("{}.parse()?", literal(text)),
        Expected::Open | Expected::Converted => format!("{}.parse::<{package}::{ty}>()?", literal(text)),
    }
}

fn float(text: &str) -> String {
    if text.contains(['.', 'e', 'E']) { text.to_owned() } else { format!("{text}.0") }
}

/// Base64 (RFC 4648, section 4) as a literal of bytes.
fn bytes(base64: &str) -> String {
    let bytes = base64::engine::general_purpose::STANDARD.decode(base64).unwrap_or_default();
    let escaped: String = bytes.iter().map(|byte| byte.escape_ascii().to_string()).collect();
    // Between double quotes a single one needs no escape.
    format!("b\"{}\"", escaped.replace("\\'", "'"))
}

/// JSON as `json!` takes it.
fn token(json: &Json) -> String {
    match json {
        Json::Null | Json::Bool(_) | Json::Number(_) => json.to_string(),
        Json::String(text) => literal(text),
        Json::Array(items) => format!("[{}]", items.iter().map(token).collect::<Vec<_>>().join(", ")),
        Json::Object(members) => {
            let members = members.iter().map(|(name, one)| format!("{}: {}", literal(name), token(one)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_literals() {
        let check = |base64: &str, expected: &str| assert_eq!(bytes(base64), expected, "{base64}");
        check("YXRsYXM5", "b\"atlas9\"");
        check("IidcAP8=", "b\"\\\"'\\\\\\x00\\xff\"");
        check("", "b\"\"");
    }

    #[test]
    fn floats_have_a_point() {
        assert_eq!(float("1"), "1.0");
        assert_eq!(float("-0.5"), "-0.5");
        assert_eq!(float("1e300"), "1e300");
    }
}
