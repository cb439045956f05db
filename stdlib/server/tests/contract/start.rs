//! Starting, and what stands in the way of it.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use atlas9_server::descriptor::{Migration, Resource, Service};
use atlas9_server::{App, Live, Options, StartError, StaticToken, Store, StoreError, listen};
use serde_json::json;

use crate::bookstore::{AUTHOR, BOOK, SERVICE};
use crate::harness::{apis, app, author, call, databases};

async fn memory() -> Store {
    Store::open("sqlite::memory:").await.expect("a database")
}

/// Starts and expects these sentences, all of them.
fn check_wrong(app: App, expected: &[&str]) {
    let text = app.start().map(|_| ()).expect_err("a mistake").to_string();
    for sentence in expected {
        assert!(text.contains(sentence), "no `{sentence}` in {text}");
    }
    assert_eq!(text.lines().count(), expected.len() + 1, "{text}");
}

#[tokio::test]
async fn lists_what_is_missing() {
    check_wrong(
        App::new(&SERVICE, memory().await),
        &["call `authenticator(...)`", "`reprice` of Book has no code"],
    );
    let unknown = App::new(&SERVICE, memory().await)
        .authenticator(StaticToken::development("t", &SERVICE))
        .handler("Book", "repriced", crate::code::reprice_handler());
    check_wrong(unknown, &["no operation `repriced` of Book", "`reprice` of Book has no code"]);
    let lonely = Resource { name: "Lonely", parent: Some("Nobody"), rules: BOOK.rules, ..copy(&AUTHOR) };
    let service = Service { resources: leak(vec![leak(lonely)]), auth: &[], scopes: &[], ..copy_service() };
    let options = Options { missing_handlers_answer_501: true, ..Options::default() };
    check_wrong(
        App::new(leak(service), memory().await).options(options),
        &[
            "Lonely: the resource that it lives in is unknown",
            "Lonely: the resource that it lives in and its parent's key do not fit",
            "Lonely, rule `published_has_date`: there is no field `status`",
            "Lonely, rule `published_has_date`: there is no field `published_at`",
            "Lonely, rule `discount_below_price`: there is no field `discount`",
            "Lonely, rule `discount_below_price`: there is no field `discount.amount`",
            "Lonely, rule `discount_below_price`: there is no field `price.amount`",
            "Lonely, list: the service has no scope `books_read`",
            "Lonely, list: it requires a scope, and the service has no `auth`",
            "Lonely, create: the service has no scope `books_write`",
            "Lonely, create: it requires a scope, and the service has no `auth`",
            "Lonely, update: the service has no scope `books_write`",
            "Lonely, update: it requires a scope, and the service has no `auth`",
            "Lonely, delete: the service has no scope `books_write`",
            "Lonely, delete: it requires a scope, and the service has no `auth`",
        ],
    );
}

