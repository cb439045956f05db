//! `?expand=`: what references lead to, embedded.

use serde_json::json;

use crate::harness::call;
use crate::library::help::{at, book, errors, genre, make, person};
use crate::library::libraries;

#[tokio::test(flavor = "multi_thread")]
async fn embeds_whole_resources() {
    for api in libraries().await {
        let (ada, bob) = (person(&api, "Ada").await, person(&api, "Bob").await);
        genre(&api, "crime").await;
        let publisher = make(&api, "/v1/publishers", json!({"name": "P"})).await;
        let body = json!({
            "title": "A", "publisher_id": publisher, "author_ids": [bob, ada], "genreIds": ["crime"],
        });
        let id = make(&api, "/v1/books", body).await;
        let other = make(&api, "/v1/books", json!({"title": "B", "author_ids": [ada]})).await;
        let path = format!("/v1/books/{id}?expand=publisher,authors,genres");
        let whole = json!({
            "publisher_id": publisher, "publisher": {"id": publisher, "name": "P"},
            "author_ids": [bob, ada], "authors": [{"name": "Bob", "salary": "7", "deleted_at": null}, {"name": "Ada"}],
            "genreIds": ["crime"], "genres": [{"code": "crime"}],
        });
        let found = api.check(call("GET", path.clone()), 200, whole.clone()).await;
        assert_eq!(found.header("etag"), "\"1\"");
        let text = String::from_utf8(found.bytes.clone()).expect("UTF-8");
        assert!(
            text.contains(&format!("\"publisher_id\":\"{publisher}\",\"publisher\":{{")),
            "beside its key: {text}"
        );
        // The tag says nothing of what is embedded.
        api.check(call("GET", path).header("if-none-match", "\"1\""), 200, json!({})).await;
        let plain = api.check(call("GET", format!("/v1/books/{id}")), 200, json!({})).await;
        assert!(plain.json.get("authors").is_none() && plain.json.get("publisher").is_none());
        let list = "/v1/books?sort=title&expand=authors,publisher";
        let second = json!({"id": other, "publisher": null, "authors": [{"name": "Ada"}]});
        let page = json!({"items": [{"authors": [{"name": "Bob"}, {"name": "Ada"}], "publisher": {"name": "P"}}, second]});
        api.check(call("GET", list), 200, page).await;
        let less = call("GET", "/v1/books?sort=title&limit=1&expand=authors");
        let less = api.check(less, 200, json!({})).await;
        assert!(less.header("link").contains("expand=authors&cursor="), "{}", less.header("link"));
        let next = format!("/v1/books?sort=title&expand=publisher&cursor={}", less.text("/next_cursor"));
        api.check(call("GET", next), 200, json!({"items": [{"publisher": null}]})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hides_what_is_deleted() {
    for api in libraries().await {
        let (gone, bob) = (person(&api, "Gone").await, person(&api, "Bob").await);
        let id = book(&api, "A", &[]).await;
        let chapters = format!("/v1/books/{id}/chapters");
        let body = json!({"title": "One", "editor_ids": [gone, bob]});
        let chapter = make(&api, &chapters, body).await;
        let path = format!("{chapters}/{chapter}?expand=editors");
        api.check(call("GET", path.clone()), 200, json!({"editors": [{"name": "Gone"}, {"name": "Bob"}]}))
            .await;
        let note = make(&api, &format!("/v1/people/{gone}/notes"), json!({})).await;
        let marks = json!({"chapter_id": chapter, "note_id": note});
        make(&api, "/v1/bookmarks", marks.clone()).await;
        let list = "/v1/bookmarks?expand=note,chapter";
        api.check(call("GET", list), 200, json!({"items": [{"note": {"person_id": gone}}]})).await;
        api.check(call("POST", "/v1/genres/refresh"), 204, json!(null)).await;
        let shown = json!({"editor_ids": [gone, bob], "editors": [{"name": "Bob"}]});
        api.check(call("GET", path.clone()), 200, shown).await;
        // What lives in something that is deleted is not there either.
        let shown = json!({"items": [{"note_id": note, "note": null, "chapter": {"title": "One"}}]});
        api.check(call("GET", list), 200, shown).await;
        let refused = errors(&[at("#/note_id", "not_found")]);
        api.check(call("POST", "/v1/bookmarks").json(marks), 422, refused).await;
        let patch =
            |editors| call("PATCH", format!("{chapters}/{chapter}")).json(json!({"editor_ids": editors}));
        api.check(patch(json!([bob, gone])), 200, json!({"editor_ids": [bob, gone]})).await;
        api.check(patch(json!([bob])), 200, json!({})).await;
        api.check(patch(json!([bob, gone])), 422, errors(&[at("#/editor_ids/1", "not_found")])).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guards_what_it_shows() {
    for api in libraries().await {
        let ada = person(&api, "Ada").await;
        let id = book(&api, "A", &[&ada]).await;
        let path = |expand: &str| format!("/v1/books/{id}?expand={expand}");
        let anonymous = |path: String| call("GET", path).without("authorization");
        api.check(anonymous(format!("/v1/books/{id}")), 200, json!({})).await;
        for list in [path("authors"), "/v1/books?expand=authors".to_owned()] {
            let reader = call("GET", list.clone()).header("authorization", "Bearer reader");
            api.check(reader, 403, json!({"required_scopes": ["people"]})).await;
            api.check(anonymous(list), 401, json!({"code": "unauthenticated"})).await;
        }
        let genres = call("GET", path("genres")).header("authorization", "Bearer reader");
        api.check(genres, 200, json!({"genres": []})).await;
        let unknown = json!({"errors": [{
            "parameter": "expand", "code": "unknown_value",
            "detail": "must be made of `publisher`, `authors`, `genres`; did you mean `authors`?",
        }]});
        api.check(call("GET", path("author")), 400, unknown.clone()).await;
        api.check(call("GET", "/v1/books?expand=genres,author"), 400, unknown).await;
        for (wrong, code) in
            [("genres,genres", "repeated"), ("", "unknown_value"), ("genres,", "unknown_value")]
        {
            api.check(
                call("GET", path(wrong)),
                400,
                json!({"errors": [{"parameter": "expand", "code": code}]}),
            )
            .await;
        }
        let nothing = json!({"errors": [{"parameter": "expand", "code": "unknown_parameter"}]});
        api.check(call("GET", format!("/v1/people/{ada}?expand=x")), 400, nothing).await;
    }
}
