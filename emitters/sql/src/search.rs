//! The index behind `q`: each run of three characters leads to the rows that have it.
//!
//! What it finds is asked the condition of `q` itself, in both databases, so it may find too much and never too little.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::storage;
use atlas9_ir::{Ir, Resource};

use crate::dialect::{Dialect, comment, name, names};
use crate::table::{Search, Table};

/// What the list of a resource searches.
///
/// Behind row security PostgreSQL asks a policy before any operator that could tell of a row, as `LIKE` could; so it never reads
/// tenants' rows by such an index, which would only have to be kept.
pub(crate) fn search(ir: &Ir, dialect: Dialect, resource: &Resource) -> Option<Search> {
    let found = storage::search(ir, resource)
        .filter(|_| dialect == Dialect::Sqlite || resource.tenant().is_none())?;
    Some(Search {
        columns: found.columns.iter().map(|column| column.name.clone()).collect(),
        texts: found.columns.iter().map(storage::Search::text_column).collect(),
        key: storage::primary_key(resource).into_iter().map(str::to_owned).collect(),
        name: found.name,
        rows: found.rows,
        number: found.number,
    })
}

/// What the indexes of all tables need first.
pub(crate) fn prepare(w: &mut Writer, dialect: Dialect, tables: &[Table]) {
    if dialect == Dialect::Sqlite || tables.iter().all(|table| table.search.is_none()) {
        return;
    }
    w.blank();
    w.lines(comment(
        "Searches have an index of trigrams, an extension. Where it is refused, they have none and read every row.\n\
         Others may use it too, so it stays when the tables go.",
    ));
    w.line("DO $search$");
    w.line("BEGIN").indented(|w| {
        w.line("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;");
    });
    // Every provider has an error of its own for what it does not offer.
    w.line("EXCEPTION WHEN OTHERS THEN").indented(|w| {
        w.line("RAISE NOTICE 'searches have no index: %', SQLERRM;");
    });
    w.line("END").line("$search$;");
}

/// The index of a table.
pub(crate) fn create(w: &mut Writer, dialect: Dialect, table: &Table) {
    let Some(search) = &table.search else { return };
    w.blank();
    match dialect {
        Dialect::Sqlite => {
            rows(w, table, search);
            texts(w, search);
            triggers(w, table, search);
        }
        Dialect::Postgres => trigrams(w, table, search),
    }
}

/// What goes beside the table; SQLite's triggers go with it, and so does PostgreSQL's index.
pub(crate) fn drop(w: &mut Writer, dialect: Dialect, table: &Table) {
    if let (Dialect::Sqlite, Some(search)) = (dialect, &table.search) {
        w.line(format!("DROP TABLE {};", name(&search.name)));
        w.line(format!("DROP TABLE {};", name(&search.rows)));
    }
}

/// The extension may stand in any schema, and its operators need not be in the search path.
fn trigrams(w: &mut Writer, table: &Table, search: &Search) {
    let columns = search.columns.iter().map(|column| {
        // The condition of `q` is over the same expression, or the index would not be taken.
        format!("lower({} COLLATE \"C\") %1$s.gin_trgm_ops", name(column).replace('%', "%%"))
    });
    let columns: Vec<String> = columns.collect();
    let (index, on) = (name(&search.name), name(&table.name).replace('%', "%%"));
    let made = format!("CREATE INDEX {index} ON {on} USING gin ({})", columns.join(", "));
    let Some(made) = Dialect::Postgres.text(&made) else { return };
    w.line("DO $search$");
    w.line("DECLARE");
    w.indented(|w| {
        w.line("trigrams regnamespace := (SELECT extnamespace FROM pg_extension WHERE extname = 'pg_trgm');");
    });
    w.block("BEGIN", "END", |w| {
        w.block("IF has_schema_privilege(trigrams, 'USAGE') THEN", "END IF;", |w| {
            w.line("EXECUTE format(").indented(|w| {
                w.line(format!("{made},")).line("trigrams");
            });
            w.line(");");
        });
    });
    w.line("$search$;");
}

