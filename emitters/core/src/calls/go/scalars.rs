//! The scalars in Go. A new scalar of the language is taught here.

use atlas9_ir::Scalar;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

use super::literal;
use super::types::Uses;
use super::values::Written;

/// The type of a scalar.
pub fn type_of(scalar: &Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::Int32 { .. } => "int32",
        // An int has 32 bits on some machines.
        Scalar::Int { .. } | Scalar::Int64 { .. } => "int64",
        Scalar::Float64 { .. } => "float64",
        Scalar::Decimal { .. } => "api.Decimal",
        Scalar::String { .. } | Scalar::Uuid => "string",
        Scalar::Bytes { .. } => "[]byte",
        Scalar::Date => "api.Date",
        Scalar::Timestamp => "time.Time",
        Scalar::Duration => "api.Duration",
        Scalar::Json => "json.RawMessage",
    }
}

/// The type of a scalar within another type, where no tag can say that it is text in JSON.
pub fn inner(scalar: &Scalar) -> &'static str {
    if is_text(scalar) { "api.Int64" } else { type_of(scalar) }
}

/// True for a number that is text in JSON.
pub fn is_text(scalar: &Scalar) -> bool {
    matches!(scalar, Scalar::Int64 { .. })
}

/// True where nil stands for null by itself.
pub fn has_nil(scalar: &Scalar) -> bool {
    matches!(scalar, Scalar::Bytes { .. } | Scalar::Json)
}

/// A value of a scalar. All of them have the form that the scalar has in JSON.
pub(super) fn written(scalar: &Scalar, json: &Json, uses: &mut Uses) -> Written {
    let text = json.as_str().unwrap_or_default();
    match scalar {
        Scalar::Bool => Written::Typed(json.to_string()),
        Scalar::Int32 { .. } | Scalar::Int { .. } | Scalar::Float64 { .. } => {
            Written::Constant(json.to_string())
        }
        Scalar::Int64 { .. } => Written::Constant(text.to_owned()),
        Scalar::Decimal { .. } | Scalar::Duration => Written::Constant(literal(text)),
        Scalar::String { .. } | Scalar::Uuid => Written::Typed(literal(text)),
        Scalar::Bytes { .. } => Written::Typed(format!("[]byte({})", bytes(text))),
        Scalar::Date => {
            uses.extend(["api", "time"]);
            Written::Typed(format!("api.NewDate({})", numbers(text).join(", ")))
        }
        Scalar::Timestamp => {
            uses.insert("time");
            Written::Typed(format!("time.Date({}, time.UTC)", numbers(text).join(", ")))
        }
        Scalar::Json => {
            uses.insert("json");
            Written::Typed(format!("json.RawMessage({})", literal(&json.to_string())))
        }
    }
}

/// The bytes behind a text in base64, as a literal: as they read where they are text.
fn bytes(base64: &str) -> String {
    let bytes = STANDARD.decode(base64).unwrap_or_default();
    match String::from_utf8(bytes) {
        Ok(text) => literal(&text),
        Err(other) => {
            let digits = other.as_bytes().iter().map(|byte| format!("\\x{byte:02x}"));
            format!("\"{}\"", digits.collect::<String>())
        }
    }
}

/// The numbers of a day, or of an instant with its nanoseconds, as the functions of package time take them.
fn numbers(text: &str) -> Vec<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (whole, fraction) = text.trim_end_matches('Z').split_once('.').unwrap_or((text, ""));
    let parts = whole.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let mut numbers: Vec<u64> = parts.filter_map(|part| part.parse().ok()).collect();
    if text.contains('T') {
        numbers.push(format!("{fraction:0<9}").parse().unwrap_or_default());
    }
    let word = |(at, number): (usize, u64)| match (at, usize::try_from(number)) {
        (1, Ok(month @ 1..=12)) => format!("time.{}", MONTHS.get(month - 1).copied().unwrap_or_default()),
        _ => number.to_string(),
    };
    numbers.into_iter().enumerate().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_literals_of_their_types() {
        let check = |scalar: Scalar, json: Json, expected: &str| {
            assert_eq!(written(&scalar, &json, &mut Uses::new()).text(), expected);
        };
        let range = atlas9_ir::Range::default;
        check(Scalar::Int64 { range: range() }, "9007199254740993".into(), "9007199254740993");
        check(Scalar::Date, "2026-11-01".into(), "api.NewDate(2026, time.November, 1)");
        check(
            Scalar::Timestamp,
            "2026-11-01T09:00:00.25Z".into(),
            "time.Date(2026, time.November, 1, 9, 0, 0, 250000000, time.UTC)",
        );
        check(
            Scalar::Timestamp,
            "2026-11-01T09:00:00Z".into(),
            "time.Date(2026, time.November, 1, 9, 0, 0, 0, time.UTC)",
        );
        check(Scalar::Bytes { length: range() }, "YXRsYXM5".into(), "[]byte(\"atlas9\")");
        check(Scalar::Bytes { length: range() }, "/w==".into(), "[]byte(\"\\xff\")");
        check(Scalar::Json, serde_json::json!({"a": "`"}), "json.RawMessage(\"{\\\"a\\\":\\\"`\\\"}\")");
    }
}
