//! `atlas9 keys`: keys that a running service accepts until they are revoked.

use std::path::Path;
use std::process::Command;

use atlas9_suite::command::{Said, run, said};
use atlas9_suite::place::{atlas9, bookstore};
use atlas9_suite::postgres;
use atlas9_suite::server::Server;
use serde_json::Value;
use ureq::Agent;

use crate::servers::{compiled, on_sqlite, serve};

fn keys(database: &str, words: &[&str]) -> Command {
    let mut command = atlas9();
    command.arg("keys").args(words).args(["--database", database]);
    command
}

fn json(command: &mut Command) -> Value {
    serde_json::from_str(&run(command.args(["--format", "json"]))).expect("JSON")
}

/// The status of a list of books, or of a book that cannot be read.
fn status(server: &Server, method: &str, key: &str) -> u16 {
    send(server, method, "books", key).0
}

/// The status and the body of an answer.
fn send(server: &Server, method: &str, path: &str, key: &str) -> (u16, Value) {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let request = ureq::http::Request::builder().method(method).uri(format!("{}/v1/{path}", server.url));
    let request =
        request.header("authorization", format!("Bearer {key}")).header("content-type", "application/json");
    let answer = agent.run(request.body("{").expect("a request")).expect("an answer");
    let status = answer.status().as_u16();
    let text = answer.into_body().read_to_string().expect("text");
    (status, serde_json::from_str(&text).unwrap_or_default())
}

#[test]
fn a_key_opens_a_running_service_until_it_is_revoked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for database in [on_sqlite(folder.path())(), postgres::database()] {
        let server = serve(&database);
        let create =
            ["create", "--name", "reader", "--scope", "books_read", "--expires", "90d", "examples/bookstore"];
        let made = said(&mut keys(&database, &create));
        assert_eq!(made.status, 0, "{}", made.err);
        let key = made.out.trim_end();
        assert!(key.starts_with("atlas9_") && !made.err.contains(key), "{}{}", made.out, made.err);
        assert_eq!(status(&server, "GET", key), 200);
        assert_eq!(status(&server, "POST", key), 403);
        let listed = json(&mut keys(&database, &["list"]));
        assert_eq!(listed[0]["name"], "reader");
        assert_eq!(listed[0]["state"], "active");
        assert_eq!(listed[0]["scopes"], serde_json::json!(["books_read"]));
        assert!(!listed.to_string().contains(key));
        let id = listed[0]["id"].as_str().expect("an id");
        assert!(run(&mut keys(&database, &["list"])).contains(id));
        assert_eq!(run(&mut keys(&database, &["revoke", id])), format!("revoked {id} (reader)\n"));
        assert_eq!(status(&server, "GET", key), 401);
        assert_eq!(json(&mut keys(&database, &["list"]))[0]["state"], "revoked");
    }
}

/// A list and a get by whoever lacks the scope of a field, on both servers and both databases.
#[test]
fn a_caller_who_may_not_see_a_field_cannot_ask_for_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut sqlite = on_sqlite(folder.path());
    let start: [fn(&str) -> Server; 2] = [serve, compiled];
    for (database, start) in
        [sqlite(), postgres::database(), sqlite(), postgres::database()].iter().zip(start.iter().cycle())
    {
        let server = start(database);
        let create = ["create", "--name", "reader", "--scope", "books_read", "examples/bookstore"];
        let key = run(&mut keys(database, &create));
        let ask = |path: &str| send(&server, "GET", path, key.trim_end());
        for path in [
            "books?fields=id,supplier_note",
            "books/00000000-0000-7000-8000-000000000000?fields=supplier_note",
        ] {
            let (status, answer) = ask(path);
            assert_eq!(
                (status, &answer["required_scopes"]),
                (403, &serde_json::json!(["books_write"])),
                "{answer}"
            );
        }
        let (status, answer) = ask("books?fields=supplier_not,titel");
        let details: Vec<&str> = answer["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|error| error["detail"].as_str())
            .collect();
        assert_eq!(status, 400, "{answer}");
        assert_eq!(
            details,
            [
                "`supplier_not` is no field of what is answered",
                "`titel` is no field of what is answered; did you mean `title`?",
            ]
        );
        assert_eq!(ask("books?fields=id,title").0, 200);
    }
}

#[test]
fn the_key_is_in_the_json_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = on_sqlite(folder.path())();
    let server = serve(&database);
    let create =
        ["create", "--name", "ci", "--tenant", "acme", "--principal", "joe", "--scope", "books_read"];
    let made = json(&mut keys(&database, &create));
    assert_eq!(status(&server, "GET", made["key"].as_str().expect("a key")), 200);
    assert_eq!((&made["tenant"], &made["principal"]), (&"acme".into(), &"joe".into()));
    assert_eq!(json(&mut keys(&database, &["list"]))[0]["key"], Value::Null);
}

/// Fails with these words.
fn check(said: &Said, words: &[&str]) {
    assert_eq!((said.status, said.out.as_str()), (2, ""), "{}", said.err);
    words.iter().for_each(|word| assert!(said.err.contains(word), "{word}:\n{}", said.err));
}

#[test]
fn what_cannot_be_done_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
    let missing = url("missing");
    let create = |database: &str, more: &[&str]| {
        said(keys(database, &["create", "--name", "ci"]).args(more).current_dir(folder.path()))
    };
    check(&create(&missing, &["--scope", "x"]), &["E0013", "missing.db"]);
    assert!(!Path::new(missing.trim_start_matches("sqlite://")).exists());
    std::fs::write(folder.path().join("empty.db"), "").expect("a file");
    check(&create(&url("empty"), &["--scope", "x"]), &["E0013", "no tables", "start the service"]);
    let package = bookstore().display().to_string();
    let typo = create(&missing, &["--scope", "book_read", "--scope", "books_write", &package]);
    check(&typo, &["E0039", "no scope called `book_read`", "did you mean `books_read`?"]);
    check(&create(&missing, &["--expires", "soon"]), &["90d"]);
    check(&create(&missing, &["--tenant", "a\nb"]), &["control character"]);
    let served = url("served");
    let _server = serve(&served);
    check(&said(&mut keys(&served, &["revoke", "nobody"])), &["E0039", "`nobody`", "keys list"]);
}
