//! Types: scalars with their bounds, lists, maps, references and declared types.

use atlas9_diagnostics::Span;
use serde::{Deserialize, Serialize};

use crate::{
    Applied, Deprecation, Docs, Example, Field, History, Id, Reserved, ResourceId, Rule, TargetNames,
};

/// A declared type.
pub type TypeId = Id<TypeDecl>;

/// A type in use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Type {
    /// What it is.
    #[serde(flatten)]
    pub kind: TypeKind,
    /// True for `T?`: the value may be null, which is the same as absent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

/// The kinds of type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TypeKind {
    /// A single value.
    Scalar(Scalar),
    /// `[T]`
    List {
        /// The type of an item.
        item: Box<Type>,
        /// How many items, counted.
        #[serde(default, skip_serializing_if = "Range::is_open")]
        length: Range,
    },
    /// `{string: T}`
    Map {
        /// The type of a value.
        value: Box<Type>,
        /// How many entries, counted.
        #[serde(default, skip_serializing_if = "Range::is_open")]
        length: Range,
    },
    /// A declared type.
    Named(TypeId),
    /// `ref R`: the key of a resource, and a promise that it exists.
    Ref(ResourceId),
}

/// The scalars. A new one is a new variant here and one arm in each emitter's `scalars.rs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scalar {
    /// `true` or `false`.
    Bool,
    /// 32 bits; a JSON number.
    Int32 {
        /// Allowed values.
        #[serde(default, skip_serializing_if = "Range::is_open")]
        range: Range,
    },
    /// 53 bits and a sign, so that it is a JSON number everywhere.
    Int {
        /// Allowed values.
        #[serde(default, skip_serializing_if = "Range::is_open")]
        range: Range,
    },
    /// 64 bits; a JSON string, so that no client rounds it.
    Int64 {
        /// Allowed values.
        #[serde(default, skip_serializing_if = "Range::is_open")]
        range: Range,
    },
    /// IEEE 754 binary64 without NaN and infinities; a JSON number.
    Float64 {
        /// Allowed values.
        #[serde(default, skip_serializing_if = "Range::is_open")]
        range: Range,
    },
    /// An exact decimal; a JSON string without an exponent.
    Decimal {
        /// Digits in all, 1 to 28.
        precision: u8,
        /// Digits after the point, at most `precision`.
        scale: u8,
        /// Allowed values.
        #[serde(default, skip_serializing_if = "Range::is_open")]
        range: Range,
    },
    /// Text.
    String {
        /// Length in characters (Unicode scalar values).
        #[serde(default, skip_serializing_if = "Range::is_open")]
        length: Range,
        /// A regular expression in the RE2 subset that all targets share; matches anywhere unless it is anchored.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
    },
    /// Bytes; base64 (RFC 4648, section 4) in JSON.
    Bytes {
        /// Length in bytes.
        #[serde(default, skip_serializing_if = "Range::is_open")]
        length: Range,
    },
    /// RFC 9562, lower case in JSON.
    Uuid,
    /// A calendar day, `2027-06-01`.
    Date,
    /// An instant in UTC with microseconds; RFC 3339 with `Z` in JSON.
    Timestamp,
    /// A span of time; ISO 8601 (`PT1H30M`) in JSON.
    Duration,
    /// Any JSON value.
    Json,
}

impl Scalar {
    /// The word of the language.
    pub fn word(&self) -> &'static str {
        match self {
            Scalar::Bool => "bool",
            Scalar::Int32 { .. } => "int32",
            Scalar::Int { .. } => "int",
            Scalar::Int64 { .. } => "int64",
            Scalar::Float64 { .. } => "float64",
            Scalar::Decimal { .. } => "decimal",
            Scalar::String { .. } => "string",
            Scalar::Bytes { .. } => "bytes",
            Scalar::Uuid => "uuid",
            Scalar::Date => "date",
            Scalar::Timestamp => "timestamp",
            Scalar::Duration => "duration",
            Scalar::Json => "json",
        }
    }
}

/// Bounds as decimal text (`-50`, `0.01`), so that none is rounded. Both are inclusive once the analyser has seen them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Range {
    /// The least value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// The greatest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// True when `max` itself is not allowed; only for decimals and floats.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exclusive_max: bool,
}

impl Range {
    /// True when there is no bound.
    pub fn is_open(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }
}

/// A structure, a union, an enum or a refined scalar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TypeDecl {
    /// Its name.
    pub name: String,
    /// The namespace that declares it.
    pub namespace: String,
    /// Documentation.
    pub docs: Docs,
    /// Where its name stands.
    pub span: Span,
    /// Set when it is on its way out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecation>,
    /// When it came, and what it was called before.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History,
    /// What clients in one language call it, where its author says so.
    #[serde(default, skip_serializing_if = "TargetNames::is_empty")]
    pub names: TargetNames,
    /// Declared annotations on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Applied>,
    /// Names of fields, values or variants that are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<Reserved>,
    /// What it is.
    pub kind: TypeDeclKind,
}

/// What a declared type is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TypeDeclKind {
    /// Named fields.
    Structure {
        /// The fields, those of mixins first.
        fields: Vec<Field>,
        /// Conditions over them.
        rules: Vec<Rule>,
        /// Example values.
        examples: Vec<Example>,
    },
    /// Named values; a closed one never gains any.
    Enum {
        /// True for `closed enum`.
        closed: bool,
        /// The values.
        values: Vec<EnumValue>,
    },
    /// One of several structures; a member of the object tells which.
    Union {
        /// True for `closed union`: it never gains a variant.
        closed: bool,
        /// The name of the member, as declared.
        discriminator: String,
        /// The member on the wire, in the service's wire case.
        discriminator_wire: String,
        /// Where the member is named.
        discriminator_span: Span,
        /// The variants.
        variants: Vec<Variant>,
    },
    /// Another name for a type, usually with bounds.
    Alias(Type),
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnumValue {
    /// Its name, and what stands on the wire.
    pub name: String,
    /// What it means.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
    /// Set when it is on its way out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecation>,
    /// When it came, and what it was called before.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History,
    /// What clients in one language call it, where its author says so.
    #[serde(default, skip_serializing_if = "TargetNames::is_empty")]
    pub names: TargetNames,
    /// Declared annotations on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Applied>,
}

/// A variant of a union. On the wire it is the structure's object with the discriminator before its fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Variant {
    /// Its name, and the discriminator's value.
    pub name: String,
    /// What it means.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
    /// The structure.
    pub structure: TypeId,
    /// Set when it is on its way out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecation>,
    /// When it came, and what it was called before.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History,
    /// What clients in one language call it, where its author says so.
    #[serde(default, skip_serializing_if = "TargetNames::is_empty")]
    pub names: TargetNames,
    /// Declared annotations on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Applied>,
}
