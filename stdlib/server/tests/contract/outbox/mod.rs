//! Changes of `@events` resources are events, written in the transaction of the change; whoever reads them loses none.

mod readers;
mod tenants;

use std::sync::Arc;

use atlas9_server::value::Timestamp;
use atlas9_server::{App, Change, Cx, Options, Outbox, OutboxEvent, Problem, Store};
use serde_json::{Value as Json, json};

use crate::force::filled;
use crate::harness::{Api, apis, app, author, book, call, dune};
use crate::library::help::{genre, make, person};
use crate::library::libraries;

/// Everything there is, taken and done.
async fn drained(store: &Store) -> Vec<OutboxEvent> {
    let outbox = Outbox::new(store.clone());
    let mut all = Vec::new();
    loop {
        let events = outbox.next(500).await.expect("events");
        outbox.done(&events).await.expect("done");
        if events.is_empty() {
            return all;
        }
        all.extend(events);
    }
}

fn outbox(api: &Api) -> Outbox {
    Outbox::new(api.store.clone())
}

/// An event as `updated Book/1 2`.
fn told(event: &OutboxEvent) -> String {
    format!("{} {} {}", event.change.as_str(), event.subject, event.version)
}

fn all_told(events: &[OutboxEvent]) -> Vec<String> {
    events.iter().map(told).collect()
}

