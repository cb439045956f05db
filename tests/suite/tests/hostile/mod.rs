//! Hostile requests: whatever stands in a field, a parameter, a header, a cursor or a token, the answer is a problem with the right
//! status, never a failure of the server; it tells nothing of what is inside, and no row has changed.

mod attacks;
pub mod services;
mod state;

use atlas9_suite::postgres;
use atlas9_suite::raw::{Answer, send};
use atlas9_suite::server::{Server, TOKEN};
use serde_json::Value;

use crate::servers::{compiled_unlimited, on_sqlite, serve_unlimited};
use attacks::{Attack, BODIES, PROTOCOL, TOKENS, attacks};
use services::{Operation, Service, bookstore, library};
use state::state;

#[test]
fn the_bookstore_is_not_moved_when_it_is_served() {
    each_database(serve_unlimited, bookstore);
}

#[test]
fn the_bookstore_is_not_moved_when_it_is_compiled() {
    each_database(compiled_unlimited, bookstore);
}

#[test]
fn the_library_is_not_moved_when_it_is_served() {
    each_database(crate::library::serve, library);
}

#[test]
fn the_library_is_not_moved_when_it_is_compiled() {
    each_database(crate::library::compiled, library);
}

fn each_database(start: fn(&str) -> Server, service: fn(&str) -> Service) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for database in [on_sqlite(folder.path())(), postgres::database()] {
        let server = start(&database);
        let service = service(&server.url);
        let mut siege = Siege { url: &server.url, database: &database, sent: 0 };
        for operation in service.operations() {
            siege.operation(&operation);
        }
        siege.cursors(&service);
        siege.protocol();
        assert_eq!(siege.send(b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").status, 200);
        println!("{database}: {} hostile requests", siege.sent);
        assert!(siege.sent > 1000, "only {} requests", siege.sent);
    }
}

/// Attacks on one server.
struct Siege<'a> {
    url: &'a str,
    database: &'a str,
    sent: usize,
}

impl Siege<'_> {
    /// Attacks every part of an operation's request. Those that are refused are sent once more, for what they leave behind.
    fn operation(&mut self, operation: &Operation) {
        let mut refused = Vec::new();
        for attack in attacks(operation) {
            let answer = self.send(&attack.bytes);
            judge(&attack, &answer);
            if answer.status >= 400 {
                refused.push(attack);
            }
        }
        for token in TOKENS {
            let attack =
                Attack::new("a token", operation.request().header("authorization", token.as_bytes()));
            let answer = self.send(&attack.bytes);
            judge(&attack, &answer);
            let public = operation.public && token.is_empty();
            assert!(public || answer.status == 401, "{token}: {answer:?}");
        }
        self.bodies(operation, &mut refused);
        assert!(!refused.is_empty(), "{}: nothing was refused", operation.name);
        let before = state(self.database);
        for attack in &refused {
            self.send(&attack.bytes);
        }
        assert_eq!(
            state(self.database),
            before,
            "{}: what was refused has changed something",
            operation.name
        );
    }

    /// Bodies that are no JSON, or none that an operation could want.
    fn bodies(&mut self, operation: &Operation, refused: &mut Vec<Attack>) {
        let Some(_) = operation.body else { return };
        for (body, statuses) in BODIES.iter().map(|(body, statuses)| (body(), statuses)) {
            let attack = Attack::new("a body", operation.request().raw_body(body));
            let answer = self.send(&attack.bytes);
            judge(&attack, &answer);
            assert!(statuses.contains(&answer.status), "not {statuses:?}: {}", told(&attack, &answer));
            refused.push(attack);
        }
    }

    /// A cursor is taken by the list and the query that it was made for, and only whole.
    fn cursors(&mut self, service: &Service) {
        let made: Vec<(&str, String)> =
            service.lists.iter().map(|list| (list.as_str(), self.cursor(list))).collect();
        for (list, cursor) in &made {
            let mut wrong: Vec<String> =
                made.iter().filter(|(other, _)| other != list).map(|(_, c)| c.clone()).collect();
            for place in (0..cursor.len()).step_by(3) {
                let letter = if cursor.as_bytes().get(place) == Some(&b'A') { "B" } else { "A" };
                wrong.push(format!("{}{letter}{}", &cursor[..place], &cursor[place + 1..]));
            }
            wrong.extend([
                String::new(),
                "A".repeat(2000),
                cursor[1..].to_owned(),
                format!("{cursor}{cursor}"),
            ]);
            for cursor in wrong {
                let answer = self.get(&format!("{list}&cursor={cursor}"));
                assert_eq!(answer.status, 400, "{list} {cursor}: {answer:?}");
            }
            assert_eq!(self.get(&format!("{list}&count=true&cursor={cursor}")).status, 200, "{list}");
            assert_eq!(self.get(&format!("{list}&sort=-{}&cursor={cursor}", "name")).status, 400, "{list}");
        }
        assert!(made.len() > 1, "no cursor of another list");
    }

    fn cursor(&mut self, list: &str) -> String {
        let page: Value = serde_json::from_str(&self.get(list).body).expect("a page");
        page["next_cursor"].as_str().unwrap_or_else(|| panic!("{list} has no second page: {page}")).to_owned()
    }

    fn get(&mut self, path: &str) -> Answer {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n\r\n"
        );
        self.send(request.as_bytes())
    }

    /// What is no HTTP never reaches the service, and is refused by the library that reads it, which knows no problems.
    fn protocol(&mut self) {
        for bytes in PROTOCOL.iter().map(|make| make()) {
            self.sent += 1;
            let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
            let Some(answer) = send(self.url, &bytes) else { continue };
            assert!((400..500).contains(&answer.status), "{shown}: {answer:?}");
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Answer {
        self.sent += 1;
        let shown = || String::from_utf8_lossy(&bytes[..bytes.len().min(600)]).into_owned();
        send(self.url, bytes).unwrap_or_else(|| panic!("no answer to {}", shown()))
    }
}

/// Words that tell what is inside.
const INSIDE: [&str; 15] = [
    "SELECT",
    "INSERT",
    "UPDATE ",
    "DELETE FROM",
    "sqlx",
    "sqlite",
    "postgres",
    "relation",
    "constraint",
    "panicked",
    "thread",
    ".rs",
    "/src",
    "stack",
    "atlas9_",
];

/// An answer is a success that fits, or a problem that tells nothing of the inside.
fn judge(attack: &Attack, answer: &Answer) {
    let told = || told(attack, answer);
    assert!(answer.status < 500 || (answer.status == 501 && attack.may_lack_code), "{}", told());
    if answer.status < 400 {
        return;
    }
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", told());
    let problem: Value =
        serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", told()));
    assert_eq!(problem["status"], answer.status, "{}", told());
    for member in ["type", "title", "detail", "instance", "code", "kind"] {
        assert!(problem[member].is_string(), "no {member}: {}", told());
    }
    let own = decoded(&attack.bytes);
    for word in INSIDE.iter().filter(|word| answer.body.contains(**word)) {
        assert!(own.contains(word), "`{word}` is told: {}", told());
    }
}

/// The request without percent-encoding: what it says itself may be said of it.
fn decoded(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split('%');
    let mut found = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => found.extend([&[byte], part.get(2..).unwrap_or_default().as_bytes()].concat()),
            None => found.extend(part.as_bytes()),
        }
    }
    String::from_utf8_lossy(&found).into_owned()
}

fn told(attack: &Attack, answer: &Answer) -> String {
    let bytes = &attack.bytes[..attack.bytes.len().min(1500)];
    format!("{}: {}\nanswered {answer:?}", attack.what, String::from_utf8_lossy(bytes))
}
