//! What a database holds of a service.

use std::process::Command;

use atlas9_suite::command::run;
use atlas9_suite::postgres::psql;
use atlas9_suite::tools;

const SQLITE: &str = "import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
names = db.execute(\"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'atlas9%' ORDER BY name\")
for (name,) in names.fetchall():
    for row in db.execute(f'SELECT * FROM \"{name}\" ORDER BY 1'): print(name, row)";

/// Every row of every table, apart from the runtime's own.
pub fn state(database: &str) -> String {
    let rows = match database.strip_prefix("sqlite://") {
        Some(file) => run(sqlite().args(["-c", SQLITE, file])),
        None => {
            let tables = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'atlas9%'";
            let each = psql(database, tables);
            let each =
                each.lines().map(|table| format!("SELECT '{table}' AS name, t::text AS row FROM {table} t"));
            let all = each.collect::<Vec<_>>().join(" UNION ALL ");
            psql(database, &format!("{all} ORDER BY 1, 2"))
        }
    };
    assert!(!rows.is_empty(), "{database} is empty");
    rows
}

fn sqlite() -> Command {
    let mut python = tools::python("python");
    python.env("PYTHONIOENCODING", "utf-8");
    python
}
