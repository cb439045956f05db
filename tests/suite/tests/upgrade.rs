//! A database that an older server has left: what it has kept is still good for the newer one.

use std::process::Command;

use atlas9_suite::command::run;
use atlas9_suite::postgres;
use atlas9_suite::server::{Server, TOKEN};
use ureq::Agent;
use ureq::http::Request;

use crate::servers::{compiled, on_sqlite};

/// The table of kept answers as it was before there were tenants.
const OLD_SQLITE: &str = "
ALTER TABLE atlas9_idempotency RENAME TO newer;
CREATE TABLE atlas9_idempotency (
    principal TEXT NOT NULL,
    operation TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (principal, operation, idempotency_key)
) WITHOUT ROWID;
INSERT INTO atlas9_idempotency
SELECT principal, operation, idempotency_key, request_hash, status, headers, body, created_at FROM newer;
DROP TABLE newer;
CREATE INDEX atlas9_idempotency_created_at_idx ON atlas9_idempotency (created_at);";

const OLD_POSTGRES: &str = "
ALTER TABLE atlas9_idempotency DROP CONSTRAINT atlas9_idempotency_pkey;
ALTER TABLE atlas9_idempotency DROP COLUMN tenant;
ALTER TABLE atlas9_idempotency ADD PRIMARY KEY (principal, operation, idempotency_key);";

#[test]
fn a_request_from_before_there_were_tenants_is_not_done_twice() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for database in [on_sqlite(folder.path())(), postgres::database()] {
        let first = create(&compiled(&database));
        assert_eq!((first.0, first.1.as_str()), (201, ""));
        make_old(&database);
        // Once to take the answers along, and once with a table that is new already.
        for _ in 0..2 {
            let again = create(&compiled(&database));
            assert_eq!((again.0, again.1.as_str(), &again.2), (201, "true", &first.2));
        }
    }
}

fn make_old(database: &str) {
    match database.strip_prefix("sqlite://") {
        Some(file) => {
            let program = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])";
            run(Command::new("python3").args(["-c", program, file, OLD_SQLITE]));
        }
        None => {
            postgres::psql(database, OLD_POSTGRES);
        }
    }
}

/// The status, whether it is told as repeated, and the body.
fn create(server: &Server) -> (u16, String, String) {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let request = Request::post(format!("{}/v1/authors", server.url))
        .header("authorization", format!("Bearer {TOKEN}"))
        .header("content-type", "application/json")
        .header("idempotency-key", "before");
    let mut answer = agent.run(request.body(r#"{"name": "Ursula"}"#).expect("a request")).expect("an answer");
    let repeated = answer.headers().get("idempotent-replayed").and_then(|value| value.to_str().ok());
    let repeated = repeated.unwrap_or_default().to_owned();
    let body = answer.body_mut().read_to_string().expect("a body");
    (answer.status().as_u16(), repeated, body)
}
