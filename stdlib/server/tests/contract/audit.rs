//! Changes of `@audited` resources are kept with who made them, in the transaction of the change, whatever way a row changes.

use std::sync::{Arc, Mutex};

use atlas9_server::descriptor::Resource;
use atlas9_server::value::{IntoValue, Timestamp, Uuid};
use atlas9_server::{App, AuditEntry, Cx, Options, Problem, Store, Value, handler};
use serde_json::{Value as Json, json};

use crate::bookstore::{AUTHOR, BOOK, REVIEW};
use crate::force::{self, filled};
use crate::harness::{Api, apis, app, author, book, call, dune};
use crate::library::help::{genre, make, person};
use crate::library::{self, libraries};

/// What code of an operation asks for.
struct Asked {
    resource: &'static Resource,
    key: Vec<Value>,
    page: (Option<Uuid>, u32),
    found: Arc<Mutex<Vec<AuditEntry>>>,
}

async fn ask(cx: &mut Cx) -> Result<(), Problem> {
    let asked = cx.state::<Asked>()?;
    let found = cx.audit(asked.resource, &asked.key, asked.page.0, asked.page.1).await?;
    asked.found.lock().expect("a lock").extend(found);
    Err(Problem::conflict("asked"))
}

/// The audit of a row, all of it or what is older than an entry, by way of an operation.
async fn entries(
    app: App,
    (owner, operation, method, path): (&'static str, &'static str, &'static str, &str),
    resource: &'static Resource,
    key: &[Value],
    page: (Option<Uuid>, u32),
) -> Vec<AuditEntry> {
    let found: Arc<Mutex<Vec<AuditEntry>>> = Arc::default();
    let asked = Asked { resource, key: key.to_vec(), page, found: Arc::clone(&found) };
    let code = handler::call0(ask, |_| Ok(()), atlas9_server::Output::nothing);
    let router = app.state(asked).handler(owner, operation, code).start().expect("a server").router();
    let store = Store::open("sqlite::memory:").await.expect("a database");
    Api::of(router, store).check(call(method, path), 409, json!({"detail": "asked"})).await;
    let found = found.lock().expect("a lock");
    found.clone()
}

/// An entry as `updated by reprice 1>2 {...}`.
fn told(entry: &AuditEntry) -> String {
    let version = |version: Option<i64>| version.map_or("-".to_owned(), |version| version.to_string());
    let (before, after) = (version(entry.version_before), version(entry.version_after));
    format!("{} by {} {before}>{after} {}", entry.change.as_str(), entry.operation, entry.changes)
}

/// The oldest first.
async fn of_book(api: &Api, resource: &'static Resource, key: &[Value]) -> Vec<AuditEntry> {
    let asked = ("Book", "break_date", "POST", "/v1/books/00000000-0000-7000-8000-000000000000/break_date");
    let app = app(api.store.clone(), Options::default());
    let mut found = entries(app, asked, resource, key, (None, 100)).await;
    found.reverse();
    found
}

fn key(id: &str) -> Value {
    id.parse::<Uuid>().expect("a key").into_value()
}

fn words(entries: &[AuditEntry]) -> Vec<String> {
    entries.iter().map(|entry| format!("{} by {}", entry.change.as_str(), entry.operation)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_every_change_of_a_row() {
    for api in apis().await {
        let author = author(&api).await;
        let id = book(&api, &author, 1).await;
        let path = format!("/v1/books/{id}");
        let patch = call("PATCH", path.as_str()).json(json!({"title": "D", "supplier_note": "cheap"}));
        let traced = patch.clone().header("x-request-id", "abc-1");
        api.check(
            traced.header("traceparent", format!("00-{}-{}-01", "1".repeat(32), "2".repeat(16))),
            200,
            json!({}),
        )
        .await;
        api.check(patch, 200, json!({})).await;
        api.check(call("PATCH", path.as_str()).json(json!({"title": ""})), 422, json!({})).await;
        api.check(call("POST", format!("{path}/publish")), 200, json!({})).await;
        api.check(call("POST", format!("{path}/publish")), 409, json!({})).await;
        api.check(call("POST", format!("{path}/reprice")).json(json!({"percent": 10})), 200, json!({})).await;
        api.check(call("POST", format!("{path}/retire")).json(json!({"reason": "old"})), 200, json!({}))
            .await;
        api.check(call("DELETE", path.as_str()), 200, json!({})).await;
        api.check(call("POST", format!("{path}/undelete")), 200, json!({})).await;
        let found = of_book(&api, &BOOK, &[key(&id)]).await;
        let expected = [
            "created by create",
            "updated by update",
            "updated by publish",
            "updated by reprice",
            "updated by retire",
            "deleted by delete",
            "undeleted by undelete",
        ];
        assert_eq!(words(&found), expected, "{}", api.database);
        for (place, entry) in found.iter().enumerate() {
            let version = i64::try_from(place).expect("a version");
            let before = Some(version).filter(|before| *before > 0);
            assert_eq!(
                (entry.version_before, entry.version_after),
                (before, Some(version + 1)),
                "{}",
                told(entry)
            );
            assert_eq!((entry.resource.as_str(), &entry.key), ("Book", &json!([id])));
            assert_eq!(entry.principal.as_deref(), Some("development"), "{}", api.database);
            assert!(entry.request_id.is_some() && entry.trace_id.is_some() && entry.tenant.is_none());
        }
        let created = &found[0].changes;
        assert_eq!(
            (&created["title"], &created["price"]),
            (&json!([null, "Dune 1"]), &json!([null, {"amount": "9.99", "currency": "EUR"}]))
        );
        assert_eq!((&created["tags"], created.get("summary")), (&json!([null, []]), None));
        let update = &found[1];
        assert_eq!(
            (update.request_id.as_deref(), update.trace_id.as_deref()),
            (Some("abc-1"), Some("1".repeat(32).as_str()))
        );
        assert_eq!(update.changes["title"], json!(["Dune 1", "D"]));
        // That it changed is told, and not what it is.
        assert_eq!(update.changes.get("supplier_note"), Some(&Json::Null));
        assert_eq!(update.changes.as_object().map(|changes| changes.len()), Some(3), "{}", told(update));
        assert_eq!(found[2].changes["status"], json!(["draft", "published"]));
        assert_eq!(
            found[3].changes["price"],
            json!([{"amount": "9.99", "currency": "EUR"}, {"amount": "10.99", "currency": "EUR"}])
        );
        assert_eq!(found[4].changes.get("secret"), Some(&Json::Null));
        let (deleted, undeleted) = (&found[5].changes, &found[6].changes);
        assert_eq!((&deleted["title"], &undeleted["title"]), (&json!(["D", null]), &json!([null, "D"])));
        assert!(!format!("{found:?}").contains("cheap"), "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn is_read_page_by_page() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        for title in ["a", "b", "c"] {
            let patch = call("PATCH", format!("/v1/books/{id}")).json(json!({"title": title}));
            api.check(patch, 200, json!({})).await;
        }
        let path = format!("/v1/books/{id}/break_date");
        let page = async |before: Option<Uuid>| {
            let asked = ("Book", "break_date", "POST", path.as_str());
            let app = app(api.store.clone(), Options::default());
            entries(app, asked, &BOOK, &[key(&id)], (before, 3)).await
        };
        let first = page(None).await;
        let titles: Vec<&Json> = first.iter().map(|entry| &entry.changes["title"][1]).collect();
        assert_eq!(titles, ["c", "b", "a"], "{}", api.database);
        let last = page(first.last().map(|entry| entry.id)).await;
        assert_eq!(words(&last), ["created by create"], "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_writes_nothing() {
    for api in apis().await {
        let create =
            call("POST", "/v1/books").json(dune(&author(&api).await, 1)).header("idempotency-key", "k");
        let id = api.check(create.clone(), 201, json!({})).await.text("/id");
        let again = api.check(create, 201, json!({})).await;
        assert_eq!(again.header("idempotent-replayed"), "true");
        assert_eq!(
            words(&of_book(&api, &BOOK, &[key(&id)]).await),
            ["created by create"],
            "{}",
            api.database
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_what_lives_in_another_and_only_what_is_audited() {
    for api in apis().await {
        let author = author(&api).await;
        let id = book(&api, &author, 1).await;
        let review = call("POST", format!("/v1/books/{id}/reviews")).json(json!({"stars": 5}));
        let review = api.check(review, 201, json!({})).await.text("/id");
        api.check(call("DELETE", format!("/v1/books/{id}/reviews/{review}")), 204, Json::Null).await;
        let found = of_book(&api, &REVIEW, &[key(&id), key(&review)]).await;
        assert_eq!(words(&found), ["created by create", "deleted by delete"], "{}", api.database);
        assert_eq!((&found[1].key, found[1].version_after), (&json!([id, review]), None));
        assert_eq!(of_book(&api, &AUTHOR, &[key(&author)]).await, [], "{}", api.database);
    }
}

fn in_days(days: i64) -> Timestamp {
    Timestamp::from_micros(Timestamp::now().micros() + days * 86_400_000_000).expect("a time")
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_purges_and_forgets_after_a_time() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        api.check(call("DELETE", format!("/v1/books/{id}")), 200, json!({})).await;
        let server = app(api.store.clone(), Options::default()).start().expect("a server");
        assert_eq!(server.purge(in_days(31)).await.expect("a purge"), 1, "{}", api.database);
        let found = of_book(&api, &BOOK, &[key(&id)]).await;
        assert_eq!(
            words(&found),
            ["created by create", "deleted by delete", "purged by purge"],
            "{}",
            api.database
        );
        let purged = &found[2];
        assert_eq!(told(purged), "purged by purge 2>- {}");
        assert_eq!((&purged.principal, &purged.request_id, &purged.trace_id), (&None, &None, &None));
        // The purge itself was 31 days later.
        server.purge(in_days(366)).await.expect("a purge");
        assert_eq!(words(&of_book(&api, &BOOK, &[key(&id)]).await), ["purged by purge"], "{}", api.database);
        server.purge(in_days(397)).await.expect("a purge");
        assert_eq!(of_book(&api, &BOOK, &[key(&id)]).await, [], "{}", api.database);
    }
}

async fn of_library(api: &Api, resource: &'static Resource, key: &[Value]) -> Vec<String> {
    let asked = ("Publisher", "get", "GET", "/v1/publishers/00000000-0000-7000-8000-000000000000");
    let app = library::app(api.store.clone());
    let mut found = entries(app, asked, resource, key, (None, 100)).await;
    found.reverse();
    found.iter().map(told).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_what_the_database_does_by_itself() {
    for api in libraries().await {
        let (ada, bob) = (person(&api, "Ada").await, person(&api, "Bob").await);
        genre(&api, "sf").await;
        let publisher = make(&api, "/v1/publishers", json!({"name": "Ace"})).await;
        let body = json!({"title": "A", "author_ids": [ada], "genreIds": ["sf"], "publisher_id": publisher});
        let id = make(&api, "/v1/books", body).await;
        let patch = call("PATCH", format!("/v1/books/{id}")).json(json!({"author_ids": [bob, ada]}));
        api.check(patch, 200, json!({})).await;
        api.check(call("DELETE", format!("/v1/publishers/{publisher}")), 204, Json::Null).await;
        api.check(call("DELETE", "/v1/genres/sf"), 204, Json::Null).await;
        let found = of_library(&api, &library::BOOK, &[key(&id)]).await;
        let expected = [
            format!("updated by update 1>2 {}", json!({"author_ids": [[ada], [bob, ada]]})),
            format!("updated by delete 2>3 {}", json!({"publisher_id": [publisher, null]})),
            format!("updated by delete 3>4 {}", json!({"genre_ids": [["sf"], []]})),
        ];
        assert_eq!(found[1..], expected, "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_singleton_is_there_from_the_start() {
    for api in libraries().await {
        api.check(call("GET", "/v1/settings"), 200, json!({})).await;
        assert_eq!(of_library(&api, &library::SETTINGS, &[]).await, [""; 0], "{}", api.database);
        api.check(call("PATCH", "/v1/settings").json(json!({"note": "n"})), 200, json!({})).await;
        let found = of_library(&api, &library::SETTINGS, &[]).await;
        assert_eq!(found, [r#"updated by update 1>2 {"note":[null,"n"]}"#], "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_all_that_goes_by_force() {
    for (api, _, _folder) in filled().await {
        let (item, watch) = (api.version("/items/1").await, api.version("/watches/w").await);
        let shelved = api.version("/boxes/b").await;
        api.check(call("DELETE", "/items/1?force=true"), 204, Json::Null).await;
        let of = async |name: &str, code: &str| {
            let resource = force::SERVICE.resources.iter().find(|one| one.name == name).expect("a resource");
            let app = App::new(&force::SERVICE, api.store.clone()).authenticator(force::Tokens);
            let asked = ("Shelf", "get", "GET", "/shelves/s");
            let found = entries(app, asked, resource, &[Value::Text(code.to_owned())], (None, 1)).await;
            found.first().map(told).unwrap_or_default()
        };
        for (name, code) in [("Item", "1"), ("Item", "2"), ("Item", "3"), ("Note", "n"), ("Receipt", "r")] {
            let found = of(name, code).await;
            assert!(found.starts_with("deleted by delete "), "{}: {name} {code}: {found}", api.database);
            assert!(found.contains(">- {"), "{}: {name} {code}: {found}", api.database);
        }
        let found = of("Item", "1").await;
        assert!(found.starts_with(&format!("deleted by delete {item}>- {{")), "{}: {found}", api.database);
        let change = format!(r#"{watch}>{} {{"item":["3",null]}}"#, watch + 1);
        assert_eq!(of("Watch", "w").await, format!("updated by delete {change}"), "{}", api.database);
        api.check(call("DELETE", "/shelves/s?force=true"), 200, json!({})).await;
        let change = format!("deleted by delete {shelved}>{} {{", shelved + 1);
        assert!(of("Box", "b").await.starts_with(&change), "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_each_row_of_a_batch() {
    for (api, _, _folder) in filled().await {
        let batch = |body| call("POST", "/tags/batch_create").json(body);
        api.check(batch(json!({"items": [{"code": "a"}, {"code": "b"}]})), 200, json!({})).await;
        api.check(batch(json!({"items": [{"code": "c"}, {"code": "a"}]})), 409, json!({})).await;
        let found = async |code: &str| {
            let tag = force::SERVICE.resources.iter().find(|one| one.name == "Tag").expect("a resource");
            let app = App::new(&force::SERVICE, api.store.clone()).authenticator(force::Tokens);
            let asked = ("Shelf", "get", "GET", "/shelves/s");
            words(&entries(app, asked, tag, &[Value::Text(code.to_owned())], (None, 9)).await)
        };
        for (code, expected) in
            [("a", vec!["created by batch_create"]), ("b", vec!["created by batch_create"]), ("c", vec![])]
        {
            assert_eq!(found(code).await, expected, "{}: {code}", api.database);
        }
    }
}
