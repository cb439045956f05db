//! Operations: what clients can do with a resource.

use atlas9_diagnostics::Span;
use serde::{Deserialize, Serialize};

use crate::{Deprecation, Docs, ErrorId, Field, FieldPath, Type, Value};

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// `list`, `get`, ... or the action's name.
    pub name: String,
    /// Documentation.
    pub docs: Docs,
    /// Where its verb or name stands.
    pub span: Span,
    /// From its verb to the end of its last clause or annotation.
    #[serde(default)]
    pub extent: Span,
    /// The method.
    pub method: HttpMethod,
    /// The path without the service's base path: `/books/{id}/publish`. Placeholders are `id` for the own key and the
    /// names of the parents' key fields (`book_id`).
    pub path: String,
    /// What it does.
    pub kind: OperationKind,
    /// True when a client's `Idempotency-Key` is honoured.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub idempotent: bool,
    /// True when nobody needs to say who they are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub public: bool,
    /// Scopes that a caller needs, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<String>,
    /// Every error that it can answer, declared and obvious, sorted by status and code.
    pub errors: Vec<ErrorId>,
    /// Those of them that its own clauses name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raises: Vec<ErrorId>,
    /// Set when it is on its way out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecation>,
}

/// The HTTP methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "RFC 9110 and RFC 5789 say it")]
pub enum HttpMethod {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl HttpMethod {
    /// The method on the wire.
    pub fn word(self) -> &'static str {
        match self {
            HttpMethod::Get => "GET",
            HttpMethod::Post => "POST",
            HttpMethod::Put => "PUT",
            HttpMethod::Patch => "PATCH",
            HttpMethod::Delete => "DELETE",
        }
    }
}

/// What an operation does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// Reads many, page by page.
    List(List),
    /// Reads one.
    Get,
    /// Makes one.
    Create,
    /// Changes some fields.
    Update,
    /// Changes all fields.
    Replace,
    /// Removes one.
    Delete(Delete),
    /// Takes back a soft delete.
    Undelete,
    /// Does something with one.
    Action(Action),
}

/// What a list offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// Fields that can be filtered by.
    pub filter: Vec<FieldPath>,
    /// Fields that can be sorted by.
    pub sort: Vec<FieldPath>,
    /// Text fields that `q` searches.
    pub search: Vec<FieldPath>,
    /// References that can be embedded.
    pub expand: Vec<FieldPath>,
    /// How it is paged.
    pub paginate: Pagination,
    /// Where each field of `filter` stands, in that order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filter_spans: Vec<Span>,
    /// Where each field of `sort` stands, in that order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort_spans: Vec<Span>,
}

/// How a list is paged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pagination {
    /// The style.
    pub style: PaginationStyle,
    /// Items on a page when the client does not say.
    pub default: u32,
    /// The most items on a page.
    pub max: u32,
    /// True when the numbers stand in the schema, false when they are atlas9's own.
    pub declared: bool,
}

/// The styles of paging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaginationStyle {
    /// By an opaque cursor.
    Cursor,
    /// By a page's number.
    Page,
}

/// A delete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delete {
    /// For a soft delete, how many days the row is kept.
    pub soft_keep_days: Option<u32>,
}

/// Something that is done with one resource.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// The body's fields.
    pub params: Vec<Field>,
    /// What it answers; nothing for 204. The resource itself is a [`crate::TypeKind::Ref`] to it, answered whole.
    pub returns: Option<Type>,
    /// Guarded transitions.
    pub moves: Vec<Transition>,
    /// Assignments.
    pub sets: Vec<SetField>,
}

impl Action {
    /// True when what it does is Rust: nothing is declared that the server could do itself.
    pub fn needs_code(&self) -> bool {
        self.moves.is_empty() && self.sets.is_empty()
    }
}

/// `moves status draft -> published else AlreadyPublished(...)`: atomic in the database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transition {
    /// The field.
    pub field: FieldPath,
    /// The values it may have before.
    pub from: Vec<String>,
    /// The value it has after.
    pub to: String,
    /// What is raised otherwise; the standard conflict where none is declared.
    pub otherwise: Raised,
    /// Where it stands.
    pub span: Span,
}

/// An error with the values of its fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Raised {
    /// The error.
    pub error: ErrorId,
    /// Its fields, in the error's order.
    pub arguments: Vec<RaiseArgument>,
}

/// The value of one field of an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RaiseArgument {
    /// The error's field.
    pub name: String,
    /// Its value.
    pub value: Assigned,
}

/// `sets published_at: now`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetField {
    /// The field.
    pub field: FieldPath,
    /// Its new value.
    pub value: Assigned,
    /// Where it stands.
    pub span: Span,
}

/// Where an assigned value comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assigned {
    /// A literal, or the current time.
    Value(Value),
    /// A parameter of the action.
    Param(String),
    /// A field of the resource, as it was before.
    Field(FieldPath),
    /// The caller's id.
    Principal,
}
