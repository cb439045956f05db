//! `Idempotency-Key`.

use std::sync::Arc;

use atlas9_server::Options;
use atlas9_server::value::Timestamp;
use serde_json::{Value, json};

use crate::harness::{Call, apis, app, author, call, dune};

fn keyed(key: &str, body: Value) -> Call {
    call("POST", "/v1/books").header("idempotency-key", key).json(body)
}

#[tokio::test(flavor = "multi_thread")]
async fn does_once_what_is_sent_twice() {
    for api in apis().await {
        let author = author(&api).await;
        let first = api.check(keyed("k1", dune(&author, 1)), 201, json!({})).await;
        assert_eq!(first.header("idempotent-replayed"), "");
        let second = api.check(keyed("k1", dune(&author, 1)), 201, json!({})).await;
        assert_eq!(second.header("idempotent-replayed"), "true");
        assert_eq!(second.bytes, first.bytes);
        for name in ["etag", "location", "content-type"] {
            assert_eq!(second.header(name), first.header(name));
        }
        assert_ne!(second.header("x-request-id"), first.header("x-request-id"));
        let reused = json!({"code": "idempotency_key_reused", "kind": "invalid"});
        api.check(keyed("k1", dune(&author, 2)), 422, reused).await;
        // Another operation is another key.
        let other = call("POST", "/v1/authors").header("idempotency-key", "k1").json(json!({"name": "A"}));
        api.check(other, 201, json!({})).await;
        for key in ["", "a b", &"x".repeat(256)] {
            api.check(keyed(key, dune(&author, 3)), 400, json!({"errors": [{"header": "Idempotency-Key"}]}))
                .await;
        }
        api.check(call("GET", "/v1/books?count=true"), 200, json!({"count": 1})).await;
    }
}

/// The transaction of an answer is over when the answer is there, also where nothing was written.
#[tokio::test(flavor = "multi_thread")]
async fn holds_no_key_once_it_has_answered() {
    for api in apis().await {
        let author = author(&api).await;
        api.check(keyed("k", dune(&author, 1)), 201, json!({})).await;
        for _ in 0..50 {
            api.check(keyed("k", dune(&author, 1)), 201, json!({})).await;
            let reused = json!({"code": "idempotency_key_reused"});
            api.check(keyed("k", dune(&author, 2)), 422, reused).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lets_a_failure_be_repeated() {
    for api in apis().await {
        let author = author(&api).await;
        api.check(keyed("k1", dune(&author, 1)), 201, json!({})).await;
        api.check(keyed("k2", dune(&author, 1)), 409, json!({"code": "conflict"})).await;
        api.check(keyed("k2", dune(&author, 2)), 201, json!({})).await;
        // A failure does not depend on the key's operation being known: it is looked up first.
        api.check(keyed("k2", json!({})), 422, json!({"code": "invalid"})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn does_once_what_is_sent_at_the_same_time() {
    for api in apis().await {
        let author = author(&api).await;
        let api = Arc::new(api);
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (api, call) = (Arc::clone(&api), keyed("k", dune(&author, 1)));
            tasks.spawn(async move { api.send(call).await });
        }
        for reply in tasks.join_all().await {
            let in_flight = reply.status == 409 && reply.text("/code") == "idempotency_in_flight";
            assert!(reply.status == 201 || in_flight, "{}: {}", api.database, reply.status);
            if in_flight {
                assert_eq!((&reply.json["retryable"], reply.header("retry-after")), (&json!(true), "1"));
            }
        }
        api.check(call("GET", "/v1/books?count=true"), 200, json!({"count": 1})).await;
    }
}

/// What no request asks for again goes with the purge, and never while a request waits.
#[tokio::test(flavor = "multi_thread")]
async fn forgets_answers_that_are_old() {
    for api in apis().await {
        let author = author(&api).await;
        api.check(keyed("k1", dune(&author, 1)), 201, json!({})).await;
        let server = app(api.store.clone(), Options::default()).start().expect("a server");
        let in_hours = |hours: i64| {
            Timestamp::from_micros(Timestamp::now().micros() + hours * 3_600_000_000).expect("a time")
        };
        server.purge(in_hours(23)).await.expect("a purge");
        let again = api.check(keyed("k1", dune(&author, 1)), 201, json!({})).await;
        assert_eq!(again.header("idempotent-replayed"), "true");
        server.purge(in_hours(25)).await.expect("a purge");
        api.check(keyed("k1", dune(&author, 1)), 409, json!({"code": "conflict"})).await;
    }
}
