//! Fields of resources, structures, errors and actions.

use atlas9_diagnostics::Span;
use serde::{Deserialize, Serialize};

use crate::{Applied, Docs, History, TargetNames, Type, Value};

/// A field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Field {
    /// Its name as declared, and the name of its column.
    pub name: String,
    /// Its name on the wire, in the service's wire case.
    pub wire: String,
    /// Documentation.
    pub docs: Docs,
    /// Where its name stands; for a field that the compiler adds, the declaration that it was added for.
    pub span: Span,
    /// Its type.
    pub ty: Type,
    /// What it is when a request leaves it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Who reads and writes it.
    #[serde(default)]
    pub visibility: Visibility,
    /// True for the field that identifies the resource.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub key: bool,
    /// True when no two rows share a value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// Set when the server, not the client or an action, gives the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managed: Option<Managed>,
    /// For a reference: what happens when the other end goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_delete: Option<OnDelete>,
    /// Set when values must not be logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<Sensitivity>,
    /// Scopes without which the field is neither shown nor taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<String>,
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
    /// True when the compiler added it: a parent's key, `deleted_at`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub implied: bool,
}

impl Field {
    /// True when responses carry it.
    pub fn readable(&self) -> bool {
        !matches!(self.visibility, Visibility::WriteOnly | Visibility::Internal)
    }

    /// True when the body of a create carries it.
    pub fn creatable(&self) -> bool {
        matches!(self.visibility, Visibility::ReadWrite | Visibility::Immutable | Visibility::WriteOnly)
    }

    /// True when the body of an update carries it.
    pub fn updatable(&self) -> bool {
        matches!(self.visibility, Visibility::ReadWrite | Visibility::WriteOnly)
    }

    /// True when a create without it is refused.
    pub fn required_in_create(&self) -> bool {
        self.creatable() && !self.ty.optional && self.default.is_none()
    }
}

/// Who reads and writes a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// In requests and responses.
    #[default]
    ReadWrite,
    /// Never in requests.
    ReadOnly,
    /// Never in responses.
    WriteOnly,
    /// In create, not in update.
    Immutable,
    /// Stored, never on the wire.
    Internal,
}

/// A value that the server gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Managed {
    /// A new UUIDv7 for each row.
    Key,
    /// The key of the parent, from the path.
    Parent,
    /// The tenant that the row belongs to: that of the caller who makes it.
    Tenant,
    /// The time of the create.
    CreatedAt,
    /// The time of the last change.
    UpdatedAt,
    /// The time of a soft delete; null while the row is there.
    DeletedAt,
}

/// What happens to a reference when the row it points to is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnDelete {
    /// The delete is refused.
    Restrict,
    /// The row goes too.
    Cascade,
    /// The reference becomes null.
    Clear,
}

/// How far a value may go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sensitivity {
    /// The class in `@sensitive(internal)`; nothing where none is given.
    pub class: Option<String>,
}

/// `@deprecated(since: "1.2.0", on: 2026-05-01, sunset: 2027-06-01, use: isbn, "reason")`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deprecation {
    /// The version that deprecated it.
    pub since: Option<String>,
    /// The day on which it was deprecated, or will be, `2026-05-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// The day after which it may go, `2027-06-01`.
    pub sunset: Option<String>,
    /// What to use instead.
    pub replacement: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Where the annotation stands.
    pub span: Span,
}

/// Names from a resource's field through structures: `price.amount`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct FieldPath(pub Vec<String>);

impl std::fmt::Display for FieldPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("."))
    }
}
