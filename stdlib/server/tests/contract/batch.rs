//! Batches: code of the single operation holds in them, hooks see each row, and requests in any order do not block each other.

use std::sync::{Arc, Mutex};

use atlas9_server::{App, Change, Cx, Output, Problem, Record, Store, Value, default, handler};
use serde_json::{Value as Json, json};

use crate::force::{SERVICE, Tokens, deletes, filled};
use crate::harness::{Api, call};

/// What code was called with.
type Called = Arc<Mutex<Vec<String>>>;

/// A server with code on the database of another one.
fn with(api: &Api, code: impl FnOnce(App) -> App) -> Api {
    let app = App::new(&SERVICE, api.store.clone()).authenticator(Tokens);
    Api::of(code(app).start().expect("a server").router(), api.store.clone())
}

fn note(cx: &Cx, text: String) -> Result<(), Problem> {
    cx.state::<Called>()?.lock().expect("a lock").push(text);
    Ok(())
}

fn taken(called: &Called) -> Vec<String> {
    std::mem::take(&mut *called.lock().expect("a lock"))
}

fn code_of(record: &Record) -> String {
    record.get("code").map(Value::plain).unwrap_or_default()
}

/// Makes what is not called `bad`.
async fn create(cx: &mut Cx, record: Record) -> Result<Record, Problem> {
    let code = code_of(&record);
    note(cx, format!("code {code}"))?;
    if code == "bad" {
        return Err(Problem::conflict("Nothing is called bad."));
    }
    let resource = SERVICE.resources.iter().find(|resource| resource.name == "Tag");
    default::create(cx, resource.expect("a resource"), record).await
}

async fn before(cx: &mut Cx, change: Change) -> Result<(), Problem> {
    let key = change.key.iter().map(Value::plain).collect::<Vec<_>>().join(" ");
    note(cx, format!("before {} {key}", change.operation))?;
    if key == "worse" { Err(Problem::conflict("Nothing is called worse.")) } else { Ok(()) }
}

fn tags(codes: &[&str]) -> Json {
    let items: Vec<Json> = codes.iter().map(|code| json!({"code": code})).collect();
    json!({"items": items})
}

#[tokio::test(flavor = "multi_thread")]
async fn code_of_a_create_holds_in_a_batch_and_hooks_see_each_row() {
    for (api, _, _folder) in filled().await {
        let called = Called::default();
        let code = handler::call1(create, |input| Ok((input.body,)), Output::Record);
        let told = Arc::clone(&called);
        let api =
            with(&api, |app| app.state(told).handler("Tag", "create", code).before_commit("Tag", before));
        let batch = |codes: &[&str]| call("POST", "/tags/batch_create").json(tags(codes));
        api.check(batch(&["a", "b"]), 200, tags(&["a", "b"])).await;
        assert_eq!(taken(&called), ["code a", "code b", "before create a", "before create b"]);
        // Code is not called again once it has refused one.
        let refused = json!({"detail": "Nothing is called bad.",
            "errors": [{"pointer": "#/items/1", "code": "conflict", "detail": "Nothing is called bad."}]});
        api.check(batch(&["c", "bad", "d"]), 409, refused).await;
        assert_eq!(taken(&called), ["code c", "code bad"]);
        // What its default finds is told at the item too.
        let conflict = json!({"errors": [{"pointer": "#/items/1/code", "code": "taken"}]});
        api.check(batch(&["c", "a", "b"]), 409, conflict).await;
        assert_eq!(taken(&called), ["code c", "code a"]);
        // A hook refuses all of them for one.
        api.check(batch(&["c", "worse"]), 409, json!({"detail": "Nothing is called worse."})).await;
        api.check(call("GET", "/tags/c"), 404, json!({})).await;
    }
}

