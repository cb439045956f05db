//! Code before the commit: it is in the transaction, sees the change, and may refuse it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use atlas9_server::value::{IntoValue, Uuid};
use atlas9_server::{App, Change, Cx, Options, Patch, Problem, Record, Value, default};
use serde_json::json;

use crate::bookstore::{AUTHOR, BOOK};
use crate::harness::{Api, apis, app, author, book, call, dune};

/// The place of `summary` in a book.
const SUMMARY: usize = 8;

/// Books whose hook is under test, on every database.
async fn hooked(code: impl Fn(App) -> App) -> Vec<Api> {
    let mut hooked = apis().await;
    for api in &mut hooked {
        let app = code(app(api.store.clone(), Options::default()));
        api.router = app.start().expect("a server").router();
    }
    hooked
}

/// Refuses books that are called `Dune 13`, and notes who changed the others.
async fn no_thirteen(cx: &mut Cx, change: Change) -> Result<(), Problem> {
    if change.operation == "delete" {
        return Err(Problem::conflict("Books are kept."));
    }
    let id: Uuid = change.id()?;
    let found = default::get(cx, &BOOK, &[id.into_value()]).await?;
    if found.get("title").map(Value::plain).is_some_and(|title| title == "Dune 13") {
        return Err(Problem::conflict("Thirteen brings bad luck."));
    }
    let mut patch = Record::new(BOOK.fields);
    patch.put_patch(SUMMARY, Patch::Set(format!("{} by {}", change.operation, cx.principal().id())));
    default::update(cx, &BOOK, &[id.into_value()], patch).await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn code_before_the_commit_refuses_and_changes() {
    for api in hooked(|app| app.before_commit("Book", no_thirteen)).await {
        let author = author(&api).await;
        let refused = json!({"code": "conflict", "detail": "Thirteen brings bad luck."});
        api.check(call("POST", "/v1/books").json(dune(&author, 13)), 409, refused.clone()).await;
        let made = api.check(
            call("POST", "/v1/books").json(dune(&author, 1)),
            201,
            json!({"summary": "create by development"}),
        );
        let made = made.await;
        let path = format!("/v1/books/{}", made.text("/id"));
        let read = api.check(call("GET", path.as_str()), 200, made.json.clone()).await;
        assert_eq!(read.header("etag"), made.header("etag"), "{}", api.database);
        let rename = call("PATCH", path.as_str()).json(json!({"title": "Dune 13"}));
        api.check(rename, 409, refused).await;
        api.check(call("DELETE", path.as_str()), 409, json!({"detail": "Books are kept."})).await;
        let only = json!({"items": [{"title": "Dune 1", "summary": "create by development"}], "count": 1});
        api.check(call("GET", "/v1/books?count=true"), 200, only).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn code_before_the_commit_sees_what_code_did_and_nothing_that_failed() {
    let seen = Arc::new(Mutex::new(Vec::<String>::new()));
    let told = Arc::clone(&seen);
    let apis = hooked(move |app| {
        let told = Arc::clone(&told);
        app.state(told).before_commit("Author", note).before_commit("Book", note)
    });
    for api in apis.await {
        let author = author(&api).await;
        let book = book(&api, &author, 1).await;
        let reprice = call("POST", format!("/v1/books/{book}/reprice")).json(json!({"percent": 10}));
        api.check(reprice, 200, json!({"summary": "by development"})).await;
        api.check(call("POST", "/v1/authors").json(json!({"name": "Undone"})), 409, json!({})).await;
        api.check(call("GET", format!("/v1/books/{book}")), 200, json!({})).await;
        let expected = [format!("create {author}"), format!("create {book}"), format!("reprice {book}")];
        assert_eq!(std::mem::take(&mut *seen.lock().expect("a lock")), expected, "{}", api.database);
    }
}

async fn note(cx: &mut Cx, change: Change) -> Result<(), Problem> {
    let seen = cx.state::<Arc<Mutex<Vec<String>>>>()?;
    let id: Uuid = change.id()?;
    seen.lock().expect("a lock").push(format!("{} {id}", change.operation));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_create_may_be_sent_again_with_its_key() {
    for api in hooked(|app| app.before_commit("Author", until_named)).await {
        let create = |name: &str| {
            call("POST", "/v1/authors")
                .header("idempotency-key", format!("\"{name}\""))
                .json(json!({"name": name}))
        };
        api.check(create("Nobody"), 409, json!({"detail": "Who?"})).await;
        api.check(create("Nobody"), 409, json!({"detail": "Who?"})).await;
        api.check(create("Ada"), 201, json!({})).await;
    }
}

async fn until_named(cx: &mut Cx, change: Change) -> Result<(), Problem> {
    let found = default::get(cx, &AUTHOR, &change.key).await?;
    match found.get("name") {
        Some(Value::Text(name)) if name == "Nobody" => Err(Problem::conflict("Who?")),
        _ => Ok(()),
    }
}

#[tokio::test]
async fn a_hook_of_nothing_is_told_at_start() {
    let api = apis().await.remove(0);
    let app = app(api.store.clone(), Options::default()).before_commit("Bok", until_named);
    let told = app.start().map(drop).expect_err("a mistake").to_string();
    assert!(told.contains("there is no resource Bok that a hook could be for"), "{told}");
}

/// The future of a request is dropped wherever it is when its client goes away. Whatever was committed by then is told.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_committed_is_told_though_the_client_went_away() {
    let told = Arc::new(Mutex::new(0));
    let count = Arc::clone(&told);
    let hooked = hooked(move |app| {
        let count = Arc::clone(&count);
        app.after_commit("Author", move |_| {
            *count.lock().expect("no panic") += 1;
            std::future::ready(())
        })
    })
    .await;
    for api in hooked {
        *told.lock().expect("no panic") = 0;
        for step in 0..200 {
            let create = api.send(call("POST", "/v1/authors").json(json!({"name": "A"})));
            let _ = tokio::time::timeout(Duration::from_micros(step * step * 4), create).await;
        }
        let metrics = api.send(call("GET", "/metrics")).await;
        let metrics = String::from_utf8_lossy(&metrics.bytes).into_owned();
        assert!(metrics.contains("status=\"499\""), "{}: no request was given up\n{metrics}", api.database);
        let mut seen = (0, 0);
        for _ in 0..100 {
            let list = api.check(call("GET", "/v1/authors?count=true&limit=1"), 200, json!({})).await;
            seen = (list.json["count"].as_u64().unwrap_or_default(), *told.lock().expect("no panic"));
            if seen.0 == seen.1 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(seen.0 > 0 && seen.0 == seen.1, "{}: {} were made, {} told", api.database, seen.0, seen.1);
    }
}
