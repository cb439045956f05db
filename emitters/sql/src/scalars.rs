//! How each scalar is stored, and which of its bounds a CHECK holds.
//!
//! | scalar | SQLite (`STRICT`) | PostgreSQL |
//! |---|---|---|
//! | `bool` | `INTEGER`, 0 or 1 | `boolean` |
//! | `int32` | `INTEGER` | `integer` |
//! | `int`, `int64` | `INTEGER` | `bigint` |
//! | `float64` | `REAL` | `double precision` |
//! | `decimal(p, s)` | `INTEGER`, in units of `10^-s` | `numeric(p, s)` |
//! | `string`, `duration` | `TEXT` | `text` |
//! | `bytes` | `BLOB` | `bytea` |
//! | `uuid` | `TEXT`, lower case | `uuid` |
//! | `date` | `TEXT`, `2027-06-01` | `date` |
//! | `timestamp` | `TEXT`, `2027-06-01T09:00:00.000000Z` | `timestamptz` |
//! | `json`, lists, maps, unions, structures that cannot be flat | `TEXT` | `jsonb` |
//! | enums | `TEXT` | `text` |

use atlas9_ir::{Range, Scalar};

use crate::dialect::Dialect;
use crate::number::{literal, power_of_ten, scaled, within};
use crate::pattern;

/// The most digits of which every number fits SQLite's 64-bit integers.
pub(crate) const SQLITE_DIGITS: u8 = 18;

/// The column's type.
pub(crate) fn column_type(dialect: Dialect, scalar: &Scalar) -> String {
    match (dialect, scalar) {
        (Dialect::Sqlite, scalar) => sqlite_type(scalar).to_owned(),
        (Dialect::Postgres, Scalar::Decimal { precision, scale, .. }) => {
            format!("numeric({precision}, {scale})")
        }
        (Dialect::Postgres, scalar) => postgres_type(scalar).to_owned(),
    }
}

fn sqlite_type(scalar: &Scalar) -> &'static str {
    match scalar {
        Scalar::Bool
        | Scalar::Int32 { .. }
        | Scalar::Int { .. }
        | Scalar::Int64 { .. }
        | Scalar::Decimal { .. } => "INTEGER",
        Scalar::Float64 { .. } => "REAL",
        Scalar::Bytes { .. } => "BLOB",
        Scalar::String { .. }
        | Scalar::Uuid
        | Scalar::Date
        | Scalar::Timestamp
        | Scalar::Duration
        | Scalar::Json => "TEXT",
    }
}

fn postgres_type(scalar: &Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "boolean",
        Scalar::Int32 { .. } => "integer",
        Scalar::Int { .. } | Scalar::Int64 { .. } => "bigint",
        Scalar::Float64 { .. } => "double precision",
        Scalar::Decimal { .. } => "numeric",
        Scalar::String { .. } | Scalar::Duration => "text",
        Scalar::Bytes { .. } => "bytea",
        Scalar::Uuid => "uuid",
        Scalar::Date => "date",
        Scalar::Timestamp => "timestamptz",
        Scalar::Json => "jsonb",
    }
}

/// The conditions that a value `x` of the scalar meets. SQLite's stand in for what PostgreSQL's types refuse by themselves.
pub(crate) fn conditions(dialect: Dialect, scalar: &Scalar, x: &str) -> Vec<String> {
    let sqlite = dialect == Dialect::Sqlite;
    let found = match scalar {
        Scalar::Bool => sqlite.then(|| format!("{x} IN (0, 1)")),
        Scalar::Int32 { range } if sqlite => {
            let (low, high) = (i32::MIN.to_string(), i32::MAX.to_string());
            within(
                x,
                Some(range.min.as_deref().unwrap_or(&low)),
                Some(range.max.as_deref().unwrap_or(&high)),
                false,
            )
        }
        Scalar::Decimal { precision, scale, range } if sqlite => units(*precision, *scale, range, x),
        Scalar::Int32 { range }
        | Scalar::Int { range }
        | Scalar::Int64 { range }
        | Scalar::Float64 { range }
        | Scalar::Decimal { range, .. } => bounds(dialect, range, x),
        Scalar::String { length, pattern } => return text(dialect, length, pattern.as_deref(), x),
        Scalar::Bytes { length } => {
            let counted = if sqlite { "length" } else { "octet_length" };
            bounds(dialect, length, &format!("{counted}({x})"))
        }
        Scalar::Json => sqlite.then(|| format!("json_valid({x})")),
        Scalar::Uuid | Scalar::Date | Scalar::Timestamp | Scalar::Duration => None,
    };
    found.into_iter().collect()
}

/// A list, a map or a structure in JSON: its form, and for a list how many items it has.
pub(crate) fn json_conditions(dialect: Dialect, items: Option<&Range>, x: &str) -> Vec<String> {
    let (kind, count) = match dialect {
        Dialect::Sqlite => ("json_type", "json_array_length"),
        Dialect::Postgres => ("jsonb_typeof", "jsonb_array_length"),
    };
    match items {
        None => vec![format!("{kind}({x}) = 'object'")],
        Some(length) => {
            let counted = bounds(dialect, length, &format!("{count}({x})"));
            std::iter::once(format!("{kind}({x}) = 'array'")).chain(counted).collect()
        }
    }
}

/// A union: its discriminator is a known variant, of an open one too, because the server stores no other. Never null, which
/// a CHECK would let pass.
pub(crate) fn variant_condition(dialect: Dialect, member: &str, variants: &[&str], x: &str) -> String {
    let words: Vec<String> = variants.iter().filter_map(|word| dialect.text(word)).collect();
    let told = match dialect {
        Dialect::Sqlite => {
            dialect.text(&format!("$.{member}")).map(|path| format!("json_extract({x}, {path})"))
        }
        Dialect::Postgres => dialect.text(member).map(|member| format!("{x} ->> {member}")),
    };
    format!("({} IN ({})) IS TRUE", told.unwrap_or_default(), words.join(", "))
}

fn bounds(dialect: Dialect, range: &Range, x: &str) -> Option<String> {
    let number = |bound: &Option<String>| bound.as_deref().map(|text| literal(dialect, text));
    within(x, number(&range.min).as_deref(), number(&range.max).as_deref(), range.exclusive_max)
}

fn units(precision: u8, scale: u8, range: &Range, x: &str) -> Option<String> {
    let scale = u32::from(scale);
    let most = power_of_ten(u32::from(precision))? - 1;
    let low = range.min.as_deref().and_then(|min| scaled(min, scale)).map(|min| min.ceiling());
    let high = range.max.as_deref().and_then(|max| scaled(max, scale)).map(|max| match range.exclusive_max {
        true => max.ceiling() - 1,
        false => max.floor,
    });
    let (low, high) = (low.unwrap_or(-most).max(-most), high.unwrap_or(most).min(most));
    within(x, Some(&low.to_string()), Some(&high.to_string()), false)
}

fn text(dialect: Dialect, length: &Range, pattern: Option<&str>, x: &str) -> Vec<String> {
    let counted = bounds(dialect, length, &format!("length({x})"));
    // SQLite has no regular expressions of its own.
    let posix = pattern.filter(|_| dialect == Dialect::Postgres).and_then(pattern::posix);
    let matched = posix.and_then(|pattern| dialect.text(&pattern)).map(|pattern| format!("{x} ~ {pattern}"));
    counted.into_iter().chain(matched).collect()
}
