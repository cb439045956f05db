//! Tables as text: one column a line, in columns.

use atlas9_emitters_core::Writer;

use crate::dialect::{Dialect, comment, name, names};
use crate::search;
use crate::table::{ColumnLine, Constraint, IndexLine, Table};

/// The file that makes the tables, in the given order.
pub(crate) fn up(dialect: Dialect, header: &str, tables: &[Table]) -> String {
    let mut w = Writer::new("    ");
    w.lines(comment(header));
    search::prepare(&mut w, dialect, tables);
    for table in tables {
        create(&mut w, dialect, table);
        search::create(&mut w, dialect, table);
    }
    tables.iter().for_each(|table| clear(&mut w, table));
    let later = tables.iter().filter(|table| !table.later.is_empty());
    for table in later {
        w.blank().line(format!("-- What {} refers to stands in a circle with it.", name(&table.name)));
        for constraint in &table.later {
            w.line(format!("ALTER TABLE {}", name(&table.name)));
            w.line(format!("    ADD {};", constraint_line(constraint)));
        }
    }
    w.finish()
}

/// The file that takes them away again.
pub(crate) fn down(dialect: Dialect, header: &str, tables: &[Table], circular: bool) -> String {
    let mut w = Writer::new("    ");
    w.lines(comment(header)).blank();
    if circular && dialect == Dialect::Sqlite {
        w.line("-- Rows that refer to one another go together: references are looked at when all are gone.");
        w.line("PRAGMA defer_foreign_keys = ON;").blank();
    }
    for table in tables {
        for constraint in &table.later {
            w.line(format!("ALTER TABLE {} DROP CONSTRAINT {};", name(&table.name), name(&constraint.name)));
        }
    }
    for table in tables.iter().rev() {
        w.line(format!("DROP TABLE {};", name(&table.name)));
        search::drop(&mut w, dialect, table);
    }
    w.finish()
}

fn create(w: &mut Writer, dialect: Dialect, table: &Table) {
    w.blank();
    if !table.docs.is_empty() {
        w.lines(comment(&table.docs));
    }
    let end = if dialect == Dialect::Sqlite { ") STRICT;" } else { ");" };
    w.block(format!("CREATE TABLE {} (", name(&table.name)), end, |w| {
        columns(w, dialect, &table.columns);
        w.blank();
        for (at, constraint) in table.constraints.iter().enumerate() {
            let comma = if at + 1 < table.constraints.len() { "," } else { "" };
            w.line(format!("{}{comma}", constraint_line(constraint)));
        }
    });
    if !table.indexes.is_empty() {
        w.blank();
        w.lines(table.indexes.iter().map(|index| index_line(table, index)));
    }
    if dialect == Dialect::Postgres {
        secure(w, table);
        describe(w, table);
    }
}

/// A reference to a table that is made later is made first, so that its triggers stand behind all tables.
fn clear(w: &mut Writer, table: &Table) {
    for trigger in &table.triggers {
        let (called, on) = (name(&trigger.name), name(&trigger.on));
        w.blank();
        w.block(format!("CREATE TRIGGER {called} AFTER DELETE ON {on} BEGIN"), "END;", |w| {
            w.line(&trigger.body);
        });
    }
}

/// Row security. Without a tenant in the settings of the transaction there are no rows; the owner of the table is bound as well.
fn secure(w: &mut Writer, table: &Table) {
    let Some(policy) = &table.policy else { return };
    let (table, column) = (name(&table.name), name(&policy.column));
    w.blank();
    w.line(format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"));
    w.line(format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"));
    w.line(format!("CREATE POLICY {} ON {table} USING (", name(&policy.name)));
    // A setting that was local to a transaction is empty behind it, not absent.
    w.line(format!("    {column} = NULLIF(current_setting('atlas9.tenant', true), '')::{}", policy.ty));
    w.line("    OR current_setting('atlas9.every_tenant', true) = 'on'");
    w.line(");");
}

fn columns(w: &mut Writer, dialect: Dialect, columns: &[ColumnLine]) {
    let widest = |of: fn(&ColumnLine) -> usize| columns.iter().map(of).max().unwrap_or(0);
    let (names, types) = (widest(|column| name(&column.name).len()), widest(|column| column.ty.len()));
    for column in columns {
        // PostgreSQL keeps the documentation itself.
        if dialect == Dialect::Sqlite && !column.docs.is_empty() {
            w.lines(comment(&column.docs));
        }
        let mut rest = Vec::new();
        rest.extend((!column.nullable).then(|| "NOT NULL".to_owned()));
        rest.extend(column.default.as_ref().map(|default| format!("DEFAULT {default}")));
        let line = format!("{:names$} {:types$} {}", name(&column.name), column.ty, rest.join(" "));
        let note = column.note.as_ref().map(|note| format!(" -- {note}")).unwrap_or_default();
        w.line(format!("{},{note}", line.trim_end()));
    }
}

fn constraint_line(constraint: &Constraint) -> String {
    format!("CONSTRAINT {} {}", name(&constraint.name), constraint.body)
}

fn index_line(table: &Table, index: &IndexLine) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let live = if index.live_only { " WHERE deleted_at IS NULL" } else { "" };
    let hash = if index.hash { "USING hash " } else { "" };
    let columns = names(&index.columns);
    format!("CREATE {unique}INDEX {} ON {} {hash}({columns}){live};", name(&index.name), name(&table.name))
}

fn describe(w: &mut Writer, table: &Table) {
    let own = std::iter::once((format!("TABLE {}", name(&table.name)), &table.docs));
    let columns = table
        .columns
        .iter()
        .map(|column| (format!("COLUMN {}.{}", name(&table.name), name(&column.name)), &column.docs));
    let lines: Vec<String> = own
        .chain(columns)
        .filter(|(_, docs)| !docs.is_empty())
        // A NUL cannot be stored, and says nothing.
        .filter_map(|(what, docs)| Some((what, Dialect::Postgres.text(&docs.replace('\0', ""))?)))
        .map(|(what, docs)| format!("COMMENT ON {what} IS {docs};"))
        .collect();
    if !lines.is_empty() {
        w.blank().lines(lines);
    }
}
