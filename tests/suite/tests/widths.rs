//! Texts that no index has room for: PostgreSQL's hold a third of a page, SQLite's hold anything, and both servers answer alike.

use std::fs;
use std::path::Path;

use atlas9_suite::place::atlas9;
use atlas9_suite::postgres;
use atlas9_suite::server::Server;
use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Request;

use crate::servers::on_sqlite;

const SCHEMA: &str = r#"namespace notes

service Notes {
    version  "1.0.0"
}

resource Topic @events {
    code:  string(1..=3000)  @key

    operations { create public get public list public filter(code) }
}

resource Note in Topic {
    code:     string(1..=3000)  @key
    title:    string?           @unique
    area:     string(..=40)     = "all"
    summary:  string            = ""
    see:      ref Topic?

    storage {
        index (summary)
        index (area, summary)
        unique (area, summary)
    }
    operations {
        create public
        update public
        list public filter(area)
        action retitle(title: string) -> Note public sets title: title
        action rearea(area: string(..=40)) -> Note public sets area: area
    }
}

resource Log {
    id:    uuid    @key
    text:  string
    kind:  string(..=40)

    storage {
        index (text)
        index (kind, text)
    }
    operations { create public list public filter(text, kind) sort(text) }
}
"#;

#[test]
fn what_no_index_holds_is_refused_alike() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("atlas.yaml"), "name: notes\n").expect("the file can be written");
    fs::write(folder.path().join("notes.atlas"), SCHEMA).expect("the file can be written");
    for database in [on_sqlite(folder.path())(), postgres::database()] {
        let server = serve(folder.path(), &database);
        keys(&server);
        unique(&server);
        plain(&server);
    }
}

fn keys(server: &Server) {
    refused(server, "POST", "/topics", &json!({"code": random(3000)}), "#/code");
    let most = random(2000);
    made(server, "/topics", &json!({"code": most}));
    let found = ask(server, "GET", &format!("/topics?code={most}"), &Value::Null).1;
    assert_eq!(found["items"][0]["code"], json!(most));
    // What lives in it has its key as well.
    let notes = format!("/topics/{most}/notes");
    refused(server, "POST", &notes, &json!({"code": random(1000)}), "#/code");
    made(server, &notes, &json!({"code": random(500)}));
    // Events hold the key as JSON, in which a quotation mark is two bytes.
    refused(server, "POST", "/topics", &json!({"code": "\"".repeat(1400)}), "#/code");
}

fn unique(server: &Server) {
    made(server, "/topics", &json!({"code": "t"}));
    let notes = "/topics/t/notes";
    refused(server, "POST", notes, &json!({"code": "a", "title": random(2700)}), "#/title");
    refused(server, "POST", notes, &json!({"code": "a", "title": "\u{4e16}".repeat(900)}), "#/title");
    refused(server, "POST", notes, &json!({"code": "a", "summary": random(2700)}), "#/summary");
    refused(server, "POST", notes, &json!({"code": "a", "see": random(2700)}), "#/see");
    made(server, notes, &json!({"code": "a", "title": random(2650), "summary": random(2600)}));
    refused(server, "PATCH", "/topics/t/notes/a", &json!({"title": random(2700)}), "#/title");
    refused(server, "POST", "/topics/t/notes/a/retitle", &json!({"title": random(2700)}), "#/title");
    // Only together with the summary, which the action does not set, is it too long.
    let long = json!({"area": "\u{1f30d}".repeat(40)});
    let (status, problem) = ask(server, "POST", "/topics/t/notes/a/rearea", &long);
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("too_long")), "{problem}");
}

/// An index that only speeds up reads refuses nothing.
fn plain(server: &Server) {
    for length in [3000, 100_000] {
        let text = random(length);
        made(server, "/logs", &json!({"text": text, "kind": "x"}));
    }
    let (_, list) = ask(server, "GET", "/logs?kind=x&sort=text", &Value::Null);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2), "{list}");
}

fn made(server: &Server, path: &str, body: &Value) {
    let (status, answer) = ask(server, "POST", path, body);
    assert_eq!(status, 201, "{path}: {answer}");
}

fn refused(server: &Server, method: &str, path: &str, body: &Value, pointer: &str) {
    let (status, problem) = ask(server, method, path, body);
    let first = &problem["errors"][0];
    assert_eq!(
        (status, &first["pointer"], &first["code"]),
        (422, &json!(pointer), &json!("too_long")),
        "{problem}"
    );
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(1), "{problem}");
    assert!(first["detail"].as_str().expect("a detail").contains(" bytes"), "{problem}");
}

/// Letters that do not compress: PostgreSQL tries that before it gives up.
fn random(length: usize) -> String {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_add(length as u64);
    let mut letter = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'A' + u8::try_from(state % 58 % 26 + state % 2 * 32).expect("a letter"))
    };
    (0..length).map(|_| letter()).collect()
}

fn ask(server: &Server, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let request = Request::builder().method(method).uri(format!("{}{path}", server.url));
    let request = request.header("content-type", "application/json");
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let mut answer = agent.run(request.body(text).expect("a request")).expect("an answer");
    let text = answer.body_mut().read_to_string().expect("a body");
    (answer.status().as_u16(), serde_json::from_str(&text).expect("JSON"))
}

fn serve(package: &Path, database: &str) -> Server {
    let mut command = atlas9();
    command.arg("serve").arg(package).args(["--no-reload", "--port", "0", "--database", database]);
    Server::start(command.env("ATLAS9_RATE_LIMIT", "false"))
}
