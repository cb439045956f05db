//! Queries, actions on collections and operations of the service: parameters from everywhere, answers of every kind.

use atlas9_server::{App, Options, Store};
use serde_json::json;

use crate::harness::{Api, call};
use crate::library::help::{at, book, errors, person};
use crate::library::{SERVICE, Tokens, libraries};

#[tokio::test(flavor = "multi_thread")]
async fn takes_parameters_from_the_query_and_headers() {
    for api in libraries().await {
        let author = person(&api, "Ada").await;
        book(&api, "A", &[&author]).await;
        let asked = "/v1/books/bestsellers?since=2026-11-01&genres=a,b&genres=%C3%A9%2F&kind=audio";
        let found = api.check(call("GET", asked).header("x-trace", "true, false"), 200, json!({})).await;
        let items = found.json["items"].as_array().expect("items");
        assert_eq!(
            (&items[0]["title"], &items[0]["author_ids"]),
            (&json!("A"), &json!([author])),
            "whole books"
        );
        let told = items[1]["title"].as_str().expect("text");
        for part in [
            "top: Int(10)",
            "kind: Text(\"audio\")",
            "genres: List([Text(\"a,b\"), Text(\"é/\")])",
            "trace: List([Bool(true), Bool(false)])",
            "secret: Null",
        ] {
            assert!(told.contains(part), "{told}");
        }
        assert_eq!(found.json.as_object().map(serde_json::Map::len), Some(1), "nothing but items");
        let least = call("GET", "/v1/books/bestsellers?since=2026-11-01&topMost=100");
        let least = api.check(least, 200, json!({})).await;
        let told = least.text("/items/1/title");
        assert!(
            told.contains("top: Int(100)")
                && told.contains("genres: List([])")
                && told.contains("trace: Null")
        );
        let failures = [
            json!({"parameter": "since", "code": "required"}),
            json!({"parameter": "topMost", "code": "out_of_range", "detail": "must be from 1 to 100"}),
            json!({"parameter": "kind", "code": "unknown_value"}),
            json!({"parameter": "genres", "code": "too_many"}),
            json!({"header": "X-Trace", "code": "wrong_type"}),
            json!({"parameter": "top", "code": "unknown_parameter"}),
        ];
        let wrong = "/v1/books/bestsellers?topMost=0&kind=x&genres=a&genres=b&genres=c&top=1";
        api.check(call("GET", wrong).header("x-trace", "maybe"), 400, errors(&failures)).await;
        let twice = "/v1/books/bestsellers?since=2026-11-01&since=2026-11-02&genres=%ff";
        let failures = [
            json!({"parameter": "genres", "code": "wrong_encoding"}),
            json!({"parameter": "since", "code": "repeated"}),
        ];
        api.check(call("GET", twice), 400, errors(&failures)).await;
        let latin = call("GET", "/v1/books/bestsellers?since=2026-11-01").raw_header("x-trace", b"\xff");
        api.check(latin, 400, errors(&[json!({"header": "X-Trace", "code": "wrong_encoding"})])).await;
        let reader = |path: &str| call("GET", path).header("authorization", "Bearer reader");
        let secret = json!({"code": "forbidden", "required_scopes": ["people"]});
        api.check(reader("/v1/books/bestsellers?since=2026-11-01&secret=x"), 403, secret).await;
        api.check(reader("/v1/books/bestsellers?since=2026-11-01"), 200, json!({})).await;
        api.check(call("GET", asked).without("authorization"), 401, json!({})).await;
        let head = call("HEAD", "/v1/books/bestsellers?since=2026-11-01");
        api.check(head, 200, json!(null)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn acts_on_collections() {
    for api in libraries().await {
        let import =
            |titles: serde_json::Value| call("POST", "/v1/books/import").json(json!({"titles": titles}));
        let report = json!({"madeSoFar": 2, "source": "disk é"});
        let first = import(json!(["A", "B"]))
            .header("idempotency-key", "1")
            .raw_header("x-source", "disk é".as_bytes());
        api.check(first.clone(), 200, report.clone()).await;
        let again = api.check(first, 200, report).await;
        assert_eq!(again.header("idempotent-replayed"), "true");
        api.check(
            call("GET", "/v1/books?sort=title"),
            200,
            json!({"items": [{"title": "A"}, {"title": "B"}]}),
        )
        .await;
        let failures = errors(&[at("#/titles/1", "too_short"), at("#/source", "unknown_field")]);
        let wrong = call("POST", "/v1/books/import").json(json!({"titles": ["A", ""], "source": "x"}));
        api.check(wrong, 422, failures).await;
        // What cannot be read and what is not valid are told together.
        let both = import(json!([])).raw_header("x-source", b"");
        let failures =
            errors(&[json!({"header": "X-Source", "code": "too_short"}), at("#/titles", "too_few")]);
        api.check(both, 400, failures).await;
        api.check(import(json!(["A"])).raw("text/plain", "x"), 415, json!({})).await;
        api.check(call("POST", "/v1/books/import"), 422, errors(&[at("#/titles", "required")])).await;
        api.check(
            call("POST", "/v1/books/import?x=1"),
            400,
            json!({"errors": [{"parameter": "x"}, {"pointer": "#/titles"}]}),
        )
        .await;
        // What was made before it failed is taken back.
        api.check(call("GET", "/v1/books?count=true"), 200, json!({"count": 2})).await;
        // `If-Match` says nothing of a collection.
        api.check(
            import(json!(["C"])).header("if-match", "\"7\""),
            200,
            json!({"madeSoFar": 1, "source": null}),
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fixed_path_leaves_the_others_alone() {
    for api in libraries().await {
        api.check(call("POST", "/v1/genres/refresh"), 204, json!(null)).await;
        api.check(call("POST", "/v1/genres").json(json!({"code": "refresh"})), 201, json!({})).await;
        api.check(call("GET", "/v1/genres/refresh"), 200, json!({"code": "refresh"})).await;
        let refused = api.check(call("PUT", "/v1/genres/refresh").json(json!({})), 405, json!({})).await;
        assert_eq!(refused.header("allow"), "GET, HEAD, POST, DELETE, OPTIONS");
        // No book can have the key `bestsellers`, so that only the query is there.
        let options = api.check(call("OPTIONS", "/v1/books/bestsellers"), 204, json!(null)).await;
        assert_eq!(options.header("allow"), "GET, HEAD, OPTIONS");
        let refused = api.check(call("PUT", "/v1/books/bestsellers").json(json!({})), 405, json!({})).await;
        assert_eq!(refused.header("allow"), "GET, HEAD, OPTIONS");
        api.check(call("DELETE", "/v1/genres/refresh"), 204, json!(null)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_what_lives_in_something() {
    for api in libraries().await {
        let id = book(&api, "A", &[]).await;
        let chapters = format!("/v1/books/{id}/chapters");
        api.check(call("GET", format!("{chapters}/longest")), 200, json!(null)).await;
        let made =
            api.check(call("POST", chapters.clone()).json(json!({"title": "One"})), 201, json!({})).await;
        let longest = json!({"title": "One", "id": made.text("/id"), "editor_ids": []});
        let found = api.check(call("GET", format!("{chapters}/longest")), 200, longest).await;
        assert_eq!(found.header("etag"), "\"1\"");
        let nowhere = "/v1/books/00000000-0000-7000-8000-000000000000/chapters/longest";
        api.check(call("GET", nowhere), 404, json!({"detail": "There is no Book with this key."})).await;
        api.check(
            call("GET", "/v1/books/x/chapters/longest"),
            400,
            json!({"errors": [{"parameter": "book_id"}]}),
        )
        .await;
        let known = call("GET", format!("{chapters}/longest")).header("if-none-match", "\"1\"");
        api.check(known, 200, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_for_the_service() {
    for api in libraries().await {
        let login = |password: &str| {
            call("POST", "/v1/login")
                .without("authorization")
                .json(json!({"email": "a@b", "password": password}))
        };
        api.check(login("secret"), 200, json!({"token": "full"})).await;
        api.check(login("wrong"), 401, json!({"detail": "Wrong password."})).await;
        api.check(login(""), 422, errors(&[at("#/password", "too_short")])).await;
        api.check(call("GET", "/v1/login"), 405, json!({})).await;
        let payments = json!({"items": [{"paidBy": "transfer", "iban": "a/b%"}, null]});
        api.check(call("GET", "/v1/payments/a%2Fb%25"), 200, payments).await;
        let long = json!({"errors": [{"parameter": "country", "code": "too_long"}]});
        api.check(call("GET", "/v1/payments/0123456789"), 400, long).await;
        let bytes = json!({"errors": [{"parameter": "country", "code": "wrong_encoding"}]});
        api.check(call("GET", "/v1/payments/%ff"), 400, bytes).await;
        api.check(call("GET", "/v1/payments/x").without("authorization"), 401, json!({})).await;
        let id = book(&api, "A", &[]).await;
        let day = |id: &str| call("POST", "/v1/book_of_the_day").json(json!({"id": id}));
        let found = api.check(day(&id), 200, json!({"title": "A", "id": id})).await;
        assert_eq!(found.header("etag"), "\"1\"");
        api.check(
            day("00000000-0000-7000-8000-000000000000"),
            404,
            json!({"detail": "There is no Book with this key."}),
        )
        .await;
        let reader = day(&id).header("authorization", "Bearer reader");
        api.check(reader, 403, json!({"required_scopes": ["write"]})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn says_which_code_is_missing() {
    let store = Store::open("sqlite::memory:").await.expect("a database");
    store.migrate(&SERVICE).await.expect("migrations");
    let app = || App::new(&SERVICE, store.clone()).authenticator(Tokens);
    let error = app().start().err().expect("an error").to_string();
    for line in [
        "\n- `login` of the service has no code: give it a handler\n",
        "\n- `cheapest_payment` of the service has no code: give it a handler\n",
        "\n- `bestsellers` of Book has no code: give it a handler\n",
        "\n- `import` of Book has no code: give it a handler\n",
    ] {
        assert!(error.contains(line), "{error}");
    }
    assert!(!error.contains("rename"), "{error}");
    let wrong = app().service_handler(
        "logout",
        std::sync::Arc::new(|_, _| Box::pin(async { Ok(atlas9_server::Output::Nothing) })),
    );
    let error = wrong.start().err().expect("an error").to_string();
    assert!(error.contains("there is no operation `logout` that a handler could be for"), "{error}");
    let options = Options { missing_handlers_answer_501: true, ..Options::default() };
    let api = Api::of(app().options(options).start().expect("a server").router(), store.clone());
    let login = call("POST", "/v1/login").json(json!({"email": "a@b", "password": "x"}));
    let remedy = json!({
        "code": "not_implemented", "detail": "What `login` does is code, which this server does not have.",
        "remedy": "Implement it in a generated Rust server.",
    });
    api.check(login, 501, remedy).await;
    let query = call("GET", "/v1/books/bestsellers?since=2026-11-01");
    api.check(
        query,
        501,
        json!({"detail": "What `bestsellers` of Book does is code, which this server does not have."}),
    )
    .await;
    // A request that breaks the schema is told so first.
    api.check(call("GET", "/v1/books/bestsellers"), 400, json!({})).await;
}
