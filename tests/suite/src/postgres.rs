//! Databases on the PostgreSQL server that `tests/all` starts.

use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::command::run;

static MADE: AtomicU32 = AtomicU32::new(0);

/// The URL of a new, empty database.
pub fn database() -> String {
    let server = server();
    let name = format!("t{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    psql(&format!("{server}/postgres"), &format!("CREATE DATABASE {name}"));
    format!("{server}/{name}")
}

/// The same for a role that is an ordinary one, as servers have: row security binds it.
pub fn database_of_ordinary_role() -> String {
    let server = server();
    let make = "DO $$ BEGIN CREATE ROLE atlas9_ordinary LOGIN; \
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";
    psql(&format!("{server}/postgres"), make);
    let (url, name) = (database(), "atlas9_ordinary");
    let database = url.rsplit('/').next().unwrap_or_default();
    psql(&format!("{server}/postgres"), &format!("ALTER DATABASE {database} OWNER TO {name}"));
    of_role(&url, name)
}

/// The same for a role that may make tables and nothing else, no extensions among it.
pub fn database_of_bound_role() -> String {
    let url = database();
    let make = "DO $$ BEGIN CREATE ROLE atlas9_bound LOGIN; \
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";
    psql(&url, make);
    psql(&url, "GRANT ALL ON SCHEMA public TO atlas9_bound");
    of_role(&url, "atlas9_bound")
}

/// The same database for another role.
fn of_role(url: &str, name: &str) -> String {
    match url.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.split_once('@')?.1))) {
        Some((scheme, place)) => format!("{scheme}://{name}@{place}"),
        None => panic!("ATLAS9_POSTGRES names no role"),
    }
}

/// Runs SQL that must succeed; what it answers, unadorned.
pub fn psql(url: &str, sql: &str) -> String {
    run(Command::new("psql").args([url, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]).args([
        "--set",
        "ON_ERROR_STOP=1",
        "--command",
        sql,
    ]))
}

/// The URL of the server, without a database.
///
/// # Panics
/// Where there is none.
pub fn server() -> String {
    std::env::var("ATLAS9_POSTGRES").unwrap_or_else(|_| {
        panic!("ATLAS9_POSTGRES is not set: run tests/all, which starts a PostgreSQL server")
    })
}
