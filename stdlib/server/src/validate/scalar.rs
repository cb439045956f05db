//! Scalars in JSON, with their bounds.

use atlas9_descriptor::Scalar;
use base64::Engine;

use super::body::counted;
use crate::Value;
use crate::plan::Bounds;
use crate::value::json::Json;
use crate::value::{Decimal, parse_decimal};

/// What is wrong with a value.
#[derive(Debug)]
pub(crate) struct Wrong {
    pub(crate) code: &'static str,
    pub(crate) detail: String,
}

/// Whole numbers that every JSON reader holds exactly: 53 bits and a sign.
const EXACT: f64 = 9_007_199_254_740_991.0;

/// The value of a scalar that JSON holds.
pub(crate) fn scalar(bounds: &Bounds, json: Json, scalar: &Scalar) -> Result<Value, Wrong> {
    match (scalar, json) {
        (Scalar::Bool, Json::Bool(value)) => Ok(Value::Bool(value)),
        (Scalar::Int32 { min, max }, json @ (Json::Int(_) | Json::Float(_))) => {
            whole(&json, i64::from(*min), i64::from(*max))
        }
        (Scalar::Int { min, max }, json @ (Json::Int(_) | Json::Float(_))) => whole(&json, *min, *max),
        (Scalar::Int64 { min, max }, Json::Text(text)) => match number(&text) {
            Some(value) => in_range(value, *min, *max),
            None => Err(format_of("a whole number in a string")),
        },
        (Scalar::Float64 { min, max, exclusive_max }, json @ (Json::Int(_) | Json::Float(_))) => {
            float(&json, *min, *max, *exclusive_max)
        }
        (Scalar::Json, json) => Ok(Value::Json(json.into_free())),
        (kind, Json::Text(text)) if text_like(kind) => from_text(bounds, text, kind),
        (kind, json) => Err(Wrong {
            code: "wrong_type",
            detail: format!("must be {}, not {}", wanted(kind), json.kind()),
        }),
    }
}

fn text_like(scalar: &Scalar) -> bool {
    !matches!(
        scalar,
        Scalar::Bool
            | Scalar::Int32 { .. }
            | Scalar::Int { .. }
            | Scalar::Int64 { .. }
            | Scalar::Float64 { .. }
    )
}

fn wanted(scalar: &Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "a boolean",
        Scalar::Int32 { .. } | Scalar::Int { .. } => "a whole number",
        Scalar::Float64 { .. } => "a number",
        Scalar::Int64 { .. } => "a string with a whole number",
        Scalar::Decimal { .. } => "a string with a decimal number",
        _ => "a string",
    }
}

/// What JSON holds as a string.
fn from_text(bounds: &Bounds, text: String, scalar: &Scalar) -> Result<Value, Wrong> {
    match scalar {
        Scalar::String { min, max, pattern } => string(bounds, text, *min, *max, *pattern),
        Scalar::Decimal { precision, scale, min, max, exclusive_max } => {
            let value = parse_decimal(&text).ok_or_else(|| format_of("a decimal number such as \"9.99\""))?;
            digits(value, *precision, *scale)?;
            decimal(bounds, value, *min, *max, *exclusive_max)
        }
        Scalar::Bytes { min, max } => {
            let bytes = base64::engine::general_purpose::STANDARD.decode(text);
            let bytes = bytes.map_err(|_| format_of("base64 with padding"))?;
            length(bytes.len(), *min, *max, ("byte", "bytes"))?;
            Ok(Value::Bytes(bytes))
        }
        kind => from_json_text(&text, kind).ok_or_else(|| format_of(example(kind))),
    }
}

/// The value of a scalar without bounds that JSON holds as a string.
pub(super) fn from_json_text(text: &str, scalar: &Scalar) -> Option<Value> {
    match scalar {
        Scalar::String { .. } => Some(Value::Text(text.to_owned())),
        Scalar::Uuid => uuid(text).map(Value::Uuid),
        Scalar::Date => text.parse().ok().map(Value::Date),
        Scalar::Timestamp => text.parse().ok().map(Value::Timestamp),
        Scalar::Duration => text.parse().ok().map(Value::Duration),
        Scalar::Int64 { .. } => number(text).map(Value::Int),
        _ => None,
    }
}

fn example(scalar: &Scalar) -> &'static str {
    match scalar {
        Scalar::Uuid => "a UUID with hyphens",
        Scalar::Date => "a day such as \"2027-06-01\"",
        Scalar::Timestamp => "a timestamp such as \"2026-11-01T09:00:00Z\"",
        _ => "an ISO 8601 duration such as \"PT1H30M\"",
    }
}

