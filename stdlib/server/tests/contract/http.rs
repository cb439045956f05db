//! What holds for every request: callers, methods, media, ids, limits.

use std::time::Duration;

use atlas9_server::Options;
use atlas9_server::descriptor::Service;
use serde_json::{Value, json};

use crate::harness::{Api, apis, apis_with, app_of, author, book, call};
use crate::start::copy_service;

#[tokio::test(flavor = "multi_thread")]
async fn knows_callers() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        let path = format!("/v1/books/{id}");
        let get = || call("GET", path.clone());
        let nobody = api.check(get().without("authorization"), 401, json!({"code": "unauthenticated"})).await;
        assert_eq!(nobody.header("www-authenticate"), "Bearer");
        for header in ["Bearer wrong", "Basic Zm9v", "Bearer", "Bearer "] {
            let refused = api
                .check(get().header("authorization", header), 401, json!({"code": "unauthenticated"}))
                .await;
            assert_eq!(refused.header("www-authenticate"), "Bearer error=\"invalid_token\"", "{header}");
        }
        api.check(
            get().header("authorization", "Bearer down"),
            503,
            json!({"code": "unavailable", "retryable": true}),
        )
        .await;
        let scope = api
            .check(
                get().header("authorization", "Bearer nobody"),
                403,
                json!({"code": "forbidden", "required_scopes": ["books_read"]}),
            )
            .await;
        assert_eq!(
            scope.header("www-authenticate"),
            "Bearer error=\"insufficient_scope\", scope=\"books_read\""
        );
        // Who may not is told so before anything is read or looked up.
        let early = call("POST", "/v1/books").raw("text/plain", "{").header("authorization", "Bearer reader");
        api.check(early, 403, json!({"required_scopes": ["books_write"]})).await;
        let missing = call("DELETE", "/v1/books/x").header("authorization", "Bearer reader");
        api.check(missing, 403, json!({})).await;
        // Public, but a bad token is never silently ignored.
        let author = format!("/v1/authors/{}", author(&api).await);
        api.check(call("GET", author.clone()).without("authorization"), 200, json!({})).await;
        api.check(call("GET", author).header("authorization", "Bearer wrong"), 401, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hides_fields() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        let path = format!("/v1/books/{id}");
        let note = json!({"supplier_note": "cheap"});
        api.check(call("PATCH", path.clone()).json(note.clone()), 200, note).await;
        let reader = |call: crate::harness::Call| call.header("authorization", "Bearer reader");
        for shown in [path.clone(), "/v1/books".to_owned()] {
            let reply = api.check(reader(call("GET", shown)), 200, json!({})).await;
            assert!(!String::from_utf8_lossy(&reply.bytes).contains("supplier_note"));
        }
        for query in ["supplier_note=cheap", "supplier_note.gt=a", "sort=supplier_note"] {
            let list = call("GET", format!("/v1/books?{query}"));
            api.check(list.clone(), 200, json!({"items": [{"id": id}]})).await;
            api.check(reader(list), 403, json!({"code": "forbidden", "required_scopes": ["books_write"]}))
                .await;
        }
        let secret = call("PATCH", path).json(json!({"secret": "x"}));
        api.check(secret, 422, json!({"errors": [{"pointer": "#/secret", "code": "unknown_field"}]})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_every_method() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        let path = format!("/v1/books/{id}");
        let wrong = api.check(call("POST", path.clone()), 405, json!({"code": "method_not_allowed"})).await;
        assert_eq!(wrong.header("allow"), "GET, HEAD, PUT, PATCH, DELETE, OPTIONS");
        api.check(call("TRACE", path.clone()), 405, json!({})).await;
        let options =
            api.check(call("OPTIONS", "/v1/books").without("authorization"), 204, Value::Null).await;
        assert_eq!(options.header("allow"), "GET, HEAD, POST, OPTIONS");
        let got = api.check(call("GET", path.clone()), 200, json!({})).await;
        let head = api.check(call("HEAD", path.clone()), 200, Value::Null).await;
        assert_eq!(head.header("content-length"), got.bytes.len().to_string());
        assert_eq!((head.header("etag"), head.bytes.len()), ("\"1\"", 0));
        for nothing in
            ["/", "/v1", "/v1/bokks", "/v1/books/", "/v1/books/a/b", "//", "/v1//books", "/v1/books/%2e%2e"]
        {
            let status = if nothing.contains('%') { 400 } else { 404 };
            api.check(call("GET", nothing), status, json!({})).await;
        }
        api.check(
            call("GET", "/v1/books/%ff"),
            400,
            json!({"errors": [{"parameter": "id", "code": "wrong_encoding"}]}),
        )
        .await;
        api.check(
            call("GET", "/v1/books/1"),
            400,
            json!({"code": "malformed", "errors": [{"parameter": "id"}]}),
        )
        .await;
        api.check(
            call("GET", format!("{path}?verbose=1")),
            400,
            json!({"errors": [{"parameter": "verbose", "code": "unknown_parameter"}]}),
        )
        .await;
        api.check(
            call("GET", path.clone()).header("accept", "text/html"),
            406,
            json!({"code": "not_acceptable"}),
        )
        .await;
        api.check(call("GET", path).header("accept", "text/html, application/*;q=0.5"), 200, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_requests() {
    for api in apis().await {
        let get = |id: &str| call("GET", "/v1/nothing").header("x-request-id", id);
        let kept = api.check(get("my-id.1"), 404, json!({"instance": "urn:atlas9:request:my-id.1"})).await;
        assert_eq!(kept.header("x-request-id"), "my-id.1");
        let uuid = "01890a5d-ac96-774b-bcce-b302099a8057";
        api.check(get(uuid), 404, json!({"instance": format!("urn:uuid:{uuid}")})).await;
        for unsafe_id in ["a b", "a\"b", "<script>", &"x".repeat(65), ""] {
            let made = api.check(get(unsafe_id), 404, json!({})).await;
            assert_eq!(made.header("x-request-id").len(), 36, "{unsafe_id}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tells_how_it_is() {
    for api in apis().await {
        let get = |path: &str| call("GET", path).without("authorization");
        api.check(get("/livez"), 200, json!({"status": "alive"})).await;
        api.check(get("/readyz"), 200, json!({"status": "ready"})).await;
        api.check(get("/openapi.json"), 200, json!({"openapi": "3.1.0"})).await;
        for path in ["/livez", "/readyz", "/openapi.json"] {
            let refused = api.check(call("POST", path).json(json!({})), 405, json!({})).await;
            let options = api.check(call("OPTIONS", path), 204, Value::Null).await;
            assert_eq!(
                (refused.header("allow"), options.header("allow")),
                ("GET, HEAD, OPTIONS", "GET, HEAD, OPTIONS")
            );
        }
        let document = api.check(get("/openapi.json"), 200, json!({})).await;
        let tag = document.header("etag").to_owned();
        let again = api.check(get("/openapi.json").header("if-none-match", &tag), 304, Value::Null).await;
        assert_eq!((again.header("etag"), tag.len()), (tag.as_str(), 18));
        api.check(get("/openapi.json").header("if-none-match", "\"1\""), 200, json!({})).await;
        api.store.close().await;
        api.check(get("/livez"), 200, json!({})).await;
        let down = api.check(get("/readyz"), 503, json!({"code": "unavailable", "retryable": true})).await;
        assert_eq!(down.header("retry-after"), "1");
        api.check(call("GET", "/v1/books"), 503, json!({"code": "unavailable"})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn shows_its_reference_to_everybody() {
    for api in apis().await {
        let get = || call("GET", "/docs").without("authorization");
        let page = api.send(get().header("accept", "text/html")).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert!(page.bytes.starts_with(b"<head>"));
        assert_eq!(page.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        let tag = page.header("etag").to_owned();
        let again = api.send(get().header("if-none-match", &tag)).await;
        assert_eq!((again.status, again.bytes.len(), again.header("etag")), (304, 0, tag.as_str()));
        api.check(call("POST", "/docs"), 405, json!({"code": "method_not_allowed"})).await;
    }
    for api in apis_with(Options { docs: false, ..Options::default() }).await {
        api.check(call("GET", "/docs"), 404, json!({"code": "not_found"})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_bodies_and_time() {
    let options = Options { body_limit: 1000, timeout: Duration::from_millis(300), ..Options::default() };
    for api in apis_with(options).await {
        let long = call("POST", "/v1/authors").json(json!({"name": "x".repeat(2000)}));
        api.check(long, 413, json!({"code": "too_large", "kind": "too_large"})).await;
        let busy = api
            .check(
                call("POST", "/v1/authors").json(json!({"name": "Slow"})),
                503,
                json!({"code": "unavailable", "kind": "unavailable", "retryable": true}),
            )
            .await;
        assert_eq!(busy.header("retry-after"), "1");
        // What took too long is undone, and the connection is free again.
        api.check(call("GET", "/v1/authors"), 200, json!({"items": []})).await;
        author(&api).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_rates() {
    let service = limited();
    for api in apis().await {
        let router = |options: Options| {
            let app = app_of(service, api.store.clone(), options).start().expect("a server");
            Api::of(app.router(), api.store.clone())
        };
        let books = || call("GET", "/v1/books");
        let limited = router(Options::default());
        let first = limited.check(books(), 200, json!({})).await;
        assert_eq!(first.header("ratelimit-policy"), "\"default\";q=2;w=3600");
        assert_eq!(first.header("ratelimit"), "\"default\";r=1;t=1800");
        // What is refused for another reason counts too.
        let malformed = limited.check(call("GET", "/v1/books/x"), 400, json!({})).await;
        assert_eq!(malformed.header("ratelimit"), "\"default\";r=0;t=3600");
        let much = json!({"code": "rate_limited", "kind": "rate_limited", "retryable": true});
        let refused = limited.check(books(), 429, much.clone()).await;
        assert_eq!(refused.header("ratelimit"), "\"default\";r=0;t=3600");
        let seconds: u32 = refused.header("retry-after").parse().expect("seconds");
        assert!((1700..=1800).contains(&seconds), "{seconds}");
        // Others have their own, and guessing tokens is limited as well.
        limited.check(books().header("authorization", "Bearer reader"), 200, json!({})).await;
        let guess = || books().header("authorization", "Bearer guess");
        limited.check(guess(), 401, json!({})).await;
        limited.check(guess(), 401, json!({})).await;
        limited.check(guess(), 429, much).await;
        limited.check(call("GET", "/livez"), 200, json!({})).await;
        let free = router(Options { rate_limit: false, ..Options::default() });
        for _ in 0..4 {
            assert_eq!(free.check(books(), 200, json!({})).await.header("ratelimit"), "");
        }
    }
}

fn limited() -> &'static Service {
    Box::leak(Box::new(Service { rate_limit: Some((2, 3600)), ..copy_service() }))
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_what_could_be_read_in_two_ways() {
    for api in apis().await {
        let create = || call("POST", "/v1/authors").json(json!({"name": "A"}));
        let twice = |header: &'static str| json!({"errors": [{"header": header, "code": "duplicate"}]});
        let keys = create().raw_header("idempotency-key", b"a").raw_header("idempotency-key", b"b");
        api.check(keys, 400, twice("Idempotency-Key")).await;
        let types = create().raw_header("content-type", b"text/plain");
        api.check(types, 400, twice("Content-Type")).await;
        let packed = api.check(create().header("content-encoding", "gzip"), 415, json!({})).await;
        assert_eq!(packed.header("accept-encoding"), "identity");
        api.check(create().header("content-encoding", "identity"), 201, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn does_not_wait_for_a_body_that_says_that_it_is_too_long() {
    for api in apis().await {
        // The router alone does not compare it with what comes.
        let long =
            call("POST", "/v1/authors").json(json!({"name": "A"})).header("content-length", "999999999");
        api.check(long, 413, json!({"code": "too_large"})).await;
    }
}
