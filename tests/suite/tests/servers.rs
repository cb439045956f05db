//! `atlas9 serve` and the compiled bookstore give the same answers, on SQLite and on PostgreSQL.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use atlas9_suite::command::run;
use atlas9_suite::http::{Case, play};
use atlas9_suite::place::{atlas9, bookstore, programs, root};
use atlas9_suite::postgres;
use atlas9_suite::server::{Server, TOKEN};
use atlas9_suite::tools;

use crate::openapi::copy_package;

#[test]
fn both_servers_answer_alike_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    compare(&root().join("tests/run/http"), serve, compiled, on_sqlite(folder.path()), audit);
}

#[test]
fn both_servers_answer_alike_on_postgres() {
    compare(&root().join("tests/run/http"), serve, compiled, postgres::database, audit);
}

/// New SQLite databases in a folder.
pub fn on_sqlite(folder: &Path) -> impl FnMut() -> String {
    let mut made = 0;
    move || {
        made += 1;
        format!("sqlite://{}/{made}.db", folder.display())
    }
}

/// A client that sends its next request on a connection must not find it closed because of the one before.
#[test]
fn a_refused_body_does_not_cost_the_connection() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = serve(&format!("sqlite://{}/refused.db", folder.path().display()));
    let address = server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout can be set");
    let mut reader = BufReader::new(stream.try_clone().expect("a stream can be shared"));
    let mut send = |text: &str| stream.write_all(text.as_bytes()).expect("the connection is open");
    send("POST /v1/authors HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n");
    std::thread::sleep(Duration::from_millis(50));
    send("hello");
    assert_eq!(status(&mut reader), 401);
    send("GET /v1/authors HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer test-token\r\n\r\n");
    assert_eq!(status(&mut reader), 200);
}

/// Reads one answer; its status.
fn status(reader: &mut impl BufRead) -> u16 {
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).expect("an answer");
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a header");
        match line.trim().to_lowercase().split_once(": ") {
            Some(("content-length", value)) => length = value.parse().expect("a length"),
            Some(_) => {}
            None => break,
        }
    }
    reader.read_exact(&mut vec![0; length]).expect("a body");
    first.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("a status")
}

/// What a server has kept of changes, but for keys and times.
pub fn audit(database: &str) -> String {
    kept(
        database,
        "SELECT resource || ' ' || change || ' ' || operation || ' ' || COALESCE(version_before, 0) || ' ' || \
                  COALESCE(version_after, 0) || ' ' || CAST(changes AS text) FROM atlas9_audit ORDER BY id",
    )
}

/// What a server keeps of changes and has to tell of them, where nobody reads the events meanwhile.
pub fn audit_and_events(database: &str) -> String {
    let events = "SELECT type || ' ' || subject || ' ' || version || ' ' || COALESCE(tenant, '') || ' ' || \
                  COALESCE(CAST(data AS text), '') FROM atlas9_outbox ORDER BY position";
    audit(database) + &kept(database, events)
}

/// The only column of some rows, a line each, but for keys, times, and versions that begin at a time.
fn kept(database: &str, select: &str) -> String {
    let rows = match database.strip_prefix("sqlite://") {
        Some(file) => {
            let program = "import sqlite3, sys
for (line,) in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(line)";
            run(tools::python("python").args(["-c", program, file, select]))
        }
        None => postgres::psql(database, select),
    };
    let own = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[0-9:.]+Z|\b\d{16}\b";
    let own = regex::Regex::new(own).expect("a pattern");
    own.replace_all(&rows, "~").into_owned()
}

/// Plays every case of a folder against both servers, each on a database of its own: the answers are the same, and what is kept of
/// changes, as `kept` tells it.
pub fn compare(
    cases: &Path,
    serve: fn(&str) -> Server,
    compiled: fn(&str) -> Server,
    mut database: impl FnMut() -> String,
    kept: fn(&str) -> String,
) {
    for case in Case::all(cases) {
        let (one, other) = (database(), database());
        let interpreted = (play(&case, &serve(&one).url, TOKEN), kept(&one));
        let compiled = (play(&case, &compiled(&other).url, TOKEN), kept(&other));
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
    Server::start(&mut compiled_command(database))
}

fn compiled_command(database: &str) -> Command {
    let mut command = Command::new(programs().1);
    command.env("DATABASE_URL", database).env("BOOKSTORE_TOKEN", TOKEN).env("PORT", "0");
    command.current_dir(root());
    command
}

/// `atlas9 serve` with the bookstore, which takes as many requests as come.
pub fn serve_unlimited(database: &str) -> Server {
    let package = tempfile::tempdir().expect("a temporary folder");
    copy_package(&bookstore(), package.path());
    let service = package.path().join("schema/service.atlas");
    let text = std::fs::read_to_string(&service).expect("the bookstore has a service");
    let limit = "    rate_limit   600 per minute\n";
    assert!(text.contains(limit), "the bookstore has another rate limit: {text}");
    std::fs::write(&service, text.replace(limit, "")).expect("the file can be written");
    Server::start(
        atlas9()
            .args(["serve", "--port", "0", "--no-reload", "--dev-token", TOKEN, "--database", database])
            .arg(package.path()),
    )
}

/// The compiled bookstore, which takes as many requests as come.
pub fn compiled_unlimited(database: &str) -> Server {
    Server::start(compiled_command(database).env("ATLAS9_RATE_LIMIT", "false"))
}
