//! Operations and their clauses.

use atlas9_diagnostics::Span;

use super::{Annotation, Argument, Call, Docs, Expr, Field, Name, Path, Text, TypeExpr};

/// One operation of a resource or of the service.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The documentation above it.
    pub docs: Docs,
    /// What it is.
    pub kind: OperationKind,
    /// The words that begin it, with one space between: `list`, `action`, `query`, `collection action`, `operation`.
    pub verb: Name,
    /// The name; a standard operation has none.
    pub name: Option<Name>,
    /// The parameters; a standard operation has none.
    pub params: Vec<Field>,
    /// What it answers; a standard operation does not say.
    pub returns: Option<TypeExpr>,
    /// The clauses, in order.
    pub clauses: Vec<Clause>,
    /// Annotations behind the clauses.
    pub annotations: Vec<Annotation>,
    /// From the verb to the last annotation.
    pub span: Span,
}

/// The kinds of operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// `list`, `get`, `create`, `update`, `replace`, `delete` or `undelete`.
    Standard,
    /// `action NAME(...)`: changes one item.
    Action,
    /// `query NAME(...)`: reads what no filter expresses.
    Query,
    /// `collection action NAME(...)`: acts on all items.
    CollectionAction,
    /// `operation NAME(...)` of the service.
    Service,
}

/// One clause of an operation.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What it says.
    pub kind: ClauseKind,
    /// From its word to its end.
    pub span: Span,
}

/// What a clause says.
#[derive(Clone, Debug)]
pub enum ClauseKind {
    /// `filter(status, price.amount)`
    Filter(Vec<Path>),
    /// `sort(created_at, title)`
    Sort(Vec<Path>),
    /// `search(title, summary)`
    Search(Vec<Path>),
    /// `expand(author)`
    Expand(Vec<Path>),
    /// `fields`
    Fields,
    /// `paginate cursor(default: 20, max: 100)`
    Paginate(Call),
    /// `idempotent`
    Idempotent,
    /// `soft(keep: 30d)`
    Soft(Vec<Argument>),
    /// `conditional`
    Conditional,
    /// `force`
    Force,
    /// `batch(max: 100)`
    Batch(Vec<Argument>),
    /// `moves status draft -> published else AlreadyPublished(book_id: id)`
    Moves(Moves),
    /// `sets published_at: now`
    Sets(Vec<Assignment>),
    /// `raises A, B`
    Raises(Vec<Path>),
    /// `requires scope, scope`
    Requires(Vec<Name>),
    /// `public`
    Public,
    /// `at POST "/login"`
    At(At),
}

/// The address of an operation.
#[derive(Clone, Debug)]
pub struct At {
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: Name,
    /// The path below the service's base path.
    pub path: Text,
}

/// A guarded transition of a field.
#[derive(Clone, Debug)]
pub struct Moves {
    /// The field.
    pub field: Path,
    /// The values it may have before.
    pub from: Vec<Name>,
    /// The value it has after.
    pub to: Name,
    /// What is raised for any other value.
    pub otherwise: Option<Call>,
}

/// `published_at: now`
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The field.
    pub field: Path,
    /// Its new value.
    pub value: Expr,
}
