//! What is read is of one state, the one that its entity tag stands for; and a row does not stand in its own way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use crate::harness::{apis, author, book, call};
use crate::library::help::{genre, make};
use crate::library::libraries;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_is_of_one_state() {
    for api in libraries().await {
        let api = Arc::new(api);
        for code in ["x", "y"] {
            genre(&api, code).await;
        }
        let book = make(&api, "/v1/books", json!({"title": "x", "author_ids": [], "genreIds": ["x"]})).await;
        let done = Arc::new(AtomicBool::new(false));
        let writing = tokio::spawn({
            let (api, done, path) = (Arc::clone(&api), Arc::clone(&done), format!("/v1/books/{book}"));
            async move {
                for word in ["y", "x"].into_iter().cycle().take(60) {
                    let patch = call("PATCH", path.clone()).json(json!({"title": word, "genreIds": [word]}));
                    api.check(patch, 200, json!({"title": word})).await;
                }
                done.store(true, Ordering::Relaxed);
            }
        });
        for path in [format!("/v1/books/{book}"), "/v1/books".to_owned()].iter().cycle() {
            let found = api.check(call("GET", path.clone()), 200, json!({})).await;
            let row = found.json.pointer("/items/0").unwrap_or(&found.json);
            assert_eq!(row["title"], row["genreIds"][0], "{}: {path}: {row}", api.database);
            if done.load(Ordering::Relaxed) {
                break;
            }
        }
        writing.await.expect("changes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_refers_to_itself_goes_and_comes_back() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        let path = format!("/v1/books/{id}");
        api.check(call("PATCH", path.clone()).json(json!({"sequel_of": id})), 200, json!({})).await;
        api.check(call("DELETE", path.clone()), 200, json!({})).await;
        api.check(call("POST", format!("{path}/undelete")), 200, json!({"sequel_of": id})).await;
        api.check(call("DELETE", path.clone()), 200, json!({})).await;
        let server = crate::harness::app(api.store.clone(), atlas9_server::Options::default());
        let later = atlas9_server::value::Timestamp::now().micros() + 31 * 86_400_000_000;
        let later = atlas9_server::value::Timestamp::from_micros(later).expect("a time");
        let gone = server.start().expect("a server").purge(later).await.expect("a purge");
        assert_eq!(gone, 1, "{}", api.database);
    }
}
