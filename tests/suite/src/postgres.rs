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
