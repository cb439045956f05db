//! Two servers on one database, which share nothing else: what an `Idempotency-Key` promises holds across them.

use std::sync::Arc;
use std::time::Duration;

use atlas9_server::{Cx, Handler, Options, Output, Problem, Record, Store, default};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use crate::bookstore::{BOOK, SERVICE};
use crate::harness::{Api, Call, Reply, app, author, call, databases, dune};

/// Where a server stands still with a book that it has made and not yet committed.
#[derive(Clone)]
struct Gate {
    reached: Arc<Semaphore>,
    open: Arc<Semaphore>,
}

fn stopped_at(gate: &Gate) -> Handler {
    let gate = gate.clone();
    Arc::new(move |cx: &mut Cx, input| {
        let gate = gate.clone();
        Box::pin(async move {
            let record: Record = input.body;
            let made = default::create(cx, &BOOK, record).await?;
            gate.reached.add_permits(1);
            gate.open.acquire().await.map_err(|_| Problem::conflict("Shut."))?.forget();
            Ok(Output::Record(made))
        })
    })
}

/// One database with two servers. The first one stands still in each create of a book.
struct Two {
    first: Arc<Api>,
    second: Arc<Api>,
    gate: Gate,
    body: Value,
    url: String,
    _folder: tempfile::TempDir,
}

/// Databases that several processes can share.
async fn pairs() -> Vec<Two> {
    let mut found = Vec::new();
    for (database, url, folder) in databases().await {
        if database.contains("memory") {
            continue;
        }
        let options = || Options { timeout: Duration::from_secs(20), ..Options::default() };
        let gate = Gate { reached: Arc::new(Semaphore::new(0)), open: Arc::new(Semaphore::new(0)) };
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let still = app(store.clone(), options()).handler("Book", "create", stopped_at(&gate));
        let first = Arc::new(Api::of(still.start().expect("a server").router(), store));
        let store = Store::open(&url).await.expect("the same database");
        let router = app(store.clone(), options()).start().expect("a server").router();
        let second = Arc::new(Api::of(router, store));
        let body = dune(&author(&second).await, 1);
        found.push(Two { first, second, gate, body, url, _folder: folder });
    }
    found
}

impl Two {
    fn create(&self) -> Call {
        call("POST", "/v1/books").header("idempotency-key", "k").json(self.body.clone())
    }

    /// Begins a create in the first server, and returns when it has made the book and not committed it.
    async fn begin(&self) -> JoinHandle<Reply> {
        let (api, call) = (Arc::clone(&self.first), self.create());
        let working = tokio::spawn(async move { api.send(call).await });
        self.gate.reached.acquire().await.expect("a gate").forget();
        working
    }

    fn send(&self, api: &Arc<Api>) -> JoinHandle<Reply> {
        let (api, call) = (Arc::clone(api), self.create());
        tokio::spawn(async move { api.send(call).await })
    }

    fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite")
    }

    async fn has_one_book(&self) {
        self.second.check(call("GET", "/v1/books?count=true"), 200, json!({"count": 1})).await;
    }
}

/// PostgreSQL tells the other server at once that the key is in use; SQLite has one writer, for whom the other waits.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_in_flight_is_known_to_other_processes() {
    for two in pairs().await {
        let working = two.begin().await;
        let mut other = two.send(&two.second);
        if two.is_sqlite() {
            let early = tokio::time::timeout(Duration::from_millis(300), &mut other).await;
            assert!(early.is_err(), "an answer before the first one was there");
            two.gate.open.add_permits(1);
        } else {
            let refused = other.await.expect("an answer");
            assert_eq!((refused.status, refused.text("/code")), (409, "idempotency_in_flight".to_owned()));
            two.gate.open.add_permits(1);
            other = tokio::spawn(std::future::ready(refused));
        }
        let made = working.await.expect("an answer");
        assert_eq!(made.status, 201);
        let second = if two.is_sqlite() { other.await } else { two.send(&two.second).await };
        let replayed = second.expect("an answer");
        assert_eq!((replayed.status, replayed.header("idempotent-replayed")), (201, "true"));
        assert_eq!(replayed.bytes, made.bytes);
        two.has_one_book().await;
    }
}

/// The key is bound to the transaction, not to a time: it is free as soon as whoever held it is gone.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_free_when_its_holder_is_gone() {
    for two in pairs().await {
        let working = two.begin().await;
        if two.is_sqlite() {
            working.abort();
            assert!(working.await.is_err());
        } else {
            let pool = sqlx::PgPool::connect(&two.url).await.expect("PostgreSQL");
            let holders = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                 WHERE state = 'idle in transaction' AND pid IN (SELECT pid FROM pg_locks
                     WHERE relation = to_regclass('books')::oid)";
            let ended: i64 = sqlx::query_scalar(holders).fetch_one(&pool).await.expect("a count");
            assert_eq!(ended, 1);
            two.gate.open.add_permits(1);
            assert_eq!(working.await.expect("an answer").status, 503);
        }
        let made = two.send(&two.second).await.expect("an answer");
        assert_eq!((made.status, made.header("idempotent-replayed")), (201, ""));
        let replayed = two.send(&two.second).await.expect("an answer");
        assert_eq!((replayed.status, replayed.header("idempotent-replayed")), (201, "true"));
        two.has_one_book().await;
    }
}

/// What is rolled back leaves no trace of its key.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_free_when_its_work_is_undone() {
    for two in pairs().await {
        let working = two.begin().await;
        two.gate.open.close();
        assert_eq!(working.await.expect("an answer").status, 409);
        let made = two.send(&two.second).await.expect("an answer");
        assert_eq!((made.status, made.header("idempotent-replayed")), (201, ""));
        two.has_one_book().await;
    }
}

/// Services that share a database of PostgreSQL, each in a schema of its own, know nothing of each other's keys.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_free_in_another_schema() {
    let mut found = [pairs().await, pairs().await].into_iter().flatten().filter(|two| !two.is_sqlite());
    let (one, other) = (found.next().expect("a schema"), found.next().expect("another one"));
    let working = one.begin().await;
    assert_eq!(other.send(&other.second).await.expect("an answer").status, 201);
    one.gate.open.add_permits(1);
    assert_eq!(working.await.expect("an answer").status, 201);
}
