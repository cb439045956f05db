//! Indexes: for what is unique, for every foreign key, and the declared ones; none that another makes needless.

use atlas9_emitters_core::storage::{self, Column};
use atlas9_ir::{FieldPath, Ir, Resource};

use crate::dialect::Dialect;
use crate::keys::ForeignKey;
use crate::table::IndexLine;
use crate::widths::roomy;

/// The indexes of a table: unique ones first.
pub(crate) fn indexes<'k>(
    ir: &Ir,
    dialect: Dialect,
    resource: &Resource,
    columns: &[Column<'_>],
    keys: impl Iterator<Item = &'k ForeignKey>,
) -> Vec<IndexLine> {
    let primary: Vec<String> = storage::primary_key(resource).into_iter().map(str::to_owned).collect();
    let mut unique = unique(resource, columns);
    keep_first(&mut unique);
    unique.retain(|index| index.columns != primary);

    let mut plain: Vec<IndexLine> = keys.map(|key| foreign(resource, key)).collect();
    plain.extend(declared(resource, false).map(|index| match dialect {
        Dialect::Postgres => roomy(ir, resource, columns, index),
        Dialect::Sqlite => index,
    }));
    keep_first(&mut plain);
    let mut begins: Vec<Vec<String>> = vec![primary];
    // A partial index does not help to find every row.
    begins.extend(unique.iter().filter(|index| !index.live_only).map(|index| index.columns.clone()));
    begins.extend(plain.iter().filter(|index| !index.hash).map(|index| index.columns.clone()));
    plain.retain(|index| index.hash || !needless(index, &begins));

    unique.into_iter().chain(plain).collect()
}

/// True when something else begins with the same columns; `begins` holds the index itself once.
fn needless(index: &IndexLine, begins: &[Vec<String>]) -> bool {
    begins.iter().filter(|columns| columns.starts_with(&index.columns)).count() > 1
}

fn keep_first(indexes: &mut Vec<IndexLine>) {
    let mut seen: Vec<Vec<String>> = Vec::new();
    indexes.retain(|index| {
        let new = !seen.contains(&index.columns);
        seen.extend(new.then(|| index.columns.clone()));
        new
    });
}

fn unique(resource: &Resource, columns: &[Column<'_>]) -> Vec<IndexLine> {
    let single = columns.iter().filter(|column| column.field.unique).map(|column| vec![column.path.clone()]);
    let mut found: Vec<IndexLine> = single.map(|paths| line(resource, &paths, true)).collect();
    found.extend(declared(resource, true));
    found
}

fn declared(resource: &Resource, unique: bool) -> impl Iterator<Item = IndexLine> {
    let wanted = resource.indexes.iter().filter(move |index| index.unique == unique);
    wanted.map(move |index| line(resource, &index.fields, unique))
}

fn line(resource: &Resource, paths: &[FieldPath], unique: bool) -> IndexLine {
    let name = if unique { storage::unique_name } else { storage::index_name };
    let columns: Vec<String> = paths.iter().map(storage::column_name).collect();
    // What is unique is so for each tenant, and every statement asks for one tenant's rows.
    let tenant = resource.tenant().map(|tenant| &tenant.name).filter(|name| columns.first() != Some(*name));
    IndexLine {
        name: name(&resource.plural, paths),
        unique,
        columns: tenant.cloned().into_iter().chain(columns).collect(),
        hash: false,
        live_only: unique && resource.soft_delete(),
    }
}

/// What is shared is looked for whichever tenant refers to it.
fn foreign(resource: &Resource, key: &ForeignKey) -> IndexLine {
    let own = key.columns.iter().skip(usize::from(key.within_tenant));
    let paths: Vec<FieldPath> = own.map(|column| FieldPath(vec![column.clone()])).collect();
    IndexLine { columns: key.columns.clone(), ..line(resource, &paths, false) }
}
