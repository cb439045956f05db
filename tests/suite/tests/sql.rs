//! The SQL of every case applies, rolls back to nothing and applies again, on both databases.

use std::fs;
use std::path::Path;
use std::process::Command;

use atlas9_suite::command::run;
use atlas9_suite::place::{bookstore, generate, scratch};
use atlas9_suite::postgres;

use crate::cases::packages;

#[test]
fn every_case_applies_and_rolls_back() {
    for (name, package) in packages() {
        let out = scratch("sql").join(&name);
        generate(&package, &out, &["sql"]);
        let sql = out.join("generated/sql");
        on_sqlite(&name, &sql.join("sqlite"));
        on_postgres(&name, &sql.join("postgres"));
    }
}

/// Python has SQLite in its standard library; the database is a judge that does not know our code.
fn on_sqlite(name: &str, folder: &Path) {
    const PROGRAM: &str = "import sqlite3, sys, pathlib
base = pathlib.Path(sys.argv[1])
db = sqlite3.connect(':memory:')
db.execute('PRAGMA foreign_keys = ON')
there = lambda: db.execute('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').fetchall()
run = lambda file: db.executescript((base / file).read_text())
run('0001_create.up.sql')
made = there()
broken = db.execute('PRAGMA foreign_key_check').fetchall()
run('0001_create.down.sql')
left = there()
run('0001_create.up.sql')
print(len(made), len(left), len(broken), int(made != there()))
print(left)";
    let said = run(Command::new("python3").args(["-c", PROGRAM]).arg(folder));
    let counts = said.lines().next().unwrap_or("").split_whitespace();
    let counts: Vec<usize> = counts.filter_map(|word| word.parse().ok()).collect();
    assert!(
        matches!(counts[..], [made, 0, 0, 0] if (made > 0) == has_tables(folder)),
        "{name} on SQLite: made, left, broken keys, whether made anew otherwise: {said}"
    );
}

/// Whether there is anything to make: a service of operations alone has no tables.
fn has_tables(folder: &Path) -> bool {
    let text = fs::read_to_string(folder.join("0001_create.up.sql")).expect("the file is there");
    text.contains("CREATE TABLE")
}

fn on_postgres(name: &str, folder: &Path) {
    // Tables, indexes, sequences and views; types; functions; triggers; constraints.
    // What an extension has made stays: the database may use it for others too.
    const THERE: &str = "
WITH extended AS (SELECT objid FROM pg_depend WHERE deptype = 'e')
SELECT 'class', c.relkind::text, c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
UNION ALL SELECT 'type', t.typtype::text, t.typname::text FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace
    AND t.oid NOT IN (SELECT objid FROM extended) AND t.typelem NOT IN (SELECT objid FROM extended)
UNION ALL SELECT 'function', p.prokind::text, p.proname::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
    AND p.oid NOT IN (SELECT objid FROM extended)
UNION ALL SELECT 'trigger', '', t.tgname::text FROM pg_trigger t WHERE NOT t.tgisinternal
UNION ALL SELECT 'constraint', c.contype::text, pg_get_constraintdef(c.oid) FROM pg_constraint c
    WHERE c.connamespace = 'public'::regnamespace
ORDER BY 1, 2, 3";
    let url = postgres::database();
    let apply = |file: &str| apply(&url, &folder.join(file));
    let there = || postgres::psql(&url, THERE);
    let before = there();
    apply("0001_create.up.sql");
    let made = there();
    let is_more = made.lines().count() > before.lines().count();
    assert_eq!(is_more, has_tables(folder), "{name} on PostgreSQL makes nothing");
    apply("0001_create.down.sql");
    assert_eq!(there(), before, "{name} on PostgreSQL leaves something");
    apply("0001_create.up.sql");
    assert_eq!(there(), made, "{name} on PostgreSQL is made otherwise the second time");
}

fn apply(url: &str, file: &Path) -> String {
    let how = ["--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1", "--file"];
    run(Command::new("psql").arg(url).args(how).arg(file))
}

/// Not every database has the extension with the trigrams, and not every role may take it.
#[test]
fn searches_do_without_what_a_database_refuses() {
    const INDEXES: &str = "SELECT count(*) FROM pg_indexes WHERE indexname = 'atlas9_books_search'";
    let out = scratch("sql").join("refused");
    generate(&bookstore(), &out, &["sql"]);
    let file = out.join("generated/sql/postgres/0001_create.up.sql");
    let bound = postgres::database_of_bound_role();
    apply(&bound, &file);
    assert_eq!(postgres::psql(&bound, INDEXES).trim(), "0");
    assert_eq!(postgres::psql(&bound, "SELECT count(*) FROM books").trim(), "0", "the table is there");
    let ordinary = postgres::database_of_ordinary_role();
    apply(&ordinary, &file);
    assert_eq!(postgres::psql(&ordinary, INDEXES).trim(), "1");
}