/// RFC 9562's form only: the library knows others.
fn uuid(text: &str) -> Option<uuid::Uuid> {
    (text.len() == 36).then(|| uuid::Uuid::try_parse(text).ok()).flatten()
}

fn number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn format_of(what: &str) -> Wrong {
    Wrong { code: "wrong_format", detail: format!("must be {what}") }
}

fn whole(json: &Json, min: i64, max: i64) -> Result<Value, Wrong> {
    match *json {
        Json::Int(value) => in_range(value, min, max),
        Json::Float(value) if value.fract() != 0.0 => {
            Err(Wrong { code: "wrong_type", detail: "must be a whole number".to_owned() })
        }
        #[expect(clippy::cast_possible_truncation, reason = "the number is whole and has at most 53 bits")]
        Json::Float(value) if value.abs() <= EXACT => in_range(value as i64, min, max),
        _ => Err(range(&min, &max, false)),
    }
}

fn in_range(value: i64, min: i64, max: i64) -> Result<Value, Wrong> {
    if (min..=max).contains(&value) { Ok(Value::Int(value)) } else { Err(range(&min, &max, false)) }
}

fn float(json: &Json, min: f64, max: f64, exclusive_max: bool) -> Result<Value, Wrong> {
    let value = match *json {
        #[expect(clippy::cast_precision_loss, reason = "that is how JSON numbers become floats")]
        Json::Int(value) => value as f64,
        Json::Float(value) => value,
        _ => f64::NAN,
    };
    let below = if exclusive_max { value < max } else { value <= max };
    // Adding zero makes negative zero zero: not every database keeps it.
    if value.is_finite() && value >= min && below {
        Ok(Value::Float(value + 0.0))
    } else {
        Err(range(&min, &max, exclusive_max))
    }
}

fn range(min: &dyn std::fmt::Display, max: &dyn std::fmt::Display, exclusive_max: bool) -> Wrong {
    let detail = if exclusive_max {
        format!("must be from {min} to less than {max}")
    } else {
        format!("must be from {min} to {max}")
    };
    Wrong { code: "out_of_range", detail }
}

fn string(
    bounds: &Bounds,
    text: String,
    min: u32,
    max: u32,
    pattern: Option<&'static str>,
) -> Result<Value, Wrong> {
    if text.contains('\0') {
        let detail = "must not contain the character U+0000".to_owned();
        return Err(Wrong { code: "nul_character", detail });
    }
    length(text.chars().count(), min, max, ("character", "characters"))?;
    match pattern.and_then(|pattern| bounds.patterns.get(pattern)) {
        Some(regex) if !regex.is_match(&text) => {
            Err(Wrong { code: "pattern", detail: format!("must match {}", regex.as_str()) })
        }
        _ => Ok(Value::Text(text)),
    }
}

fn length(found: usize, min: u32, max: u32, unit: (&str, &str)) -> Result<(), Wrong> {
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    if found < min {
        return Err(Wrong {
            code: "too_short",
            detail: format!("must have at least {}", counted(min, unit)),
        });
    }
    if found > max {
        return Err(Wrong { code: "too_long", detail: format!("must have at most {}", counted(max, unit)) });
    }
    Ok(())
}

fn digits(value: Decimal, precision: u8, scale: u8) -> Result<(), Wrong> {
    let before = value.trunc().mantissa().unsigned_abs();
    let before = if before == 0 { 0 } else { before.ilog10() + 1 };
    if value.scale() > u32::from(scale) {
        return Err(Wrong {
            code: "too_precise",
            detail: format!("must have at most {scale} digits after the point"),
        });
    }
    let most = u32::from(precision.saturating_sub(scale));
    if before > most {
        return Err(Wrong {
            code: "out_of_range",
            detail: format!("must have at most {most} digits before the point"),
        });
    }
    Ok(())
}

fn decimal(
    bounds: &Bounds,
    value: Decimal,
    min: Option<&'static str>,
    max: Option<&'static str>,
    exclusive_max: bool,
) -> Result<Value, Wrong> {
    let bound = |text: Option<&'static str>| text.and_then(|text| bounds.decimals.get(text)).copied();
    let low = bound(min).is_some_and(|min| value < min);
    let high = bound(max).is_some_and(|max| if exclusive_max { value >= max } else { value > max });
    if !low && !high {
        return Ok(Value::Decimal(value));
    }
    Err(match (min, max) {
        (Some(min), Some(max)) => range(&min, &max, exclusive_max),
        (Some(min), None) => Wrong { code: "out_of_range", detail: format!("must be at least {min}") },
        (_, max) => {
            let word = if exclusive_max { "less than" } else { "at most" };
            Wrong { code: "out_of_range", detail: format!("must be {word} {}", max.unwrap_or_default()) }
        }
    })
}
