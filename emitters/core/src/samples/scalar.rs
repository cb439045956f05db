//! A value of each scalar, and what can be said of values in general.

use atlas9_ir::{Range, Scalar};
use serde_json::Value as Json;

use super::pattern;

/// A value of the scalar, where one can be made up.
pub fn sample(scalar: &Scalar) -> Option<Json> {
    Some(match scalar {
        Scalar::Bool => true.into(),
        Scalar::Int32 { range } | Scalar::Int { range } => within(range)?.parse::<i64>().ok()?.into(),
        Scalar::Int64 { range } => within(range)?.into(),
        Scalar::Float64 { range } => within(range)?.parse::<f64>().ok()?.into(),
        Scalar::Decimal { precision, scale, range } if precision == scale && range.is_open() => "0".into(),
        Scalar::Decimal { range, .. } => within(range)?.into(),
        Scalar::String { length, pattern: None } => {
            // Long enough, and no longer than allowed.
            "string".chars().cycle().take(size(length, 6)).collect::<String>().into()
        }
        Scalar::String { length, pattern: Some(pattern) } => {
            let made = pattern::matching(pattern)?;
            let fits = size(length, made.chars().count()) == made.chars().count();
            return fits.then(|| made.into());
        }
        Scalar::Bytes { length } => base64(size(length, 6))?.into(),
        Scalar::Uuid => "0192f0c1-2b7e-7c3a-9f44-5d3e8a1b6c20".into(),
        Scalar::Date => "2026-11-01".into(),
        Scalar::Timestamp => "2026-11-01T09:00:00Z".into(),
        Scalar::Duration => "PT1H30M".into(),
        Scalar::Json => Json::Object(Default::default()),
    })
}

/// A number that the range allows.
fn within(range: &Range) -> Option<String> {
    match (&range.min, &range.max) {
        (Some(min), _) => Some(min.clone()),
        (None, Some(max)) => (!range.exclusive_max).then(|| max.clone()),
        (None, None) => Some("1".to_owned()),
    }
}

/// The length that is nearest to the wanted one.
fn size(length: &Range, wanted: usize) -> usize {
    let least = count(&length.min).unwrap_or(0);
    let most = count(&length.max).unwrap_or(usize::MAX);
    wanted.max(least).min(most)
}

/// So many bytes in base64 (RFC 4648, section 4): the word `atlas9`, again and again. Nothing where they would fill a page.
fn base64(bytes: usize) -> Option<String> {
    const MOST: usize = 300;
    let whole = "YXRsYXM5".repeat(bytes / 6);
    let rest = ["", "YQ==", "YXQ=", "YXRs", "YXRsYQ==", "YXRsYXM="].get(bytes % 6)?;
    (bytes <= MOST).then(|| whole + rest)
}

/// True when values have an order that filters can use.
pub(crate) fn ordered(scalar: &Scalar) -> bool {
    match scalar {
        Scalar::Bool | Scalar::Bytes { .. } | Scalar::Uuid | Scalar::Duration | Scalar::Json => false,
        Scalar::Int32 { .. }
        | Scalar::Int { .. }
        | Scalar::Int64 { .. }
        | Scalar::Float64 { .. }
        | Scalar::Decimal { .. }
        | Scalar::String { .. }
        | Scalar::Date
        | Scalar::Timestamp => true,
    }
}

/// A bound of something that is counted.
pub fn count(bound: &Option<String>) -> Option<usize> {
    bound.as_deref().and_then(|text| text.parse().ok())
}
