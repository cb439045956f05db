//! `atlas9 serve` and the compiled bookstore give the same answers, on SQLite and on PostgreSQL.

use std::process::Command;

use atlas9_suite::http::{Case, play};
use atlas9_suite::place::{atlas9, bookstore, programs, root};
use atlas9_suite::postgres;
use atlas9_suite::server::{Server, TOKEN};

#[test]
fn both_servers_answer_alike_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut made = 0;
    compare(|| {
        made += 1;
        format!("sqlite://{}/{made}.db", folder.path().display())
    });
}

#[test]
fn both_servers_answer_alike_on_postgres() {
    compare(postgres::database);
}

/// Plays every case against both servers, each on a database of its own.
fn compare(mut database: impl FnMut() -> String) {
    for case in Case::all(&root().join("tests/run/http")) {
        let interpreted = play(&case, &serve(&database()).url, TOKEN);
        let compiled = play(&case, &compiled(&database()).url, TOKEN);
        assert_eq!(
            interpreted, compiled,
            "case {}: serve (left) and the compiled server (right) differ",
            case.name
        );
    }
}

/// `atlas9 serve` with the bookstore.
pub fn serve(database: &str) -> Server {
    Server::start(
        atlas9()
            .args(["serve", "--port", "0", "--no-reload", "--dev-token", TOKEN, "--database", database])
            .arg(bookstore()),
    )
}

/// The compiled bookstore.
pub fn compiled(database: &str) -> Server {
    Server::start(
        Command::new(programs().1)
            .env("DATABASE_URL", database)
            .env("BOOKSTORE_TOKEN", TOKEN)
            .env("PORT", "0")
            .current_dir(root()),
    )
}