/// Keeps items that are called `kept`.
async fn delete(cx: &mut Cx, code: String) -> Result<(), Problem> {
    note(cx, format!("code {code}"))?;
    if code == "kept" {
        return Err(Problem::conflict("It is kept."));
    }
    let resource = SERVICE.resources.iter().find(|resource| resource.name == "Item");
    default::delete(cx, resource.expect("a resource"), &[Value::Text(code)]).await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn code_of_a_delete_holds_in_a_batch() {
    for (api, _, _folder) in filled().await {
        let called = Called::default();
        let code = handler::call1(delete, |mut input| Ok((input.key(0)?,)), Output::nothing);
        let told = Arc::clone(&called);
        let api = with(&api, |app| app.state(told).handler("Item", "delete", code));
        for item in ["a", "b", "kept"] {
            let body = json!({"code": item, "tags": ["x"]});
            api.check(call("POST", "/items").json(body), 201, json!({})).await;
        }
        let batch = |items: Json| call("POST", "/items/batch_delete").json(json!({"items": items}));
        let refused = json!({"errors": [{"pointer": "#/items/1", "detail": "It is kept."}]});
        api.check(batch(json!([{"code": "a"}, {"code": "kept"}, {"code": "b"}])), 409, refused).await;
        assert_eq!(taken(&called), ["code a", "code kept"]);
        // A state that a row must have is looked at before any code is called.
        let stale = json!({"errors": [{"pointer": "#/items/1/etag"}]});
        let items = json!([{"code": "a"}, {"code": "b", "etag": "\"2\""}]);
        api.check(batch(items), 412, stale).await;
        assert_eq!(taken(&called), [""; 0]);
        let missing = json!({"errors": [{"pointer": "#/items/1", "code": "not_found"}]});
        api.check(batch(json!([{"code": "a"}, {"code": "none"}])), 404, missing).await;
        let etag = format!("\"{}\"", api.version("/items/a").await);
        let items = json!([{"code": "a", "etag": etag}, {"code": "b"}]);
        api.check(batch(items), 204, Json::Null).await;
        api.check(call("GET", "/items/a"), 404, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_go_in_the_order_of_the_request_and_take_along_what_goes_with_them() {
    for (api, told, _folder) in filled().await {
        for (path, items) in [
            ("/items", json!([{"code": "a", "tags": ["x"]}, {"code": "b", "twin": "a", "tags": ["x"]}])),
            ("/notes", json!([{"code": "m", "item": "b"}])),
        ] {
            let batch = call("POST", format!("{path}/batch_create")).json(json!({"items": items}));
            api.check(batch, 200, json!({})).await;
        }
        told.lock().expect("a lock").clear();
        let batch =
            |path: &str, codes: &[&str]| call("POST", format!("{path}/batch_delete")).json(tags(codes));
        let held = json!({"errors": [{"pointer": "#/items/0/code", "code": "referenced"}]});
        api.check(batch("/items", &["a", "b"]), 409, held).await;
        api.check(batch("/items", &["b", "a"]), 204, Json::Null).await;
        api.check(call("GET", "/notes/m"), 404, json!({})).await;
        let mut heard = Vec::new();
        for _ in 0..100 {
            heard = deletes(&told);
            if heard.len() >= 3 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        // The note goes along with `b`; what the request names is told first.
        let expected = [r#"delete Item Text("b")"#, r#"delete Item Text("a")"#, r#"delete Note Text("m")"#];
        assert_eq!(heard, expected, "{}", api.database);
        // A batch needs the scopes of its operation.
        let some = batch("/notes", &["n"]).header("authorization", "Bearer some");
        api.check(some, 403, json!({"code": "forbidden"})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_in_opposite_orders_do_not_wait_for_each_other() {
    for (api, _, _folder) in filled().await {
        let code = handler::call1(delete, |mut input| Ok((input.key(0)?,)), Output::nothing);
        let coded = with(&api, |app| app.state(Called::default()).handler("Item", "delete", code));
        opposite(Arc::new(api)).await;
        opposite(Arc::new(coded)).await;
    }
}

async fn opposite(api: Arc<Api>) {
    for round in 0..10 {
        let codes: Vec<String> = (0..4).map(|place| format!("{round}-{place}")).collect();
        let items: Vec<Json> = codes.iter().map(|code| json!({"code": code, "tags": ["x"]})).collect();
        let make = call("POST", "/items/batch_create").json(json!({"items": items}));
        api.check(make, 200, json!({})).await;
        let forth: Vec<&str> = codes.iter().map(String::as_str).collect();
        let back: Vec<&str> = forth.iter().rev().copied().collect();
        let delete = |codes: &[&str]| {
            let (api, batch) = (Arc::clone(&api), call("POST", "/items/batch_delete").json(tags(codes)));
            tokio::spawn(async move { api.send(batch).await.status })
        };
        let (one, other) = (delete(&forth), delete(&back));
        let mut found = [one.await.expect("an answer"), other.await.expect("an answer")];
        found.sort_unstable();
        assert_eq!(found, [204, 404], "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn code_belongs_to_the_single_operation() {
    let store = Store::open("sqlite::memory:").await.expect("a database");
    let code = handler::call1(create, |input| Ok((input.body,)), Output::Record);
    let app = App::new(&SERVICE, store).authenticator(Tokens).handler("Tag", "batch_create", code);
    let error = app.start().err().expect("an error").to_string();
    let expected = "`batch_create` of Tag does with each item what `create` does: give that a handler";
    assert!(error.contains(expected), "{error}");
}
