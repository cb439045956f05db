//! What the databases cannot hold: an error at the declaration, with a way out.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_emitters_core::storage::{
    self, Column, ColumnKind, LONGEST_IDENTIFIER, MOST_COLUMNS, ROW_VERSION, SINGLETON,
};
use atlas9_ir::{FieldPath, Ir, Resource, Scalar, Value};

use crate::dialect::Dialect;
use crate::json;
use crate::relations;
use crate::scalars::SQLITE_DIGITS;
use crate::trail::{default, trail};
use crate::widths;

/// Columns that PostgreSQL gives every table.
const SYSTEM_COLUMNS: [&str; 6] = ["cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"];

/// Everything about the schema that one of the databases cannot hold.
pub(crate) fn find(ir: &Ir, dialects: &[Dialect]) -> Vec<Diagnostic> {
    let mut found = relations::find(ir, dialects);
    found.extend(storage::json::inside(ir));
    for resource in ir.resources.values() {
        let columns = storage::columns(ir, resource);
        if columns.len() >= MOST_COLUMNS {
            found.push(too_many(resource));
            continue;
        }
        let limits = Limits { ir, dialects, resource, columns: &columns };
        found.extend(limits.column_names());
        found.extend(widths::find(ir, resource, &columns));
        for column in &columns {
            found.extend(limits.decimal(column));
            found.extend(limits.literal(column));
            found.extend(json::references(ir, resource, column));
        }
    }
    found
}

struct Limits<'a> {
    ir: &'a Ir,
    dialects: &'a [Dialect],
    resource: &'a Resource,
    columns: &'a [Column<'a>],
}

impl Limits<'_> {
    /// Where the resource's own field stands that leads to the column.
    fn span(&self, column: &Column<'_>) -> Span {
        trail(self.ir, self.resource, &column.path).first().map_or(column.field.span, |field| field.span)
    }

    fn symbol(&self, path: &FieldPath) -> String {
        format!("{}.{path}", self.resource.name)
    }

    fn column_names(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        // Neither database tells case apart without quotes, and SQLite not even with them.
        let mut seen: BTreeMap<String, (Span, String)> = BTreeMap::new();
        seen.insert(ROW_VERSION.to_owned(), (self.resource.span, "the version of every row".to_owned()));
        if storage::primary_key(self.resource) == [SINGLETON] {
            let what = format!("the key of the one `{}`", self.resource.name);
            seen.insert(SINGLETON.to_owned(), (self.resource.span, what));
        }
        for column in self.columns {
            let span = self.span(column);
            if self.dialects.contains(&Dialect::Postgres) {
                found.extend(
                    long_name(&column.name, span).map(|error| error.symbol(self.symbol(&column.path))),
                );
                found.extend(self.system_column(column, span));
            }
            match seen.get(&column.name.to_lowercase()) {
                Some((first, what)) => found.push(
                    Diagnostic::error(
                        codes::E0701,
                        format!("`{}` and {what} would both be the column `{}`", column.path, column.name),
                    )
                    .at(span, "the same column")
                    .and(*first, "first needed here")
                    .symbol(self.symbol(&column.path))
                    .help("rename one of the two; a field in a structure is stored as `field_member`"),
                ),
                None => {
                    seen.insert(column.name.to_lowercase(), (span, format!("`{}`", column.path)));
                }
            }
        }
        found
    }

    fn system_column(&self, column: &Column<'_>, span: Span) -> Option<Diagnostic> {
        SYSTEM_COLUMNS.contains(&column.name.as_str()).then(|| {
            Diagnostic::error(
                codes::E0701,
                format!("every table in PostgreSQL has a column `{}` already", column.name),
            )
            .at(span, "taken by the database")
            .symbol(self.symbol(&column.path))
            .help("rename the field")
        })
    }

    fn decimal(&self, column: &Column<'_>) -> Option<Diagnostic> {
        let ColumnKind::Scalar(Scalar::Decimal { precision, .. }) = column.kind else { return None };
        if *precision <= SQLITE_DIGITS || !self.dialects.contains(&Dialect::Sqlite) {
            return None;
        }
        let message = format!("SQLite keeps exact numbers of up to {SQLITE_DIGITS} digits, not {precision}");
        let at = Diagnostic::error(codes::E0704, message).at(column.field.span, "this decimal");
        let outer = self.span(column);
        let at = if outer == column.field.span { at } else { at.and(outer, "stored here") };
        Some(at.symbol(self.symbol(&column.path)).help(format!(
            "make it `decimal({SQLITE_DIGITS}, ...)` or smaller, or set `databases: [postgres]` for the sql emitter"
        )))
    }

    /// A default that holds a text that no database takes.
    fn literal(&self, column: &Column<'_>) -> Option<Diagnostic> {
        let value = default(self.ir, self.resource, column)?;
        if !holds_nul(value) {
            return None;
        }
        Some(
            Diagnostic::error(codes::E0702, "no database keeps a text with the character U+0000")
                .at(self.span(column), "its default")
                .symbol(self.symbol(&column.path))
                .help("leave the character out, or make the field `bytes`"),
        )
    }
}

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::List(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        _ => false,
    }
}

pub(crate) fn long_name(name: &str, span: Span) -> Option<Diagnostic> {
    (name.len() > LONGEST_IDENTIFIER).then(|| {
        let message =
            format!("PostgreSQL cuts names at {LONGEST_IDENTIFIER} bytes, and `{name}` has {}", name.len());
        Diagnostic::error(codes::E0705, message)
            .at(span, "too long for a table or column")
            .help("choose a shorter name, or set `databases: [sqlite]` for the sql emitter")
    })
}

fn too_many(resource: &Resource) -> Diagnostic {
    Diagnostic::error(codes::E0702, format!("a table cannot have {MOST_COLUMNS} columns or more"))
        .at(resource.span, "its fields and theirs are too many")
        .symbol(&resource.name)
        .help("move some fields into a resource of its own, or make a large structure a list, which is one column")
}
