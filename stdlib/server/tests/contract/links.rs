//! Lists of references.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::harness::{Api, call};
use crate::library::help::{at, book, errors, genre, make, person};
use crate::library::libraries;

async fn etag(api: &Api, path: &str, expected: Value, etag: &str) {
    let found = api.check(call("GET", path), 200, expected).await;
    assert_eq!(found.header("etag"), etag, "{}: {path}", api.database);
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_order() {
    for api in libraries().await {
        let (ada, bob, eve) =
            (person(&api, "Ada").await, person(&api, "Bob").await, person(&api, "Eve").await);
        let made = call("POST", "/v1/books").json(json!({"title": "A", "author_ids": [eve, ada]}));
        let made = api.check(made, 201, json!({"author_ids": [eve, ada], "genreIds": []})).await;
        let path = format!("/v1/books/{}", made.text("/id"));
        etag(&api, &path, json!({"author_ids": [eve, ada]}), "\"1\"").await;
        let patch = |authors: Value| call("PATCH", path.clone()).json(json!({"author_ids": authors}));
        let turned = json!([ada, bob, eve]);
        let changed = api.check(patch(turned.clone()), 200, json!({"author_ids": turned})).await;
        assert_eq!(changed.header("etag"), "\"2\"");
        let same = api.check(patch(turned.clone()), 200, json!({})).await;
        assert_eq!(same.header("etag"), "\"2\"", "nothing changed");
        let other = call("PATCH", path.clone()).json(json!({"title": "B"}));
        api.check(other, 200, json!({"title": "B", "author_ids": turned})).await;
        api.check(patch(json!([eve, ada])), 200, json!({"author_ids": [eve, ada]})).await;
        let put = call("PUT", path.clone()).json(json!({"title": "C"}));
        api.check(put, 200, json!({"title": "C", "author_ids": []})).await;
        etag(&api, &path, json!({"author_ids": []}), "\"5\"").await;
        let old = patch(json!([ada])).header("if-match", "\"4\"");
        api.check(old, 412, json!({})).await;
        api.check(patch(json!(null)), 422, errors(&[at("#/author_ids", "required")])).await;
        let renamed = format!("/v1/titles/D%2F%25%20x/of/{}", made.text("/id"));
        api.check(patch(json!([bob])), 200, json!({})).await;
        api.check(call("POST", renamed), 200, json!({"title": "D/% x", "author_ids": [bob]})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_what_leads_nowhere() {
    for api in libraries().await {
        let (ada, gone) = (person(&api, "Ada").await, person(&api, "Gone").await);
        api.check(call("DELETE", format!("/v1/people/{gone}")), 200, json!({})).await;
        let nobody = "00000000-0000-7000-8000-000000000000";
        let body = |authors: Value| json!({"title": "A", "author_ids": authors, "genreIds": ["x", "y"]});
        let create = |authors: Value| call("POST", "/v1/books").json(body(authors));
        let failures = errors(&[
            at("#/author_ids/0", "not_found"),
            json!({"pointer": "#/author_ids/2", "code": "not_found", "detail": "there is no Person with this key"}),
            at("#/genreIds/0", "not_found"),
            at("#/genreIds/1", "not_found"),
        ]);
        api.check(create(json!([nobody, ada, gone])), 422, failures).await;
        let twice = json!([ada, nobody, ada.to_uppercase()]);
        let failures = errors(&[json!({
            "pointer": "#/author_ids/2", "code": "duplicate", "detail": "stands in the list already",
        })]);
        api.check(create(twice), 422, failures).await;
        let failures = errors(&[at("#/author_ids/0", "wrong_format"), at("#/author_ids/1", "required")]);
        api.check(create(json!(["x", null])), 422, failures).await;
        let id = book(&api, "A", &[&ada]).await;
        let path = format!("/v1/books/{id}");
        let patch = |authors: Value| call("PATCH", path.clone()).json(json!({"author_ids": authors}));
        api.check(patch(json!([ada, gone])), 422, errors(&[at("#/author_ids/1", "not_found")])).await;
        api.check(patch(json!([ada, ada])), 422, errors(&[at("#/author_ids/1", "duplicate")])).await;
        let bob = person(&api, "Bob").await;
        api.check(patch(json!([ada, bob])), 200, json!({})).await;
        api.check(
            call("DELETE", format!("/v1/people/{bob}")),
            409,
            json!({"detail": "Book still refers to this Person."}),
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn goes_with_either_end() {
    for api in libraries().await {
        let ada = person(&api, "Ada").await;
        let (crime, love) = (genre(&api, "crime").await, genre(&api, "love").await);
        let body = json!({"title": "A", "author_ids": [ada], "genreIds": [crime, love]});
        let id = make(&api, "/v1/books", body).await;
        let other = make(&api, "/v1/books", json!({"title": "B", "genreIds": [love]})).await;
        let (path, other) = (format!("/v1/books/{id}"), format!("/v1/books/{other}"));
        // A key leaves a list: what the book shows changes, and so does its entity tag.
        api.check(call("DELETE", "/v1/genres/crime"), 204, json!(null)).await;
        etag(&api, &path, json!({"genreIds": ["love"]}), "\"2\"").await;
        etag(&api, &other, json!({"genreIds": ["love"]}), "\"1\"").await;
        let held = json!({"errors": [{"parameter": "id", "code": "referenced"}]});
        api.check(call("DELETE", format!("/v1/people/{ada}")), 409, held).await;
        let liked = call("PATCH", "/v1/settings").json(json!({"favourite_ids": [id]}));
        api.check(liked, 200, json!({"favourite_ids": [id]})).await;
        api.check(call("DELETE", path.clone()), 204, json!(null)).await;
        etag(&api, "/v1/settings", json!({"favourite_ids": []}), "\"3\"").await;
        api.check(call("DELETE", format!("/v1/people/{ada}")), 200, json!({})).await;
        let publisher = make(&api, "/v1/publishers", json!({"name": "P"})).await;
        let printed = call("PATCH", other.clone()).json(json!({"publisher_id": publisher}));
        api.check(printed, 200, json!({"publisher_id": publisher})).await;
        api.check(call("DELETE", format!("/v1/publishers/{publisher}")), 204, json!(null)).await;
        etag(&api, &other, json!({"publisher_id": null}), "\"3\"").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_long_lists() {
    for api in libraries().await {
        let mut people = Vec::new();
        for number in 0..3 {
            people.push(person(&api, &format!("{number}")).await);
        }
        let nobody = |number: usize| format!("00000000-0000-7000-8000-{number:012x}");
        let many: Vec<String> = people.iter().cloned().chain((0..990).map(nobody)).collect();
        let create = call("POST", "/v1/books").json(json!({"title": "A", "author_ids": many}));
        let refused = api.check(create, 422, json!({})).await;
        let errors = refused.json["errors"].as_array().expect("errors").len();
        assert_eq!(errors, 100, "991 are wrong: each that is missing, and the rule");
        assert!(refused.text("/detail").contains("more than 100"), "{}", refused.text("/detail"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn survives_contention() {
    for api in libraries().await {
        let (ada, bob) = (person(&api, "Ada").await, person(&api, "Bob").await);
        genre(&api, "crime").await;
        let mut books = Vec::new();
        for _ in 0..4 {
            books.push(make(&api, "/v1/books", json!({"title": "A", "genreIds": ["crime"]})).await);
        }
        let api = Arc::new(api);
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..24 {
            let (api, path) = (Arc::clone(&api), format!("/v1/books/{}", books[number % 4]));
            let authors = if number % 2 == 0 { json!([ada, bob]) } else { json!([bob, ada]) };
            let change =
                call("PATCH", path).json(json!({"author_ids": authors, "title": format!("{number}")}));
            let delete = call("DELETE", "/v1/genres/crime");
            tasks.spawn(async move { api.send(if number == 12 { delete } else { change }).await.status });
        }
        let statuses = tasks.join_all().await;
        assert!(statuses.iter().all(|status| matches!(status, 200 | 204)), "{}: {statuses:?}", api.database);
        for id in books {
            api.check(call("GET", format!("/v1/books/{id}")), 200, json!({"genreIds": []})).await;
        }
    }
}
