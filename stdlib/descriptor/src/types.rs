//! Types as the runtime checks, stores and writes them.

use crate::{Deprecation, Fields, Rule};

/// The type of a value that is there; whether it may be null stands in its [`Field`].
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// A single value.
    Scalar(Scalar),
    /// A structure with named fields.
    Structure(&'static Structure),
    /// One of several structures, told by the discriminator.
    Union(&'static Union),
    /// One of named values.
    Enum(&'static Enum),
    /// The key of another resource's row.
    Reference(&'static Reference),
    /// Items with a least and a greatest count; an item may be null where `optional`.
    List {
        /// The type of an item.
        item: &'static Type,
        /// True when an item may be null.
        optional: bool,
        /// The least number of items.
        min: u32,
        /// The greatest number of items.
        max: u32,
    },
    /// An object with any keys.
    Map {
        /// The type of a value.
        value: &'static Type,
        /// True when a value may be null.
        optional: bool,
        /// The least number of entries.
        min: u32,
        /// The greatest number of entries.
        max: u32,
    },
}

impl Type {
    /// Text of `min` to `max` characters.
    pub const fn string(min: u32, max: u32) -> Type {
        Type::Scalar(Scalar::String { min, max, pattern: None })
    }

    /// Text of `min` to `max` characters that a regular expression matches somewhere.
    pub const fn pattern(pattern: &'static str, min: u32, max: u32) -> Type {
        Type::Scalar(Scalar::String { min, max, pattern: Some(pattern) })
    }

    /// An exact decimal without bounds: digits in all, and digits after the point.
    pub const fn decimal(precision: u8, scale: u8) -> Type {
        Type::Scalar(Scalar::Decimal { precision, scale, min: None, max: None, exclusive_max: false })
    }
}

/// A scalar with its bounds, all inclusive. Without a bound the numbers are the limits of the type.
#[derive(Clone, Copy, Debug)]
pub enum Scalar {
    /// `true` or `false`.
    Bool,
    /// A JSON number of 32 bits.
    Int32 {
        /// The least value.
        min: i32,
        /// The greatest value.
        max: i32,
    },
    /// A JSON number of 53 bits and a sign.
    Int {
        /// The least value.
        min: i64,
        /// The greatest value.
        max: i64,
    },
    /// A JSON string with a number of 64 bits.
    Int64 {
        /// The least value.
        min: i64,
        /// The greatest value.
        max: i64,
    },
    /// A finite JSON number.
    Float64 {
        /// The least value.
        min: f64,
        /// The greatest value.
        max: f64,
        /// True when `max` itself is not allowed.
        exclusive_max: bool,
    },
    /// A JSON string with an exact decimal.
    Decimal {
        /// Digits in all, at most 28.
        precision: u8,
        /// Digits after the point.
        scale: u8,
        /// The least value, as decimal text.
        min: Option<&'static str>,
        /// The greatest value, as decimal text.
        max: Option<&'static str>,
        /// True when `max` itself is not allowed.
        exclusive_max: bool,
    },
    /// Text; lengths count characters (Unicode scalar values).
    String {
        /// The least length.
        min: u32,
        /// The greatest length.
        max: u32,
        /// A regular expression that must match somewhere.
        pattern: Option<&'static str>,
    },
    /// Bytes, base64 in JSON; lengths count bytes.
    Bytes {
        /// The least length.
        min: u32,
        /// The greatest length.
        max: u32,
    },
    /// A UUID (RFC 9562).
    Uuid,
    /// A day.
    Date,
    /// An instant, UTC, microseconds.
    Timestamp,
    /// An ISO 8601 duration.
    Duration,
    /// Any JSON.
    Json,
}

/// A structure.
#[derive(Debug)]
pub struct Structure {
    /// Its declared name.
    pub name: &'static str,
    /// Its fields, in order.
    pub fields: Fields,
    /// Conditions over them.
    pub rules: &'static [Rule],
}

/// A union. On the wire a value is the object of its structure with one more member, the discriminator, which holds the
/// variant's name.
#[derive(Debug)]
pub struct Union {
    /// Its declared name.
    pub name: &'static str,
    /// The declared name of the discriminator, which stands in JSON columns.
    pub discriminator: &'static str,
    /// The discriminator on the wire.
    pub wire: &'static str,
    /// The variants, in order.
    pub variants: &'static [Variant],
}

/// A variant of a union.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// Its name, and the discriminator's value.
    pub name: &'static str,
    /// Its fields.
    pub structure: &'static Structure,
}

/// An enum.
#[derive(Debug)]
pub struct Enum {
    /// Its declared name.
    pub name: &'static str,
    /// Its values.
    pub values: &'static [&'static str],
    /// Values that are on their way out.
    pub deprecated: &'static [(&'static str, Deprecation)],
}

/// What a reference points to.
#[derive(Debug)]
pub struct Reference {
    /// The declared name of the resource.
    pub resource: &'static str,
    /// The type of its key.
    pub key: Type,
    /// What happens to the row that holds the reference when the other row goes.
    pub on_delete: OnDelete,
}

/// What happens to a reference when the row that it points to is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDelete {
    /// The delete is refused.
    Restrict,
    /// The row that refers goes too.
    Cascade,
    /// The reference becomes null.
    Clear,
}
