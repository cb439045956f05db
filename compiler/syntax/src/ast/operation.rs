//! Operations and their clauses.

use atlas9_diagnostics::Span;

use super::{Annotation, Argument, Call, Docs, Expr, Field, Name, Path, TypeExpr};

/// One operation of a resource.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The documentation above it.
    pub docs: Docs,
    /// `list`, `get`, `create`, `update`, `replace`, `delete`, `undelete` or `action`.
    pub verb: Name,
    /// The name of an action.
    pub name: Option<Name>,
    /// The parameters of an action.
    pub params: Vec<Field>,
    /// What an action answers.
    pub returns: Option<TypeExpr>,
    /// The clauses, in order.
    pub clauses: Vec<Clause>,
    /// Annotations behind the clauses.
    pub annotations: Vec<Annotation>,
    /// From the verb to the last annotation.
    pub span: Span,
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
    /// `paginate cursor(default: 20, max: 100)`
    Paginate(Call),
    /// `idempotent`
    Idempotent,
    /// `soft(keep: 30d)`
    Soft(Vec<Argument>),
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
