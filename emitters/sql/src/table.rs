//! A table before it is written: plain data, names not yet in quotes.

use std::collections::BTreeSet;

use atlas9_diagnostics::Span;
use atlas9_emitters_core::storage;
use atlas9_ir::Resource;

use crate::dialect::Dialect;

/// A table.
pub(crate) struct Table {
    pub(crate) name: String,
    /// What of the schema is stored in it: `Book`, `Book.author_ids`.
    pub(crate) of: String,
    /// Where that is declared.
    pub(crate) span: Span,
    pub(crate) docs: String,
    pub(crate) columns: Vec<ColumnLine>,
    /// Constraints that stand in the table.
    pub(crate) constraints: Vec<Constraint>,
    /// Foreign keys to tables that are made later, where the database insists on the order.
    pub(crate) later: Vec<Constraint>,
    pub(crate) indexes: Vec<IndexLine>,
    /// Set where each row belongs to a tenant.
    pub(crate) policy: Option<Policy>,
    pub(crate) triggers: Vec<Trigger>,
    /// Set where a list searches its texts.
    pub(crate) search: Option<Search>,
}

impl Table {
    /// The names of its indexes, among them those that stand behind its keys.
    pub(crate) fn index_names(&self, dialect: Dialect) -> impl Iterator<Item = &str> {
        // SQLite gives names of its own to the indexes behind keys.
        let keys = self.constraints.iter().filter(move |one| one.unique && dialect == Dialect::Postgres);
        let keys = keys.map(|constraint| constraint.name.as_str());
        keys.chain(self.indexes.iter().map(|index| index.name.as_str()))
    }
}

/// That rows are seen and written by their tenant alone: row security, which only PostgreSQL has.
pub(crate) struct Policy {
    pub(crate) name: String,
    /// The column that holds the tenant, and its type.
    pub(crate) column: String,
    pub(crate) ty: String,
}

/// What a list searches, and the index for it.
pub(crate) struct Search {
    /// The index of PostgreSQL, or the table of FTS5.
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    /// The columns of the table of FTS5, in the order of the others.
    pub(crate) texts: Vec<String>,
    /// The table that gives each row a number, its column for that, and the key beside it.
    pub(crate) rows: String,
    pub(crate) number: String,
    pub(crate) key: Vec<String>,
}

/// What becomes of rows of this table when one of another goes, where no foreign key can say it.
pub(crate) struct Trigger {
    pub(crate) name: String,
    /// The other table.
    pub(crate) on: String,
    /// The statement.
    pub(crate) body: String,
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
    /// True for keys.
    pub(crate) unique: bool,
}

impl Constraint {
    /// What holds for each row.
    pub(crate) fn of_row(name: String, body: String) -> Constraint {
        Constraint { name, body, unique: false }
    }

    /// What no two rows share.
    pub(crate) fn key(name: String, body: String) -> Constraint {
        Constraint { name, body, unique: true }
    }
}

/// `CREATE INDEX name ON table (columns)`
pub(crate) struct IndexLine {
    pub(crate) name: String,
    pub(crate) unique: bool,
    pub(crate) columns: Vec<String>,
    /// True where it is one of hashes, which finds equal values of any length.
    pub(crate) hash: bool,
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
        let taken =
            resource.rules.iter().map(|rule| storage::check_name(&resource.plural, &rule.name)).collect();
        CheckNames { resource, taken }
    }

    /// A name for a check of `what` that no other has.
    pub(crate) fn free(&mut self, what: &str) -> String {
        let mut name = storage::check_name(&self.resource.plural, what);
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = storage::check_name(&self.resource.plural, &format!("{what}_{number}"));
        }
        name
    }
}
