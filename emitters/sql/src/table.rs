//! A table before it is written: plain data, names not yet in quotes.

use std::collections::BTreeSet;

use atlas9_emitters_core::storage;
use atlas9_ir::Resource;

/// A table.
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) columns: Vec<ColumnLine>,
    /// Constraints that stand in the table.
    pub(crate) constraints: Vec<Constraint>,
    /// Foreign keys to tables that are made later, where the database insists on the order.
    pub(crate) later: Vec<Constraint>,
    pub(crate) indexes: Vec<IndexLine>,
}

/// One column.
pub(crate) struct ColumnLine {
    pub(crate) name: String,
    pub(crate) docs: String,
    /// What the type does not say, such as a decimal's unit.
    pub(crate) note: Option<String>,
    pub(crate) ty: String,
    pub(crate) nullable: bool,
    /// A literal or an expression.
    pub(crate) default: Option<String>,
}

/// `CONSTRAINT name body`
pub(crate) struct Constraint {
    pub(crate) name: String,
    pub(crate) body: String,
}

/// `CREATE INDEX name ON table (columns)`
pub(crate) struct IndexLine {
    pub(crate) name: String,
    pub(crate) unique: bool,
    pub(crate) columns: Vec<String>,
    /// True where rows that are deleted softly do not count.
    pub(crate) live_only: bool,
}

/// The names of a table's checks. Those of rules are known to the server and come first; others step aside.
pub(crate) struct CheckNames<'a> {
    resource: &'a Resource,
    taken: BTreeSet<String>,
}

impl<'a> CheckNames<'a> {
    pub(crate) fn new(resource: &'a Resource) -> CheckNames<'a> {
        let taken = resource.rules.iter().map(|rule| storage::check_name(resource, &rule.name)).collect();
        CheckNames { resource, taken }
    }

    /// A name for a check of `what` that no other has.
    pub(crate) fn free(&mut self, what: &str) -> String {
        let mut name = storage::check_name(self.resource, what);
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = storage::check_name(self.resource, &format!("{what}_{number}"));
        }
        name
    }
}
