//! The tables behind lists of references.

use atlas9_emitters_core::storage::{self, ColumnKind, Links, POSITION};
use atlas9_ir::{FieldPath, Ir, Range, Resource, ResourceId, Scalar};

use crate::build::{column_type_of, hidden_key, policy};
use crate::dialect::{Dialect, name, names};
use crate::keys;
use crate::table::{ColumnLine, Constraint, IndexLine, Table};

/// A table for each list of references of the resource.
pub(crate) fn tables(ir: &Ir, dialect: Dialect, id: ResourceId, resource: &Resource) -> Vec<Table> {
    let lists = storage::links(ir, resource);
    lists.iter().map(|links| table(ir, dialect, id, resource, links)).collect()
}

fn table(ir: &Ir, dialect: Dialect, id: ResourceId, resource: &Resource, links: &Links<'_>) -> Table {
    let key: Vec<&String> = links.tenant.iter().chain(&links.owner).chain([&links.key]).collect();
    let primary =
        Constraint::key(storage::primary_key_name(&links.table), format!("PRIMARY KEY ({})", names(key)));
    let counted = Constraint::of_row(
        storage::check_name(&links.table, POSITION),
        format!("CHECK ({} >= 0)", name(POSITION)),
    );
    let foreign = keys::of_links(ir, resource, id, links);
    let index = IndexLine {
        name: storage::index_name(&links.table, &[FieldPath(vec![links.key.clone()])]),
        unique: false,
        columns: foreign.last().map(|listed| listed.columns.clone()).unwrap_or_default(),
        hash: false,
        live_only: false,
    };
    Table {
        name: links.table.clone(),
        of: format!("{}.{}", resource.name, links.field.name),
        span: links.field.span,
        docs: docs(resource, links),
        columns: columns(ir, dialect, resource, links),
        constraints: std::iter::once(primary)
            .chain(foreign.iter().map(|key| key.constraint(dialect)))
            .chain([counted])
            .collect(),
        later: Vec::new(),
        indexes: vec![index],
        policy: resource
            .tenant()
            .zip(links.tenant.as_ref())
            .map(|(field, column)| policy(ir, &links.table, column, &field.ty)),
        triggers: Vec::new(),
        search: None,
    }
}

fn columns(ir: &Ir, dialect: Dialect, resource: &Resource, links: &Links<'_>) -> Vec<ColumnLine> {
    let held = storage::columns(ir, resource);
    let line = |name: &str, ty: String, docs: String| ColumnLine {
        name: name.to_owned(),
        docs,
        note: None,
        ty,
        nullable: false,
        default: None,
    };
    let mut lines: Vec<ColumnLine> = Vec::new();
    for (name, of) in links.tenant.iter().chain(&links.owner).zip(storage::primary_key(resource)) {
        let kind = held.iter().find(|column| column.name == of).map(|column| column.kind);
        let ty = kind.map_or_else(|| hidden_key(dialect), |kind| column_type_of(ir, dialect, &kind));
        lines.push(line(name, ty, String::new()));
    }
    let place = Scalar::Int { range: Range::default() };
    let place = column_type_of(ir, dialect, &ColumnKind::Scalar(&place));
    lines.push(line(POSITION, place, "The place in the list, from 0.".to_owned()));
    let target = column_type_of(ir, dialect, &ColumnKind::Reference(links.target));
    lines.push(line(&links.key, target, String::new()));
    lines
}

fn docs(resource: &Resource, links: &Links<'_>) -> String {
    let what = format!("The lists `{}` of {}.", links.field.name, resource.plural);
    match links.field.docs.is_empty() {
        true => what,
        false => format!("{what}\n{}", links.field.docs),
    }
}
