//! Names of tables and indexes: each stands once in a database.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_emitters_core::storage::{self, LONGEST_IDENTIFIER};
use atlas9_ir::Ir;

use crate::dialect::Dialect;
use crate::limits::long_name;
use crate::table::Table;

/// What is stored in a table of its own.
struct Stored {
    table: String,
    /// `Book`, `Book.author_ids`
    of: String,
    span: Span,
}

/// Names of tables that a database cannot have.
pub(crate) fn find(ir: &Ir, dialects: &[Dialect]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut seen: BTreeMap<String, (Span, String)> = BTreeMap::new();
    for stored in all(ir) {
        if dialects.contains(&Dialect::Postgres) {
            found.extend(long_name(&stored.table, stored.span).map(|error| error.symbol(&stored.of)));
        }
        found.extend(kept(&stored, dialects));
        if let Some((first, of)) = seen.insert(stored.table.to_lowercase(), (stored.span, stored.of.clone()))
        {
            let message = format!("`{}` and `{of}` would both be the table `{}`", stored.of, stored.table);
            found.push(clash(message, &stored.of, (stored.span, first)));
        }
    }
    found
}

fn all(ir: &Ir) -> impl Iterator<Item = Stored> {
    ir.resources.values().flat_map(|resource| {
        let own = Stored { table: resource.plural.clone(), of: resource.name.clone(), span: resource.span };
        let lists = storage::links(ir, resource).into_iter().map(|links| Stored {
            of: format!("{}.{}", resource.name, links.field.name),
            span: links.field.span,
            table: links.table,
        });
        std::iter::once(own).chain(lists)
    })
}

/// Table names that somebody else uses already.
fn kept(stored: &Stored, dialects: &[Dialect]) -> Option<Diagnostic> {
    let owners =
        [("atlas9_", "the server", true), ("sqlite_", "SQLite", dialects.contains(&Dialect::Sqlite))];
    let mut owners = owners.into_iter().filter(|(prefix, _, held)| *held && stored.table.starts_with(prefix));
    let (prefix, owner, _) = owners.next()?;
    let message = format!("table names that begin with `{prefix}` belong to {owner}");
    Some(
        Diagnostic::error(codes::E0701, message)
            .at(stored.span, format!("stored in `{}`", stored.table))
            .symbol(&stored.of)
            .help("rename the resource"),
    )
}

/// False where no table is called like an index, which their names alone tell.
pub(crate) fn may_clash(ir: &Ir) -> bool {
    // Names of indexes end in a word of their own, unless they were too long and were cut.
    let may =
        |name: &str| name.ends_with("_idx") || name.ends_with("key") || name.len() > LONGEST_IDENTIFIER / 2;
    all(ir).any(|stored| may(&stored.table))
}

/// Tables that are called like an index: both databases keep the two among the same names.
pub(crate) fn clashes(dialect: Dialect, tables: &[Table]) -> Vec<Diagnostic> {
    let names: BTreeMap<&str, &Table> = tables.iter().map(|table| (table.name.as_str(), table)).collect();
    let indexes = tables.iter().flat_map(|table| table.index_names(dialect).map(move |name| (name, table)));
    let clashes = indexes.filter_map(|(name, owner)| {
        let table = names.get(name)?;
        let message = format!(
            "the table of `{}` and an index of `{}` would both be called `{name}`",
            table.of, owner.of
        );
        Some(clash(message, &table.of, (table.span, owner.span)))
    });
    clashes.collect()
}

fn clash(message: String, symbol: &str, (this, first): (Span, Span)) -> Diagnostic {
    let error = Diagnostic::error(codes::E0701, message).at(this, "the same name");
    let error = if this == first { error } else { error.and(first, "first needed here") };
    error.symbol(symbol).help("rename one of the two")
}
