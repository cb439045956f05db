//! Operations: what clients can do with a resource.

use atlas9_diagnostics::Span;
use serde::{Deserialize, Serialize};

use crate::{Applied, Deprecation, Docs, ErrorId, Field, FieldPath, History, TargetNames, Type, Value};

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The path without the service's base path: `/books/{id}/publish`. Placeholders are keys by their names on the wire, the
    /// parents' first (`book_id`, then `id`), and parameters by their declared names.
    pub path: String,
    /// What it does.
    pub kind: OperationKind,
    /// True when a client's `Idempotency-Key` is honoured.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub idempotent: bool,
    /// True when a request must name the state that it changes with `If-Match`; without it the answer is 428.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub conditional: bool,
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
    /// References that `expand` embeds in what a list or a get answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expand: Vec<Expand>,
    /// True when `?fields=` chooses what a list or a get answers of each: some of the fields of its resource.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fields: bool,
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

/// A reference that can be embedded: `expand(author)` of `author_id: ref Author`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Expand {
    /// Its name as declared: the field's without `_id`; `authors` for `author_ids`.
    pub name: String,
    /// The name in `?expand=` and of the embedded member, in the service's wire case.
    pub wire: String,
    /// The field that holds the key, or the list of keys.
    pub field: String,
    /// Where it stands.
    pub span: Span,
}

/// The HTTP methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Makes several, all or none: `create batch`.
    BatchCreate(Batch),
    /// Removes several, all or none: `delete batch`.
    BatchDelete(Batch),
    /// Does what the schema or Rust says.
    Action(Action),
}

impl OperationKind {
    /// What a batch takes; nothing for what is no batch.
    pub fn batch(&self) -> Option<&Batch> {
        match self {
            OperationKind::BatchCreate(batch) | OperationKind::BatchDelete(batch) => Some(batch),
            _ => None,
        }
    }
}

/// Something that is done with several items of one request, in one transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Batch {
    /// The most items of a request; at least one is always needed.
    pub max: u32,
    /// True when each item must name the state that it changes, because the single operation is conditional.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub conditional: bool,
}

/// What a list offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct List {
    /// Fields that can be filtered by.
    pub filter: Vec<FieldPath>,
    /// Fields that can be sorted by.
    pub sort: Vec<FieldPath>,
    /// Text fields that `q` searches.
    pub search: Vec<FieldPath>,
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaginationStyle {
    /// By an opaque cursor.
    Cursor,
    /// By a page's number.
    Page,
}

/// A delete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Delete {
    /// For a soft delete, how many days the row is kept.
    pub soft_keep_days: Option<u32>,
    /// True when `?force=true` also deletes what would keep the row from going.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub force: bool,
}

/// Something that is done with one resource, with all of them, or with none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Action {
    /// What it acts on.
    pub target: ActionTarget,
    /// What it is given.
    pub params: Vec<Param>,
    /// What it answers; nothing for 204. A reference, alone or as the item of a list, is the resource whole. A list
    /// is answered as `{"items": [...]}`.
    pub returns: Option<Type>,
    /// Guarded transitions.
    pub moves: Vec<Transition>,
    /// Assignments.
    pub sets: Vec<SetField>,
}

/// What an action acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActionTarget {
    /// `action`: one resource, or a singleton.
    Item,
    /// `collection action`: all of them.
    Collection,
    /// `query`: reads what no filter expresses.
    Query,
    /// `operation` of the service: no resource.
    Service,
}

/// A parameter and where a request carries it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Param {
    /// Its name, type and meaning.
    pub field: Field,
    /// Where a request carries it.
    #[serde(default, skip_serializing_if = "ParamPlace::is_body")]
    pub place: ParamPlace,
}

/// Where a request carries a parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ParamPlace {
    /// In the body's object.
    #[default]
    Body,
    /// In the query string, under its name on the wire.
    Query,
    /// In the path, where its declared name stands in braces.
    Path,
    /// In a header of this name.
    Header(String),
}

impl ParamPlace {
    /// True for the body.
    pub fn is_body(&self) -> bool {
        *self == ParamPlace::Body
    }
}

impl Action {
    /// The fields of the body's object.
    pub fn body(&self) -> impl Iterator<Item = &Field> {
        self.params.iter().filter(|param| param.place.is_body()).map(|param| &param.field)
    }

    /// True when what it does is Rust: nothing is declared that the server could do itself.
    pub fn needs_code(&self) -> bool {
        self.moves.is_empty() && self.sets.is_empty()
    }
}

/// `moves status draft -> published else AlreadyPublished(...)`: atomic in the database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Raised {
    /// The error.
    pub error: ErrorId,
    /// Its fields, in the error's order.
    pub arguments: Vec<RaiseArgument>,
}

/// The value of one field of an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RaiseArgument {
    /// The error's field.
    pub name: String,
    /// Its value.
    pub value: Assigned,
}

/// `sets published_at: now`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
