//! A server that is killed at any moment has done what it acknowledged, and nothing twice.
//!
//! Clients make authors with an `Idempotency-Key` each, and repeat a request until it is acknowledged. Meanwhile the server is killed
//! (SIGKILL) and started again, so often as `ATLAS9_CRASHES` says.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{scope, sleep};
use std::time::Duration;

use atlas9_suite::command::run;
use atlas9_suite::postgres::{self, psql};
use atlas9_suite::server::{Server, TOKEN};
use atlas9_suite::tools;
use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

use crate::servers::{compiled_unlimited, on_sqlite};

/// Kills, unless the environment says otherwise.
const KILLS: usize = 10;
const CLIENTS: usize = 6;

#[test]
fn nothing_acknowledged_is_lost_or_done_twice_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = on_sqlite(folder.path())();
    crash(&database);
    let program = "import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for (line,) in db.execute('PRAGMA integrity_check'): print(line)
for row in db.execute('PRAGMA foreign_key_check'): print(row)";
    let file = database.trim_start_matches("sqlite://");
    assert_eq!(run(tools::python("python").args(["-c", program, file])).trim(), "ok");
}

#[test]
fn nothing_acknowledged_is_lost_or_done_twice_on_postgres() {
    let database = postgres::database();
    crash(&database);
    psql(&database, "CREATE EXTENSION amcheck");
    let checked = "SELECT bt_index_check(c.oid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
                   JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace \
                   WHERE a.amname = 'btree' AND n.nspname = 'public'";
    assert!(psql(&database, checked).lines().count() > 3, "few indexes");
}

/// Whoever makes authors, and what became of it.
#[derive(Default)]
struct Load {
    /// Where the server listens now.
    url: Mutex<String>,
    stop: AtomicBool,
    /// What was acknowledged, by its key.
    acknowledged: Mutex<BTreeMap<String, Value>>,
    /// Requests without an answer.
    cut: AtomicUsize,
    /// Acknowledgements that came for a repeated request only.
    replayed: AtomicUsize,
}

fn crash(database: &str) {
    let kills = std::env::var("ATLAS9_CRASHES").ok().map(|text| text.parse().expect("a number"));
    let kills = kills.unwrap_or(KILLS);
    let load = Load::default();
    let last = scope(|scope| {
        let mut server = started(&load, database);
        for client in 0..CLIENTS {
            let load = &load;
            scope.spawn(move || load.make(client));
        }
        for round in 0..kills {
            // From a time in which nothing is done to one in which much is: 20 ms to 400 ms, in no order.
            sleep(Duration::from_millis(20 + (round as u64 * 7919) % 381));
            drop(server);
            server = started(&load, database);
        }
        sleep(Duration::from_millis(200));
        load.stop.store(true, Ordering::SeqCst);
        server
    });
    load.check(&last.url, kills);
}

/// A server that is up; dropping it kills it.
fn started(load: &Load, database: &str) -> Server {
    let server = compiled_unlimited(database);
    load.url.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&server.url);
    server
}

impl Load {
    /// Makes authors one after the other.
    fn make(&self, client: usize) {
        let agent = agent();
        for number in 0.. {
            if self.stop.load(Ordering::SeqCst) {
                return;
            }
            let key = format!("{client}-{number}");
            let body = self.until_acknowledged(&agent, &key);
            self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).insert(key, body);
        }
    }

    /// Sends a request again and again until it is acknowledged; the body of the answer.
    fn until_acknowledged(&self, agent: &Agent, key: &str) -> Value {
        loop {
            let url = self.url.lock().unwrap_or_else(PoisonError::into_inner).clone();
            match create(agent, &url, key) {
                Some(answer) if answer.status == 201 => {
                    self.replayed.fetch_add(usize::from(answer.replayed), Ordering::SeqCst);
                    return answer.body;
                }
                // The request before may still be at work in the database, or the server may be just starting.
                Some(answer) if matches!(answer.status, 409 | 503) => {}
                Some(answer) => panic!("{key}: {} {}", answer.status, answer.body),
                None => drop(self.cut.fetch_add(1, Ordering::SeqCst)),
            }
            sleep(Duration::from_millis(5));
        }
    }

    /// Every acknowledged author is there as it was acknowledged, and no other; its key answers the same again.
    fn check(&self, url: &str, kills: usize) {
        let acknowledged = self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
        let (cut, replayed) = (self.cut.load(Ordering::SeqCst), self.replayed.load(Ordering::SeqCst));
        println!("{kills} kills: {} acknowledged, {cut} cut, {replayed} replayed", acknowledged.len());
        assert!(acknowledged.len() > kills && cut >= kills, "the load was no load");
        let agent = agent();
        let mut there = authors(&agent, url);
        for (key, body) in acknowledged.iter() {
            let id = body["id"].as_str().expect("an id");
            assert_eq!(there.remove(id).as_ref(), Some(body), "{key} was acknowledged");
            let again = create(&agent, url, key).expect("an answer");
            assert!(
                again.status == 201 && again.replayed && again.body == *body,
                "{key} again: {}",
                again.body
            );
        }
        assert!(there.is_empty(), "nobody was told of {there:?}");
        assert_eq!(authors(&agent, url).len(), acknowledged.len(), "a repeated request made something");
    }
}

struct Answer {
    status: u16,
    replayed: bool,
    body: Value,
}

/// Asks for an author; nothing where no answer comes.
fn create(agent: &Agent, url: &str, key: &str) -> Option<Answer> {
    let request = Request::builder().method("POST").uri(format!("{url}/v1/authors"));
    let request = request.header("authorization", format!("Bearer {TOKEN}")).header("idempotency-key", key);
    let request = request.header("content-type", "application/json");
    let answer = agent.run(request.body(format!(r#"{{"name": "{key}"}}"#)).expect("a request")).ok()?;
    let status = answer.status().as_u16();
    let replayed = answer.headers().contains_key("idempotent-replayed");
    let body = serde_json::from_slice(&answer.into_body().read_to_vec().ok()?).ok()?;
    Some(Answer { status, replayed, body })
}

/// Every author by its id.
fn authors(agent: &Agent, url: &str) -> BTreeMap<String, Value> {
    let (mut found, mut next) = (BTreeMap::new(), String::new());
    loop {
        let request = Request::builder().uri(format!("{url}/v1/authors?limit=100{next}"));
        let request = request.header("authorization", format!("Bearer {TOKEN}")).body(()).expect("a request");
        let answer = agent.run(request).expect("an answer").into_body().read_to_vec().expect("a body");
        let page: Value = serde_json::from_slice(&answer).expect("JSON");
        for author in page["items"].as_array().expect("items") {
            let id = author["id"].as_str().expect("an id").to_owned();
            assert!(found.insert(id, author.clone()).is_none(), "{author} is listed twice");
        }
        match page["next_cursor"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return found,
        }
    }
}

fn agent() -> Agent {
    let patience = Some(Duration::from_secs(20));
    Agent::config_builder().http_status_as_error(false).timeout_global(patience).build().into()
}