/// What nobody would send is not left out in silence.
#[cfg(not(feature = "otlp"))]
#[tokio::test]
async fn traces_need_their_feature() {
    let otlp_endpoint = Some("http://127.0.0.1:4318".to_owned());
    let options = Options { missing_handlers_answer_501: true, otlp_endpoint, ..Options::default() };
    let app = App::new(&SERVICE, memory().await).options(options);
    check_wrong(
        app.authenticator(StaticToken::development("t", &SERVICE)),
        &[
            "`otlp_endpoint` is set, and this server was built without traces: build it with the feature `otlp`",
        ],
    );
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn copy(resource: &Resource) -> Resource {
    Resource {
        name: resource.name,
        snake: resource.snake,
        table: resource.table,
        parent: resource.parent,
        path: resource.path,
        fields: resource.fields,
        key: resource.key,
        audited: resource.audited,
        events: resource.events,
        operations: resource.operations,
        rules: resource.rules,
        unique: resource.unique,
    }
}

/// The bookstore, to be changed.
pub fn copy_service() -> Service {
    Service {
        name: SERVICE.name,
        version: SERVICE.version,
        base_path: SERVICE.base_path,
        auth: SERVICE.auth,
        scopes: SERVICE.scopes,
        rate_limit: SERVICE.rate_limit,
        problem_base: SERVICE.problem_base,
        resources: SERVICE.resources,
        operations: SERVICE.operations,
        errors: SERVICE.errors,
        openapi: SERVICE.openapi,
        docs: SERVICE.docs,
        sqlite: SERVICE.sqlite,
        postgres: SERVICE.postgres,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_501_where_that_is_asked_for() {
    let store = memory().await;
    store.migrate(&SERVICE).await.expect("migrations");
    let options = Options { missing_handlers_answer_501: true, ..Options::default() };
    let token = StaticToken::development("full", &SERVICE);
    let server =
        App::new(&SERVICE, store.clone()).options(options).authenticator(token).start().expect("a server");
    let api = crate::harness::Api::of(server.router(), store);
    let id = crate::harness::book(&api, &author(&api).await, 1).await;
    let reprice = call("POST", format!("/v1/books/{id}/reprice")).json(json!({"percent": 1}));
    let reply = api.check(reprice, 501, json!({"code": "not_implemented"})).await;
    assert!(reply.text("/remedy").contains("`moves`"));
}

#[tokio::test(flavor = "multi_thread")]
async fn opens_databases() {
    let check = async |url: &str, expected: &str| {
        let text = Store::open(url).await.expect_err(url).to_string();
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains("s3cret"), "{text}");
    };
    let begun = Instant::now();
    let down = "postgres://joe:s3cret@127.0.0.1:1/books";
    check(down, "the database at 127.0.0.1:1 cannot be opened").await;
    check(down, "refused").await;
    assert!(begun.elapsed() < Duration::from_secs(2), "a refusal is told at once: {:?}", begun.elapsed());
    check("mysql://joe:s3cret@127.0.0.1/books", "use `sqlite://FILE`").await;
    check("nonsense", "use `sqlite://FILE`").await;
    check("postgres://joe:s3cret@[::/books", "cannot be read").await;
    check("sqlite:///nowhere/at/all/books.db", "/nowhere/at/all/books.db").await;
    // What PostgreSQL says, without the line of its own source that the driver adds.
    let (_, url, _folder) = databases().await.pop().expect("PostgreSQL");
    let server = url.trim_start_matches("postgres://").split(['/', '?']).next().unwrap_or_default();
    let missing = format!("postgres://{server}/there_is_none");
    let told = Store::open(&missing).await.expect_err(&missing).to_string();
    assert!(told.ends_with("cannot be opened: database \"there_is_none\" does not exist"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn migrates_once_and_notices_changes() {
    for (database, url, _folder) in databases().await {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        store.migrate(&SERVICE).await.expect("the same again");
        let change = Migration { version: 1, description: "create", up: "SELECT 2" };
        let changed = Service { sqlite: leak([change]), postgres: leak([change]), ..copy_service() };
        let error = store.migrate(&changed).await.expect_err("a change");
        assert!(matches!(error, StoreError::Changed { version: 1 }), "{database}: {error}");
        let behind = Service { sqlite: &[], postgres: &[], ..copy_service() };
        let error = store.migrate(&behind).await.expect_err("a database that is ahead");
        assert!(matches!(error, StoreError::Ahead { version: 1 }), "{database}: {error}");
        let broken = Migration { version: 2, description: "broken", up: "CREATE NONSENSE" };
        let both = Service {
            sqlite: leak([SERVICE.sqlite[0], broken]),
            postgres: leak([SERVICE.postgres[0], broken]),
            ..copy_service()
        };
        let error = store.migrate(&both).await.expect_err("broken SQL").to_string();
        assert!(error.contains("migration 2"), "{database}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_its_secret_and_tells_hooks() {
    for (database, url, _folder) in databases().await {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let told = Arc::new(Mutex::new(Vec::new()));
        let (teller, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let server = || {
            let (told, teller) = (Arc::clone(&told), teller.clone());
            let app = app(store.clone(), Options::default()).after_commit("Author", move |change| {
                told.lock().expect("a lock").push(format!("{} {}", change.operation, change.principal));
                let _ = teller.send(());
                async {}
            });
            crate::harness::Api::of(app.start().expect("a server").router(), store.clone())
        };
        let first = server();
        for name in ["A", "B", "C"] {
            first.check(call("POST", "/v1/authors").json(json!({"name": name})), 201, json!({})).await;
        }
        first.check(call("POST", "/v1/authors").json(json!({"name": "Undone"})), 409, json!({})).await;
        let cursor =
            first.check(call("GET", "/v1/authors?limit=1"), 200, json!({})).await.text("/next_cursor");
        let second = server();
        let next = call("GET", format!("/v1/authors?limit=1&cursor={cursor}"));
        second.check(next, 200, json!({"items": [{"name": "B"}]})).await;
        for _ in 0..3 {
            heard.recv().await;
        }
        assert_eq!(*told.lock().expect("a lock"), ["create development"; 3], "{database}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn listens_stops_and_is_replaced() {
    let listener = listen("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let taken = listen(address.to_string()).await.expect_err("a port in use");
    assert!(matches!(taken, StartError::Address { .. }));
    assert!(taken.to_string().contains("another program already listens at 127.0.0.1"), "{taken}");
    let apis = apis().await;
    let store = apis[0].store.clone();
    let live = Live::start(app(store.clone(), Options::default())).expect("a server");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(live.clone().serve_on(listener, async {
        let _ = stopped.await;
    }));
    assert!(get(address, "/livez").await.starts_with("HTTP/1.1 200"));
    assert!(get(address, "/nothing").await.starts_with("HTTP/1.1 404"));
    let none = Service { resources: &[], auth: &[], openapi: "", ..copy_service() };
    assert!(get(address, "/openapi.json").await.starts_with("HTTP/1.1 200"));
    live.replace(App::new(leak(none), store)).expect("a server");
    assert!(get(address, "/openapi.json").await.starts_with("HTTP/1.1 404"));
    let counted = get(address, "/metrics").await;
    let unknown = "atlas9_requests_total{operation=\"\",method=\"GET\",status=\"404\"} ";
    assert!(counted.contains(&format!("{unknown}2\n")), "counting goes on with the next server: {counted}");
    stop.send(()).expect("a server that listens");
    serving.await.expect("no panic").expect("a good end");
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}

pub async fn get(address: std::net::SocketAddr, path: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("a connection");
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
}
