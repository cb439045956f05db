//! The scalars in words. A new scalar of the language is taught here.

use atlas9_ir::{Range, Scalar};

/// What a value is: `text, 1 to 200 characters`.
pub(crate) fn words(scalar: &Scalar) -> String {
    let (what, limits) = match scalar {
        Scalar::Bool => ("true or false", String::new()),
        Scalar::Int32 { range } => ("whole number of 32 bits", bounds(range, "")),
        Scalar::Int { range } => ("whole number", bounds(range, "")),
        Scalar::Int64 { range } => ("whole number of 64 bits, as text", bounds(range, "")),
        Scalar::Float64 { range } => ("number", bounds(range, "")),
        Scalar::Decimal { precision, scale, range } => {
            let digits = format!("up to {precision} digits, {scale} of them behind the point");
            ("decimal, as text", both(digits, bounds(range, "")))
        }
        Scalar::String { length, .. } => ("text", bounds(length, " characters")),
        Scalar::Bytes { length } => ("bytes in base64", bounds(length, " bytes")),
        Scalar::Uuid => ("UUID", String::new()),
        Scalar::Date => ("day, such as 2027-06-01", String::new()),
        Scalar::Timestamp => ("time in UTC (RFC 3339)", String::new()),
        Scalar::Duration => ("span of time (ISO 8601)", String::new()),
        Scalar::Json => ("any JSON value", String::new()),
    };
    both(what.to_owned(), limits)
}

/// The pattern that a text matches.
pub(crate) fn pattern(scalar: &Scalar) -> Option<&str> {
    match scalar {
        Scalar::String { pattern, .. } => pattern.as_deref(),
        _ => None,
    }
}

/// `1 to 120 characters`; empty where there is no bound.
pub(crate) fn bounds(range: &Range, unit: &str) -> String {
    // `1 item`, not `1 items`.
    let last = range.max.as_deref().or(range.min.as_deref());
    let unit = if last == Some("1") { unit.trim_end_matches('s') } else { unit };
    let below = if range.exclusive_max { "less than" } else { "at most" };
    match (&range.min, &range.max) {
        (None, None) => String::new(),
        (Some(min), None) => format!("at least {min}{unit}"),
        (None, Some(max)) => format!("{below} {max}{unit}"),
        (Some(min), Some(max)) if min == max => format!("exactly {min}{unit}"),
        (Some(min), Some(max)) if range.exclusive_max => format!("at least {min} and less than {max}{unit}"),
        (Some(min), Some(max)) => format!("{min} to {max}{unit}"),
    }
}

fn both(first: String, second: String) -> String {
    if second.is_empty() { first } else { format!("{first}, {second}") }
}
