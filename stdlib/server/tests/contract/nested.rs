//! References to what lives in something else.

use serde_json::json;

use crate::harness::call;
use crate::library::help::{at, book, errors, make, person};
use crate::library::libraries;

#[tokio::test(flavor = "multi_thread")]
async fn refers_by_the_own_key() {
    for api in libraries().await {
        let (one, two) = (book(&api, "A", &[]).await, book(&api, "B", &[]).await);
        let ada = person(&api, "Ada").await;
        let chapters = |book: &str| format!("/v1/books/{book}/chapters");
        let body = json!({"title": "One", "editor_ids": [ada]});
        let chapter = make(&api, &chapters(&one), body).await;
        let other = make(&api, &chapters(&two), json!({"title": "Two"})).await;
        let bookmark = make(&api, "/v1/bookmarks", json!({"chapter_id": chapter})).await;
        let whole = json!({"items": [{"id": bookmark, "chapter": {"book_id": one, "title": "One", "editor_ids": [ada]}}]});
        api.check(call("GET", "/v1/bookmarks?expand=chapter"), 200, whole).await;
        let nowhere = call("POST", "/v1/bookmarks").json(json!({"chapter_id": one}));
        api.check(nowhere, 422, errors(&[at("#/chapter_id", "not_found")])).await;
        let path = format!("{}/{chapter}", chapters(&one));
        let held = json!({"detail": "Bookmark still refers to this Chapter."});
        api.check(call("DELETE", path.clone()), 409, held).await;
        api.check(call("DELETE", format!("{}/{other}", chapters(&two))), 204, json!(null)).await;
        api.check(call("DELETE", format!("/v1/bookmarks/{bookmark}")), 204, json!(null)).await;
        let patch = call("PATCH", path.clone()).json(json!({"editor_ids": []}));
        let patched = api.check(patch, 200, json!({"editor_ids": [], "title": "One"})).await;
        assert_eq!(patched.header("etag"), "\"2\"");
        let listed = json!({"items": [{"editor_ids": [], "id": chapter}]});
        api.check(call("GET", chapters(&one)), 200, listed).await;
        api.check(call("DELETE", path), 204, json!(null)).await;
        api.check(call("GET", chapters(&one)), 200, json!({"items": []})).await;
    }
}
