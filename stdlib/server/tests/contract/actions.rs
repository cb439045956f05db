//! Actions, declared and in code.

use serde_json::json;

use crate::harness::{apis, author, book, call};

#[tokio::test(flavor = "multi_thread")]
async fn moves_and_sets() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        let path = format!("/v1/books/{id}");
        let retire = |reason| call("POST", format!("{path}/retire")).json(json!({"reason": reason}));
        let not_on_sale = json!({
            "type": "https://docs.example.com/problems/not_on_sale", "title": "Not on sale", "status": 409,
            "detail": format!("Book {id} is not on sale."), "code": "not_on_sale", "kind": "conflict",
            "retryable": false, "remedy": "Publish it first, or delete it.", "book_id": id,
        });
        api.check(retire(json!("old")), 409, not_on_sale).await;
        let published =
            api.check(call("POST", format!("{path}/publish")), 200, json!({"status": "published"})).await;
        assert_eq!(published.header("etag"), "\"2\"");
        let since = published.text("/published_at");
        assert_eq!(since, published.text("/updated_at"));
        let already = json!({"code": "already_published", "book_id": id, "since": since, "kind": "conflict"});
        let twice = api.check(call("POST", format!("{path}/publish")).json(json!({})), 409, already).await;
        let text = String::from_utf8(twice.bytes).expect("UTF-8");
        let order = [
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "code",
            "kind",
            "retryable",
            "remedy",
            "book_id",
            "since",
        ];
        let places: Vec<_> = order.iter().map(|name| text.find(&format!("\"{name}\":"))).collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{text}");
        let broken = json!({"code": "invalid", "errors": [{"pointer": "#", "code": "published_has_date"}]});
        api.check(call("POST", format!("{path}/break_date")), 422, broken).await;
        api.check(retire(json!("")), 422, json!({"errors": [{"pointer": "#/reason", "code": "too_short"}]}))
            .await;
        let retired = api.check(retire(json!("old")), 200,
            json!({"status": "retired", "summary": "old", "supplier_note": "Dune 1", "published_at": since})).await;
        assert_eq!(retired.header("deprecation"), "@1777593600");
        assert_eq!(retired.header("sunset"), "Tue, 01 Jun 2027 00:00:00 GMT");
        let links: Vec<&str> =
            retired.headers.get_all("link").iter().filter_map(|link| link.to_str().ok()).collect();
        let link = |relation: &str| format!("</openapi.json>; rel=\"{relation}\"; type=\"application/json\"");
        assert_eq!(links, [link("deprecation"), link("sunset")]);
        let unknown = call("POST", format!("{path}/publish")).json(json!({"now": true}));
        api.check(unknown, 422, json!({"errors": [{"pointer": "#/now", "code": "unknown_field"}]})).await;
        let missing = "/v1/books/00000000-0000-7000-8000-000000000000/publish";
        api.check(call("POST", missing), 404, json!({"code": "not_found"})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn moves_once_under_contention() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        let path = format!("/v1/books/{id}/publish");
        let mut tasks = tokio::task::JoinSet::new();
        let api = std::sync::Arc::new(api);
        for _ in 0..8 {
            let (api, call) = (std::sync::Arc::clone(&api), call("POST", path.clone()));
            tasks.spawn(async move { api.send(call).await.status });
        }
        let mut statuses = tasks.join_all().await;
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409], "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_code() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        let path = format!("/v1/books/{id}/reprice");
        let reprice = |percent| call("POST", path.clone()).json(json!({"percent": percent}));
        let done = api
            .check(
                reprice(10),
                200,
                json!({"price": {"amount": "10.99", "currency": "EUR"}, "summary": "by development"}),
            )
            .await;
        assert_eq!(done.header("etag"), "\"2\"");
        let wrong = json!({"errors": [{"pointer": "#/percent", "code": "out_of_range", "detail": "must be from -50 to 50"}]});
        api.check(reprice(51), 422, wrong).await;
        api.check(
            call("POST", path.clone()),
            422,
            json!({"errors": [{"pointer": "#/percent", "code": "required"}]}),
        )
        .await;
        let gone = "/v1/books/00000000-0000-7000-8000-000000000000/reprice";
        api.check(call("POST", gone).json(json!({"percent": 1})), 404, json!({})).await;
        api.check(reprice(13), 500, json!({"code": "internal", "kind": "internal"})).await;
        api.check(reprice(0), 200, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn overrides_defaults() {
    for api in apis().await {
        let create = |name: &str| call("POST", "/v1/authors").json(json!({"name": name}));
        let made = api.check(create("Ursula"), 201, json!({"name": "Ursula"})).await;
        assert_eq!(made.header("etag"), "\"1\"");
        assert_eq!(made.header("location"), format!("/v1/authors/{}", made.text("/id")));
        api.check(create("Anonymous"), 422, json!({"errors": [{"pointer": "#/name", "code": "anonymous"}]}))
            .await;
        api.check(create("Twice"), 201, json!({"name": "Twice"})).await;
        api.check(create("Undone"), 409, json!({"code": "conflict", "detail": "Changed my mind."})).await;
        let names = json!({"items": [{"name": "Twice"}, {"name": "Ursula"}]});
        api.check(call("GET", "/v1/authors?sort=name"), 200, names).await;
    }
}
