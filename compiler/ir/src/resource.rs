//! Resources: what is stored and offered.

use atlas9_diagnostics::Span;
use serde::{Deserialize, Serialize};

use crate::{
    Applied, Deprecation, Docs, Expr, Field, FieldPath, History, Id, Managed, Operation, OperationKind,
    Reserved, TargetNames, Value,
};

/// A resource.
pub type ResourceId = Id<Resource>;

/// A resource.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resource {
    /// Its name, `Book`.
    pub name: String,
    /// Its name in snake_case, `book`.
    pub snake: String,
    /// Its plural in snake_case, `books`: the path segment and the table. For a singleton its name in snake_case.
    pub plural: String,
    /// Documentation.
    pub docs: Docs,
    /// Where its name stands.
    pub span: Span,
    /// True for `singleton`: there is just one, or one for each parent, and it has no key of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub singleton: bool,
    /// The resource that it lives in.
    pub parent: Option<ResourceId>,
    /// The path of all of them, without the service's base path: `/books/{book_id}/reviews`.
    pub path: String,
    /// Fields in the order of responses: key, parent's key, own fields, those of mixins, `deleted_at`.
    pub fields: Vec<Field>,
    /// What it offers, in the language's order of verbs, then actions as declared.
    pub operations: Vec<Operation>,
    /// Conditions that every row meets.
    pub rules: Vec<Rule>,
    /// Declared indexes.
    pub indexes: Vec<Index>,
    /// Example values.
    pub examples: Vec<Example>,
    /// Set when it is on its way out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecation>,
    /// Set when every change of a row is kept with who made it and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audited: Option<Audited>,
    /// True for `@events`: every change of a row is an event in the service's outbox.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub events: bool,
    /// When it came, and what it was called before.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History,
    /// What clients in one language call it, where its author says so.
    #[serde(default, skip_serializing_if = "TargetNames::is_empty")]
    pub names: TargetNames,
    /// Declared annotations on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Applied>,
    /// Names of fields that are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<Reserved>,
    /// Names of operations that are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserved_operations: Vec<Reserved>,
}

impl Resource {
    /// The field that identifies it; a singleton has none.
    pub fn key(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.key)
    }

    /// The field that says whose each row is; nothing where all callers share the rows.
    pub fn tenant(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.managed == Some(Managed::Tenant))
    }

    /// True when a delete keeps the row for a while.
    pub fn soft_delete(&self) -> bool {
        self.operations
            .iter()
            .any(|operation| matches!(&operation.kind, OperationKind::Delete(delete) if delete.soft_keep_days.is_some()))
    }
}

/// `@audited` or `@audited(keep: 365d)`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Audited {
    /// For how many days changes are kept; for ever without.
    pub keep_days: Option<u32>,
    /// Where it stands.
    pub span: Span,
}

/// A condition with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rule {
    /// Its name, and the code of the failure.
    pub name: String,
    /// What whoever breaks it is told.
    pub text: String,
    /// What must hold.
    pub condition: Expr,
    /// Where its name stands.
    pub span: Span,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Index {
    /// The fields, the first one leading.
    pub fields: Vec<FieldPath>,
    /// True when no two rows share the values.
    pub unique: bool,
    /// Where it stands.
    pub span: Span,
}

/// An example value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Example {
    /// Its name.
    pub name: String,
    /// Documentation.
    pub docs: Docs,
    /// The fields that it gives.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}
