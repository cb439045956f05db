//! A resource.

use crate::{Expr, Field, Managed, Operation, OperationKind, Path};

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
    /// The index of the key in `fields`. None for a singleton: there is one, or one in each parent, and it is found by its
    /// parents' keys alone. Where it has no parent either, each tenant has one, or its table has a column `singleton` that is
    /// always 1.
    pub key: Option<usize>,
    /// Set where every change of a row is kept with who made it and when.
    pub audited: Option<Audited>,
    /// True where every change of a row is an event, which the service reads from the outbox.
    pub events: bool,
    /// What is offered.
    pub operations: &'static [Operation],
    /// Conditions that every row meets.
    pub rules: &'static [Rule],
    /// Unique constraints, those of single fields included.
    pub unique: &'static [Unique],
}

impl Resource {
    /// The parameters of an action; none where there is no action of that name.
    pub fn params(&self, action: &str) -> &'static [Field] {
        params(self.operations, action)
    }

    /// The field of the key; none for a singleton.
    pub fn key_field(&self) -> Option<&'static Field> {
        self.fields.get(self.key?)
    }

    /// The field that says whose each row is; none where all callers share the rows.
    pub fn tenant_field(&self) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.managed == Some(Managed::Tenant))
    }

    /// True where somebody is to know of every change of a row.
    pub const fn is_watched(&self) -> bool {
        self.audited.is_some() || self.events
    }

    /// True when there is one alone, or one in each parent.
    pub const fn is_singleton(&self) -> bool {
        self.key.is_none()
    }
}

/// The parameters of the action of a name.
pub(crate) fn params(operations: &[Operation], name: &str) -> &'static [Field] {
    let mut actions = operations.iter().filter_map(|operation| match operation.kind {
        OperationKind::Action(found) if operation.name == name => Some(found.params),
        _ => None,
    });
    actions.next().unwrap_or_default()
}

/// That changes are kept.
#[derive(Clone, Copy, Debug)]
pub struct Audited {
    /// For how many days; for ever without.
    pub keep_days: Option<u32>,
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
