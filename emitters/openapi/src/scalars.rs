//! Scalars as schemas, and a value of each for examples.

use atlas9_emitters_core::samples::count;
use atlas9_ir::{Range, Scalar};
use openapiv3::{IntegerFormat, IntegerType, NumberFormat, NumberType, Schema, SchemaData, SchemaKind, Type};
use openapiv3::{StringType, VariantOrUnknownOrEmpty};

use crate::parts::{schema, text};

/// The greatest whole number that every JSON reader keeps: 2^53 - 1.
const INT_MAX: i64 = 9_007_199_254_740_991;

/// RFC 4648, section 4, with padding.
const BASE64: &str = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

/// The schema of a scalar.
pub(crate) fn of(scalar: &Scalar) -> Schema {
    match scalar {
        Scalar::Bool => schema(Type::Boolean(Default::default())),
        Scalar::Int32 { range } => {
            integer(IntegerFormat::Int32, range, i64::from(i32::MIN), i64::from(i32::MAX))
        }
        Scalar::Int { range } => integer(IntegerFormat::Int64, range, -INT_MAX, INT_MAX),
        Scalar::Int64 { range } => {
            let pattern = format!("^(0|{}[1-9][0-9]{{0,18}})$", sign(range));
            ranged(text_of("int64", Some(pattern)), range)
        }
        Scalar::Float64 { range } => float(range),
        Scalar::Decimal { precision, scale, range } => {
            ranged(text_of("decimal", Some(decimal_pattern(*precision, *scale, range))), range)
        }
        Scalar::String { length, pattern } => string(length, pattern.as_deref()),
        Scalar::Bytes { length } => schema(Type::String(StringType {
            min_length: count(&length.min).map(base64_length),
            max_length: count(&length.max).map(base64_length),
            pattern: Some(BASE64.to_owned()),
            ..text("byte")
        })),
        Scalar::Uuid => text_of("uuid", None),
        Scalar::Date => text_of("date", None),
        Scalar::Timestamp => text_of("date-time", None),
        Scalar::Duration => text_of("duration", None),
        Scalar::Json => {
            let mut any = Schema {
                schema_data: SchemaData::default(),
                schema_kind: SchemaKind::Any(Default::default()),
            };
            any.schema_data.description = Some("Any JSON value.".to_owned());
            any
        }
    }
}

/// The scalar without its bounds.
pub(crate) fn unbounded(scalar: &Scalar) -> Scalar {
    let range = Range::default;
    match scalar {
        Scalar::Int32 { .. } | Scalar::Int { .. } => Scalar::Int { range: range() },
        Scalar::Int64 { .. } => Scalar::Int64 { range: range() },
        Scalar::Float64 { .. } => Scalar::Float64 { range: range() },
        Scalar::Decimal { precision, scale, .. } => {
            Scalar::Decimal { precision: *precision, scale: *scale, range: range() }
        }
        Scalar::String { .. } => Scalar::String { length: range(), pattern: None },
        Scalar::Bytes { .. } => Scalar::Bytes { length: range() },
        other => other.clone(),
    }
}

fn text_of(format: &str, pattern: Option<String>) -> Schema {
    schema(Type::String(StringType { pattern, ..text(format) }))
}

fn integer(format: IntegerFormat, range: &Range, least: i64, greatest: i64) -> Schema {
    let bound =
        |text: &Option<String>, open: i64| text.as_deref().and_then(|text| text.parse().ok()).unwrap_or(open);
    schema(Type::Integer(IntegerType {
        format: VariantOrUnknownOrEmpty::Item(format),
        minimum: Some(bound(&range.min, least)),
        maximum: Some(bound(&range.max, greatest)),
        ..IntegerType::default()
    }))
}

fn float(range: &Range) -> Schema {
    let bound = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
    schema(Type::Number(NumberType {
        format: VariantOrUnknownOrEmpty::Item(NumberFormat::Double),
        minimum: bound(&range.min),
        maximum: bound(&range.max),
        exclusive_maximum: range.exclusive_max,
        ..NumberType::default()
    }))
}

fn string(length: &Range, pattern: Option<&str>) -> Schema {
    let mut found = schema(Type::String(StringType {
        min_length: count(&length.min),
        max_length: count(&length.max),
        pattern: pattern.filter(|pattern| !names_script(pattern)).map(str::to_owned),
        ..StringType::default()
    }));
    if let Some(pattern) = pattern.filter(|pattern| names_script(pattern)) {
        found.schema_data.extensions.insert("x-re2-pattern".to_owned(), pattern.into());
    }
    found
}

/// Classes such as `\pL` are spelt differently in ECMA 262, which patterns of JSON Schema are written in.
fn names_script(pattern: &str) -> bool {
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        if c == '\\' && rest.next().is_some_and(|next| matches!(next, 'p' | 'P')) {
            return true;
        }
    }
    false
}

/// The bounds of numbers that stand in texts, which JSON Schema cannot compare.
fn ranged(mut schema: Schema, range: &Range) -> Schema {
    let bounds = [("x-minimum", &range.min), ("x-maximum", &range.max)];
    for (name, bound) in bounds {
        if let Some(bound) = bound {
            let name = if name == "x-maximum" && range.exclusive_max { "x-exclusive-maximum" } else { name };
            schema.schema_data.extensions.insert(name.to_owned(), bound.as_str().into());
        }
    }
    schema
}

fn sign(range: &Range) -> &'static str {
    match range.min.as_deref() {
        Some(min) if !min.starts_with('-') => "",
        _ => "-?",
    }
}

fn decimal_pattern(precision: u8, scale: u8, range: &Range) -> String {
    let whole = match precision.saturating_sub(scale) {
        0 => "0".to_owned(),
        1 => "[0-9]".to_owned(),
        digits => format!("(0|[1-9][0-9]{{0,{}}})", digits - 1),
    };
    let fraction = if scale == 0 { String::new() } else { format!("(\\.[0-9]{{1,{scale}}})?") };
    format!("^{}{whole}{fraction}$", sign(range))
}

fn base64_length(bytes: usize) -> usize {
    bytes.div_ceil(3).saturating_mul(4)
}