/// What an answer shows, but for what not every reader of the resource sees.
fn shown(answer: &Json) -> Json {
    let mut shown = answer.clone();
    shown.as_object_mut().expect("an object").remove("supplier_note").expect("a field that needs a scope");
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn tells_every_change_of_a_row() {
    for api in apis().await {
        let author = author(&api).await;
        let body = call("POST", "/v1/books").json(dune(&author, 1));
        let mut answers = vec![api.check(body, 201, json!({})).await];
        let id = answers[0].text("/id");
        let path = format!("/v1/books/{id}");
        let patch = call("PATCH", path.as_str()).json(json!({"title": "D", "supplier_note": "cheap"}));
        let traced = patch.clone().header("x-request-id", "abc-1");
        let traced = traced.header("traceparent", format!("00-{}-{}-01", "1".repeat(32), "2".repeat(16)));
        answers.push(api.check(traced, 200, json!({})).await);
        // Neither what changes nothing is told, nor what is refused.
        api.check(patch, 200, json!({})).await;
        api.check(call("PATCH", path.as_str()).json(json!({"title": ""})), 422, json!({})).await;
        answers.push(api.check(call("POST", format!("{path}/publish")), 200, json!({})).await);
        api.check(call("POST", format!("{path}/publish")), 409, json!({})).await;
        let reprice = call("POST", format!("{path}/reprice")).json(json!({"percent": 10}));
        answers.push(api.check(reprice, 200, json!({})).await);
        let retire = call("POST", format!("{path}/retire")).json(json!({"reason": "old"}));
        answers.push(api.check(retire, 200, json!({})).await);
        answers.push(api.check(call("DELETE", path.as_str()), 200, json!({})).await);
        answers.push(api.check(call("POST", format!("{path}/undelete")), 200, json!({})).await);

        let events = drained(&api.store).await;
        let words = ["created", "updated", "updated", "updated", "updated", "deleted", "undeleted"];
        let expected: Vec<String> =
            words.iter().zip(1..).map(|(word, version)| format!("{word} Book/{id} {version}")).collect();
        assert_eq!(all_told(&events), expected, "{}", api.database);
        for (event, answer) in events.iter().zip(&answers) {
            assert_eq!(event.data, shown(&answer.json), "{}: {}", api.database, told(event));
            assert_eq!((event.source.as_str(), event.tenant.as_deref()), ("/Bookstore", None));
            assert_eq!(event.event_type, format!("Bookstore.Book.{}", event.change.as_str()));
            assert_eq!((event.resource.as_str(), &event.key, event.attempt), ("Book", &json!([id]), 1));
            assert_eq!(event.request_id.as_deref(), Some(answer.header("x-request-id")));
        }
        assert!(events[5].data["deleted_at"].is_string() && events[6].data["deleted_at"].is_null());
        assert_eq!(events[1].request_id.as_deref(), Some("abc-1"));
        let traceparent = events[1].traceparent.as_deref().expect("a trace");
        assert!(traceparent.starts_with(&format!("00-{}-", "1".repeat(32))), "{traceparent}");
        assert!(!traceparent.contains(&"2".repeat(16)), "the span is the server's own: {traceparent}");
        let everything = format!("{events:?}");
        assert!(!everything.contains("cheap") && !everything.contains("\"secret\""), "{everything}");
        assert!(events.windows(2).all(|two| two[0].position < two[1].position && two[0].id != two[1].id));
        assert_eq!(drained(&api.store).await, [], "what is done does not come again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn is_a_cloud_event() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        let events = drained(&api.store).await;
        let [event] = events.as_slice() else { panic!("one event: {events:?}") };
        let expected = json!({
            "specversion": "1.0",
            "id": event.id.to_string(),
            "source": "/Bookstore",
            "type": "Bookstore.Book.created",
            "subject": format!("Book/{id}"),
            "time": event.time.to_string(),
            "version": "1",
            "requestid": event.request_id,
            "traceparent": event.traceparent,
            "datacontenttype": "application/json",
            "data": event.data,
        });
        assert_eq!(event.cloud_event(), expected, "{}", api.database);
        assert!(event.data["title"] == "Dune 1" && event.data["inPrint"] == true, "{}", event.data);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_is_told_with_its_last_state_and_what_is_purged_without() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        let review = call("POST", format!("/v1/books/{id}/reviews")).json(json!({"stars": 5}));
        let review = api.check(review, 201, json!({})).await.text("/id");
        api.check(call("DELETE", format!("/v1/books/{id}/reviews/{review}")), 204, Json::Null).await;
        api.check(call("DELETE", format!("/v1/books/{id}")), 200, json!({})).await;
        let server = app(api.store.clone(), Options::default()).start().expect("a server");
        let month = Timestamp::from_micros(Timestamp::now().micros() + 31 * 86_400_000_000).expect("a time");
        assert_eq!(server.purge(month).await.expect("a purge"), 1, "{}", api.database);
        let events = drained(&api.store).await;
        let expected = [
            format!("created Book/{id} 1"),
            format!("created Review/{id}/{review} 1"),
            format!("deleted Review/{id}/{review} 2"),
            format!("deleted Book/{id} 2"),
            format!("purged Book/{id} 3"),
        ];
        assert_eq!(all_told(&events), expected, "{}", api.database);
        assert_eq!((&events[2].data["stars"], &events[2].key), (&json!(5), &json!([id, review])));
        let purged = &events[4];
        assert_eq!((&purged.data, &purged.request_id, &purged.traceparent), (&Json::Null, &None, &None));
        let cloud = purged.cloud_event();
        assert_eq!(
            (cloud.get("data"), cloud.get("datacontenttype"), cloud.get("requestid")),
            (None, None, None)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tells_what_the_database_does_by_itself() {
    for api in libraries().await {
        let ada = person(&api, "Ada").await;
        genre(&api, "sf").await;
        let publisher = make(&api, "/v1/publishers", json!({"name": "Ace"})).await;
        let body = json!({"title": "A", "author_ids": [ada], "genreIds": ["sf"], "publisher_id": publisher});
        let id = make(&api, "/v1/books", body).await;
        drained(&api.store).await;
        api.check(call("DELETE", format!("/v1/publishers/{publisher}")), 204, Json::Null).await;
        api.check(call("DELETE", "/v1/genres/sf"), 204, Json::Null).await;
        let events = drained(&api.store).await;
        let of_book: Vec<&OutboxEvent> = events.iter().filter(|event| event.resource == "Book").collect();
        let words: Vec<String> = of_book.iter().map(|event| told(event)).collect();
        assert_eq!(
            words,
            [format!("updated Book/{id} 2"), format!("updated Book/{id} 3")],
            "{}",
            api.database
        );
        assert_eq!(
            (&of_book[0].data["publisher_id"], &of_book[1].data["genreIds"]),
            (&Json::Null, &json!([]))
        );
        // A singleton is there from the start: that it is made tells nothing.
        api.check(call("PATCH", "/v1/settings").json(json!({"note": "n"})), 200, json!({})).await;
        assert_eq!(all_told(&drained(&api.store).await), ["updated Settings 2"], "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tells_all_that_goes_by_force() {
    for (api, _, _folder) in filled().await {
        drained(&api.store).await;
        // The resources as the service has them, the rows of each as they went.
        let mut expected = Vec::new();
        for (words, path) in [
            ("deleted Item/1", "/items/1"),
            ("deleted Item/2", "/items/2"),
            ("deleted Item/3", "/items/3"),
            ("deleted Note/n", "/notes/n"),
            ("deleted Receipt/r", "/receipts/r"),
            ("updated Watch/w", "/watches/w"),
        ] {
            expected.push(format!("{words} {}", api.version(path).await + 1));
        }
        api.check(call("DELETE", "/items/1?force=true"), 204, Json::Null).await;
        assert_eq!(all_told(&drained(&api.store).await), expected, "{}", api.database);
    }
}

/// Whoever reads the events of a batch has them in the order of its items.
#[tokio::test(flavor = "multi_thread")]
async fn tells_a_batch_in_the_order_of_its_items() {
    let codes = ["n9", "n1", "n5", "n3"];
    let all = |change: &str, version: i64| codes.map(|code| format!("{change} Note/{code} {version}"));
    for (api, _, _folder) in filled().await {
        drained(&api.store).await;
        let items: Vec<Json> = codes.iter().map(|code| json!({"code": code, "item": "3"})).collect();
        let create = call("POST", "/notes/batch_create").json(json!({"items": items}));
        api.check(create, 200, json!({})).await;
        let first = api.version("/notes/n9").await;
        assert_eq!(all_told(&drained(&api.store).await), all("created", first), "{}", api.database);
        let items: Vec<Json> = codes.iter().map(|code| json!({"code": code})).collect();
        let delete = call("POST", "/notes/batch_delete").json(json!({"items": items}));
        api.check(delete, 204, Json::Null).await;
        assert_eq!(all_told(&drained(&api.store).await), all("deleted", first + 1), "{}", api.database);
    }
}

async fn refuse(_: &mut Cx, _: Change) -> Result<(), Problem> {
    Err(Problem::conflict("No."))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_rolled_back_leaves_nothing() {
    for mut api in apis().await {
        let author = author(&api).await;
        let allowed = Arc::new(api.router.clone());
        let refusing: App = app(api.store.clone(), Options::default()).before_commit("Book", refuse);
        api.router = refusing.start().expect("a server").router();
        let create = call("POST", "/v1/books").json(dune(&author, 1)).header("idempotency-key", "k");
        api.check(create.clone(), 409, json!({"detail": "No."})).await;
        assert_eq!(drained(&api.store).await, [], "{}", api.database);

        api.router = (*allowed).clone();
        let id = api.check(create.clone(), 201, json!({})).await.text("/id");
        let again = api.check(create, 201, json!({})).await;
        assert_eq!(again.header("idempotent-replayed"), "true");
        let events = drained(&api.store).await;
        assert_eq!(all_told(&events), [format!("created Book/{id} 1")], "a replay tells nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_rows_of_one_transaction_are_all_told() {
    for (api, _, _folder) in filled().await {
        for place in 0..120 {
            let note = json!({"code": format!("n{place}"), "item": "1"});
            api.check(call("POST", "/notes").json(note), 201, json!({})).await;
        }
        drained(&api.store).await;
        api.check(call("DELETE", "/items/1?force=true"), 204, Json::Null).await;
        let events = drained(&api.store).await;
        let notes = events.iter().filter(|event| told(event).starts_with("deleted Note/n"));
        assert_eq!(notes.count(), 121, "{}", api.database);
    }
}
