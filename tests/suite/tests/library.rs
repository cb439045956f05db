//! The second service: what the bookstore does not have is answered alike by `atlas9 serve` and the compiled server, on SQLite and on
//! PostgreSQL; what is code is Rust in the one, and 501 in the other.

use std::path::PathBuf;
use std::process::Command;

use atlas9_suite::http::{Case, play};
use atlas9_suite::place::{atlas9, library, root};
use atlas9_suite::postgres;
use atlas9_suite::server::{Server, TOKEN};

use ureq::Agent;
use ureq::http::Request;

use crate::servers::{audit, audit_and_events, compare, on_sqlite};

#[test]
fn both_servers_answer_alike_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    compare(&cases(), serve, compiled, on_sqlite(folder.path()), audit_and_events);
}

#[test]
fn both_servers_answer_alike_on_postgres() {
    compare(&cases(), serve, compiled, postgres::database, audit_and_events);
}

#[test]
fn changes_are_kept_with_what_became_of_each_field() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = on_sqlite(folder.path())();
    let server = serve(&database);
    assert_eq!(send(&server.url, "PATCH", "settings", r#"{"theme": "wild"}"#).0, 200);
    assert_eq!(send(&server.url, "PATCH", "settings", r#"{"theme": "wild"}"#).0, 200);
    assert_eq!(audit(&database).trim(), r#"Settings updated update 1 2 {"theme":["calm","wild"]}"#);
    let told = audit_and_events(&database);
    let event = told.lines().nth(1).unwrap_or_default();
    assert!(
        event.starts_with("Library.Settings.updated Settings 2 ") && event.contains(r#""theme":"wild""#),
        "{told}"
    );
}

#[test]
fn operations_without_code_are_rust_in_the_compiled_server_and_501_in_serve() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut database = on_sqlite(folder.path());
    for url in [database(), postgres::database()] {
        check("compiled", &compiled(&url));
    }
    for url in [database(), postgres::database()] {
        check("serve", &serve(&url));
    }
}

/// A list that needs a key keeps one, also where the last two are deleted at the same time.
#[test]
fn the_last_keys_of_a_list_do_not_go_together() {
    let server = serve(&postgres::database());
    let author = send(&server.url, "POST", "authors", r#"{"name": "Anne"}"#).1;
    let author = author.split('"').nth(3).expect("an id");
    for round in 0..8 {
        let genres = [format!("a{round}"), format!("b{round}")];
        for genre in &genres {
            assert_eq!(send(&server.url, "POST", "genres", &format!(r#"{{"code": "{genre}"}}"#)).0, 201);
        }
        let book = format!(
            r#"{{"title": "A", "price": "1", "titles": {{}}, "authorIds": ["{author}"], "genreIds": {genres:?}, "payments": []}}"#
        );
        assert_eq!(send(&server.url, "POST", "books", &book).0, 201);
        let url = &server.url;
        let delete = |genre: &String| send(url, "DELETE", &format!("genres/{genre}"), "").0;
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let threads: Vec<_> = genres.iter().map(|genre| scope.spawn(|| delete(genre))).collect();
            threads.into_iter().map(|thread| thread.join().expect("a status")).collect()
        });
        let mut sorted = statuses.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [204, 409], "round {round}");
    }
}

/// The status and the body of an answer.
fn send(url: &str, method: &str, path: &str, body: &str) -> (u16, String) {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let request = Request::builder().method(method).uri(format!("{url}/v1/{path}"));
    let request = request.header("authorization", format!("Bearer {TOKEN}"));
    let request = request.header("content-type", "application/json").body(body.to_owned());
    let answer = agent.run(request.expect("a request")).expect("an answer");
    let status = answer.status().as_u16();
    (status, answer.into_body().read_to_string().expect("text"))
}

fn check(which: &str, server: &Server) {
    for case in Case::all(&cases().join(which)) {
        play(&case, &server.url, TOKEN);
    }
}

fn cases() -> PathBuf {
    root().join("tests/run/http/library")
}

/// `atlas9 serve` with the library.
pub fn serve(database: &str) -> Server {
    Server::start(
        atlas9()
            .args(["serve", "--port", "0", "--no-reload", "--dev-token", TOKEN, "--database", database])
            .arg("tests/run/library"),
    )
}

/// The compiled library.
pub fn compiled(database: &str) -> Server {
    let environment = [("DATABASE_URL", database), ("LIBRARY_TOKEN", TOKEN), ("PORT", "0")];
    Server::start(Command::new(library()).envs(environment).current_dir(root()))
}
