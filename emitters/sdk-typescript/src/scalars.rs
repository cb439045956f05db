//! The scalars in TypeScript. A new scalar of the language is taught here.

use atlas9_ir::{Range, Scalar};

use crate::text::code;

/// The type of a scalar.
pub(crate) fn type_of(scalar: &Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "boolean",
        Scalar::Int32 { .. } | Scalar::Int { .. } | Scalar::Float64 { .. } => "number",
        Scalar::Int64 { .. } => "bigint",
        // A number would round a decimal, and a Date would cut the microseconds of a timestamp.
        Scalar::Decimal { .. }
        | Scalar::String { .. }
        | Scalar::Uuid
        | Scalar::Date
        | Scalar::Timestamp
        | Scalar::Duration => "string",
        Scalar::Bytes { .. } => "Uint8Array",
        Scalar::Json => "JsonValue",
    }
}

/// The shape of a scalar that is more than JSON says.
pub(crate) fn shape_of(scalar: &Scalar) -> Option<&'static str> {
    match scalar {
        Scalar::Int64 { .. } => Some("\"int64\""),
        Scalar::Bytes { .. } => Some("\"bytes\""),
        _ => None,
    }
}

/// True when values have an order that a filter can use.
pub(crate) fn ordered(scalar: &Scalar) -> bool {
    match scalar {
        Scalar::Int32 { .. }
        | Scalar::Int { .. }
        | Scalar::Int64 { .. }
        | Scalar::Float64 { .. }
        | Scalar::Decimal { .. }
        | Scalar::Date
        | Scalar::Timestamp => true,
        Scalar::Bool
        | Scalar::String { .. }
        | Scalar::Uuid
        | Scalar::Bytes { .. }
        | Scalar::Duration
        | Scalar::Json => false,
    }
}

/// What a value looks like, as sentences; empty where the type says it all.
pub(crate) fn describe(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Bool | Scalar::Json => String::new(),
        Scalar::Int32 { range } | Scalar::Int { range } | Scalar::Int64 { range } => bounds(range, ""),
        Scalar::Float64 { range } => bounds(range, ""),
        Scalar::Decimal { precision, scale, range } => {
            let digits =
                format!("A decimal with up to {precision} digits, {scale} of them behind the point.");
            join(digits, bounds(range, ""))
        }
        Scalar::String { length, pattern } => {
            let matches = pattern.as_ref().map(|pattern| format!("Matches {}.", code(pattern)));
            join(bounds(length, " characters"), matches.unwrap_or_default())
        }
        Scalar::Bytes { length } => bounds(length, " bytes"),
        Scalar::Uuid => "A UUID.".to_owned(),
        Scalar::Date => "A day, `YYYY-MM-DD`.".to_owned(),
        Scalar::Timestamp => "An instant in UTC, RFC 3339 with up to six digits of a second.".to_owned(),
        Scalar::Duration => "A span of time, ISO 8601.".to_owned(),
    }
}

/// `1 to 120 characters.`
pub(crate) fn bounds(range: &Range, unit: &str) -> String {
    // `1 item`, not `1 items`.
    let last = range.max.as_deref().or(range.min.as_deref());
    let unit = if last == Some("1") { unit.trim_end_matches('s') } else { unit };
    let below = if range.exclusive_max { "less than" } else { "at most" };
    match (&range.min, &range.max) {
        (None, None) => String::new(),
        (Some(min), None) => format!("At least {min}{unit}."),
        (None, Some(max)) => format!("{}{}{unit}.", capital(below), format_args!(" {max}")),
        (Some(min), Some(max)) if min == max => format!("Exactly {min}{unit}."),
        (Some(min), Some(max)) if range.exclusive_max => format!("At least {min} and less than {max}{unit}."),
        (Some(min), Some(max)) => format!("{min} to {max}{unit}."),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn join(first: String, second: String) -> String {
    format!("{first} {second}").trim().to_owned()
}