fn rows(w: &mut Writer, table: &Table, search: &Search) {
    w.lines(comment(&format!("Gives each row of {} a number that stays.", table.name)));
    let of_key = |key: &String| table.columns.iter().find(|column| column.name == *key);
    let held: Vec<_> = search.key.iter().filter_map(of_key).collect();
    let number = name(&search.number);
    let widest = held.iter().map(|column| name(&column.name).len()).chain([number.len()]).max().unwrap_or(0);
    w.block(format!("CREATE TABLE {} (", name(&search.rows)), ") STRICT;", |w| {
        w.line(format!("{number:widest$} INTEGER PRIMARY KEY,"));
        for column in &held {
            w.line(format!("{:widest$} {} NOT NULL,", name(&column.name), column.ty));
        }
        w.blank();
        let key = name(&format!("{}_key", search.rows));
        w.line(format!("CONSTRAINT {key} UNIQUE ({})", names(&search.key)));
    });
}

fn texts(w: &mut Writer, search: &Search) {
    w.blank();
    w.lines(comment("Leads from three characters to the numbers of the rows that have them."));
    w.block(format!("CREATE VIRTUAL TABLE {} USING fts5(", name(&search.name)), ");", |w| {
        w.line(format!("{},", names(&search.texts)));
        w.line("content = '', detail = column, columnsize = 0, tokenize = 'trigram case_sensitive 1'");
    });
}

fn triggers(w: &mut Writer, table: &Table, search: &Search) {
    let add = change(search, "", "new");
    let remove = change(search, "'delete'", "old");
    let (rows, key) = (name(&search.rows), names(&search.key));
    let new: Vec<String> = search.key.iter().map(|column| format!("new.{}", name(column))).collect();
    let differs = search.columns.iter().map(|column| {
        let column = name(column);
        format!("new.{column} IS NOT old.{column}")
    });
    let differs: Vec<String> = differs.collect();
    let events = [
        (
            "insert",
            "INSERT".to_owned(),
            String::new(),
            vec![format!("INSERT INTO {rows} ({key}) VALUES ({});", new.join(", ")), add.clone()],
        ),
        (
            "update",
            format!("UPDATE OF {}", names(&search.columns)),
            format!("\nWHEN {}", differs.join(" OR ")),
            vec![remove.clone(), add],
        ),
        (
            "delete",
            "DELETE".to_owned(),
            String::new(),
            vec![remove, format!("DELETE FROM {rows} WHERE {};", matched(&search.key, "old"))],
        ),
    ];
    for (word, event, when, body) in events {
        let called = name(&format!("{}_{word}", search.name));
        let on = name(&table.name);
        w.blank();
        w.block(format!("CREATE TRIGGER {called} AFTER {event} ON {on}{when} BEGIN"), "END;", |w| {
            w.lines(body);
        });
    }
}

/// Puts the texts of a row into the index, or takes them out: FTS5 is then told what stood there.
fn change(search: &Search, command: &str, row: &str) -> String {
    let table = name(&search.name);
    let (into, command) = match command {
        "" => (String::new(), String::new()),
        command => (format!("{table}, "), format!("{command}, ")),
    };
    let texts: Vec<String> =
        search.columns.iter().map(|column| format!("lower({row}.{})", name(column))).collect();
    format!(
        "INSERT INTO {table} ({into}rowid, {})\n    SELECT {command}{}, {} FROM {} WHERE {};",
        names(&search.texts),
        name(&search.number),
        texts.join(", "),
        name(&search.rows),
        matched(&search.key, row)
    )
}

fn matched(key: &[String], row: &str) -> String {
    let parts = key.iter().map(|column| {
        let column = name(column);
        format!("{column} = {row}.{column}")
    });
    parts.collect::<Vec<_>>().join(" AND ")
}
