//! A resource.

use crate::{Expr, Field, Operation, OperationKind, Path};

/// A resource: its rows and what is offered on them.
#[derive(Debug)]
pub struct Resource {
    /// Its declared name, `Book`.
    pub name: &'static str,
    /// Its name in snake_case, `book`.
    pub snake: &'static str,
    /// Its table. Beside the fields' columns it has `row_version`.
    pub table: &'static str,
    /// The declared name of the resource that it lives in. The parent's key is the field with [`crate::Managed::Parent`].
    pub parent: Option<&'static str>,
    /// The path of all of them with the service's base path: `/v1/books/{book_id}/reviews`.
    pub path: &'static str,
    /// The fields, in the order of responses.
    pub fields: &'static [Field],
    /// The index of the key in `fields`.
    pub key: usize,
    /// What is offered.
    pub operations: &'static [Operation],
    /// Conditions that every row meets.
    pub rules: &'static [Rule],
    /// Unique constraints, those of single fields included.
    pub unique: &'static [Unique],
}

impl Resource {
    /// The fields of an action's body; none where there is no action of that name.
    pub fn params(&self, action: &str) -> &'static [Field] {
        self.operations
            .iter()
            .find_map(|operation| match operation.kind {
                OperationKind::Action(found) if operation.name == action => Some(found.params),
                _ => None,
            })
            .unwrap_or_default()
    }
}

/// A condition with a name.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, and the code of the failure.
    pub name: &'static str,
    /// What whoever breaks it is told.
    pub text: &'static str,
    /// What must hold.
    pub condition: Expr,
    /// The name of the CHECK constraint that stands behind it, where SQL can express it.
    pub constraint: &'static str,
}

/// A unique constraint.
#[derive(Clone, Copy, Debug)]
pub struct Unique {
    /// Its name in the database.
    pub name: &'static str,
    /// Its fields.
    pub fields: &'static [Path],
}
