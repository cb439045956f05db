//! Singletons: there from the start, made when they are first touched.

use std::sync::Arc;

use atlas9_server::value::Timestamp;
use serde_json::json;

use crate::harness::call;
use crate::library::help::{at, book, errors, person};
use crate::library::libraries;

#[tokio::test(flavor = "multi_thread")]
async fn is_there_from_the_start() {
    for api in libraries().await {
        let defaults = json!({"theme": "light", "note": null, "limits": {}, "favourite_ids": []});
        let first = api.check(call("GET", "/v1/settings"), 200, defaults.clone()).await;
        assert_eq!(first.header("etag"), "\"1\"");
        assert_eq!(first.json, defaults, "no key, no hidden column");
        let known = call("GET", "/v1/settings").header("if-none-match", "\"1\"");
        api.check(known, 304, json!(null)).await;
        let patch = call("PATCH", "/v1/settings").header("if-match", "\"1\"").json(json!({"note": "n"}));
        let changed = api.check(patch.clone(), 200, json!({"theme": "light", "note": "n"})).await;
        assert_eq!(changed.header("etag"), "\"2\"");
        api.check(patch, 412, json!({"code": "precondition_failed"})).await;
        let lists = json!({"pointer": "#/limits", "code": "required"});
        let half = call("PUT", "/v1/settings").json(json!({"theme": "x"}));
        api.check(half, 422, errors(&[lists, at("#/favourite_ids", "required")])).await;
        let whole = json!({"theme": "x", "limits": {"a": "1"}, "favourite_ids": []});
        let replaced = api.check(call("PUT", "/v1/settings").json(whole.clone()), 200, whole).await;
        assert_eq!((replaced.header("etag"), &replaced.json["note"]), ("\"3\"", &json!(null)));
        for (method, allowed) in
            [("POST", "GET, HEAD, PUT, PATCH, OPTIONS"), ("DELETE", "GET, HEAD, PUT, PATCH, OPTIONS")]
        {
            let refused = api.check(call(method, "/v1/settings"), 405, json!({})).await;
            assert_eq!(refused.header("allow"), allowed);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn is_made_by_a_change_too() {
    for api in libraries().await {
        let dark = json!({"theme": "dark", "limits": {}});
        let moved = api.check(call("POST", "/v1/settings/darken"), 200, dark).await;
        assert_eq!(moved.header("etag"), "\"2\"");
        let other = call("POST", "/v1/settings/darken").header("if-match", "\"1\"");
        api.check(other, 412, json!({})).await;
    }
    for api in libraries().await {
        // What is refused leaves nothing behind, and what is tried first may be anything.
        let wrong = call("PATCH", "/v1/settings").json(json!({"theme": ""}));
        api.check(wrong, 422, errors(&[at("#/theme", "too_short")])).await;
        let id = book(&api, "A", &[]).await;
        let patch = call("PATCH", "/v1/settings").json(json!({"favourite_ids": [id]}));
        let changed = api.check(patch, 200, json!({"theme": "light", "favourite_ids": [id]})).await;
        assert_eq!(changed.header("etag"), "\"2\"");
        let whole = api
            .check(
                call("GET", "/v1/settings?expand=favourites"),
                200,
                json!({"favourites": [{"title": "A"}]}),
            )
            .await;
        assert_eq!(whole.header("etag"), "\"2\"");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn is_there_as_long_as_its_parent() {
    for api in libraries().await {
        let owner = person(&api, "Ada").await;
        let path = format!("/v1/people/{owner}/profile");
        let first = api.check(call("GET", path.clone()), 200, json!({"person_id": owner, "bio": ""})).await;
        assert_eq!(first.text("/created_at"), first.text("/updated_at"));
        let again =
            api.check(call("GET", path.clone()), 200, json!({"created_at": first.text("/created_at")})).await;
        assert_eq!(again.header("etag"), first.header("etag"));
        api.check(call("PATCH", path.clone()).json(json!({"bio": "b"})), 200, json!({"bio": "b"})).await;
        let other = person(&api, "Bob").await;
        let untouched = format!("/v1/people/{other}/profile");
        let moved = call("PATCH", untouched.clone()).json(json!({"person_id": owner, "bio": "c"}));
        api.check(moved, 200, json!({"person_id": other, "bio": "c"})).await;
        let nobody = "/v1/people/00000000-0000-7000-8000-000000000000/profile";
        let missing = json!({"detail": "There is no Person with this key."});
        api.check(call("GET", nobody), 404, missing.clone()).await;
        api.check(call("PATCH", nobody).json(json!({"bio": "x"})), 404, missing.clone()).await;
        api.check(call("GET", "/v1/people/x/profile"), 400, json!({"errors": [{"parameter": "person_id"}]}))
            .await;
        // A deleted parent hides it, and it does not keep its parent from going.
        api.check(call("DELETE", format!("/v1/people/{owner}")), 200, json!({})).await;
        api.check(call("GET", path.clone()), 404, missing).await;
        api.check(call("POST", format!("/v1/people/{owner}/undelete")), 200, json!({})).await;
        api.check(call("GET", path), 200, json!({"bio": "b"})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn is_made_once_however_many_ask() {
    for api in libraries().await {
        let path = format!("/v1/people/{}/profile", person(&api, "Ada").await);
        let api = Arc::new(api);
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..12 {
            let (api, path) = (Arc::clone(&api), path.clone());
            tasks.spawn(async move {
                let read = call("GET", path.clone());
                let write = call("PATCH", path).json(json!({"bio": format!("{number}")}));
                api.send(if number % 3 == 0 { write } else { read }).await.status
            });
        }
        assert_eq!(tasks.join_all().await, [200; 12], "{}", api.database);
        let made = api.check(call("GET", path.clone()), 200, json!({})).await;
        let made: Timestamp = made.text("/created_at").parse().expect("a time");
        assert_eq!(api.version(&path).await, made.micros() + 4, "one row, four changes");
    }
}
