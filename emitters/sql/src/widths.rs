//! Texts that may be longer than an index of PostgreSQL has room for.
//!
//! What is unique, a key or a reference is measured by the server before it is written, for both databases. An index that only speeds up
//! reads refuses nothing: it stops before such a text, and where it begins with one it is a hash of that, which finds equal values.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::storage::{self, Column, INDEX_ROOM};
use atlas9_ir::{Ir, Resource};

use crate::table::IndexLine;

/// A plain index in a form in which every row has room.
pub(crate) fn roomy(ir: &Ir, resource: &Resource, columns: &[Column<'_>], index: IndexLine) -> IndexLine {
    let mut sum = Some(0_u64);
    for (place, name) in index.columns.iter().enumerate() {
        let column = columns.iter().find(|column| column.name == *name);
        let most = column.map_or(Some(0), |column| storage::most_bytes(ir, column));
        sum = sum.zip(most).and_then(|(sum, most)| sum.checked_add(most));
        if sum.is_some_and(|sum| sum <= INDEX_ROOM) {
            continue;
        }
        let before = index.columns.get(..place).unwrap_or_default();
        let tenant = resource.tenant().map(|tenant| &tenant.name);
        let alone = before.iter().all(|name| Some(name) == tenant);
        let columns = if alone { vec![name.clone()] } else { before.to_vec() };
        return IndexLine { columns, hash: alone, ..index };
    }
    index
}

/// What must be unique, or is a key, and never has room.
pub(crate) fn find(ir: &Ir, resource: &Resource, columns: &[Column<'_>]) -> Vec<Diagnostic> {
    let held = columns.iter().filter(|column| column.field.key || column.field.unique);
    let long = held.filter(|column| storage::least_bytes(ir, column) > INDEX_ROOM);
    let told = long.map(|column| {
        let message = format!("no index has room for `{}`: PostgreSQL's hold {INDEX_ROOM} bytes", column.path);
        Diagnostic::error(codes::E0715, message)
            .at(column.field.span, "each value is longer")
            .symbol(format!("{}.{}", resource.name, column.path))
            .help("allow shorter values, or keep a hash of the value in a field of its own and make that one unique")
    });
    told.collect()
}
