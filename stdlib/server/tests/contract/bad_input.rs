//! Whatever comes in, the answer is a problem and never a failure of the server.

use serde_json::{Value, json};

use crate::harness::{apis, author, book, call, dune};

#[tokio::test(flavor = "multi_thread")]
async fn refuses_unreadable_bodies() {
    for api in apis().await {
        let create = |body: &[u8]| call("POST", "/v1/books").raw("application/json", body);
        let unreadable: [&[u8]; 12] = [
            b"",
            b"{",
            b"{\"title\":}",
            b"nope",
            b"{\"title\":\"a\",\"title\":\"b\"}",
            b"{\"a\":{\"b\":1,\"b\":1}}",
            b"{\"title\":\"\\ud800\"}",
            b"{\"title\":\"\xff\"}",
            b"{\"weight\":1e999}",
            b"{} {}",
            b"{\"a\":\"\x01\"}",
            b"[1,]",
        ];
        for body in unreadable {
            let malformed = json!({"code": "malformed", "errors": [{"pointer": "#", "code": "not_json"}]});
            api.check(create(body), 400, malformed).await;
        }
        for body in [b"".as_slice(), b" \n"] {
            let empty = json!({"errors": [{"code": "not_json", "detail": "is empty: JSON is expected"}]});
            api.check(create(body), 400, empty).await;
        }
        let deep = format!("{{\"extra\":{}1{}}}", "[".repeat(5000), "]".repeat(5000));
        api.check(create(deep.as_bytes()), 400, json!({"code": "malformed"})).await;
        for body in ["[]", "1", "null", "\"x\""] {
            api.check(
                create(body.as_bytes()),
                422,
                json!({"errors": [{"pointer": "#", "code": "wrong_type"}]}),
            )
            .await;
        }
        let media = call("POST", "/v1/books").raw("application/xml", "<x/>");
        assert_eq!(api.check(media, 415, json!({})).await.header("accept"), "application/json");
        api.check(call("POST", "/v1/books"), 415, json!({"code": "unsupported_media_type"})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tells_everything_that_is_wrong() {
    for api in apis().await {
        let body = json!({
            "isbn": "123", "titel": "x", "title": "", "author_id": 5, "price": {"amount": "1.999", "curency": "EUR"},
            "discount": "x", "tags": ["", 7, null], "attributes": {"a/b": 1}, "credits": [{"roleName": "x".repeat(31), "share": 5}],
            "weight": 100, "pages": 0, "copies": 5, "cover": "???", "loan": "1 day", "inPrint": "yes", "sequel_of": "x",
        });
        let wrong = |pointer: &str, code: &str| json!({"pointer": pointer, "code": code});
        let mut found =
            api.check(call("POST", "/v1/books").json(body), 422, json!({"code": "invalid"})).await.json;
        let mut errors: Vec<Value> =
            found["errors"].as_array_mut().expect("errors").iter_mut().map(Value::take).collect();
        errors.iter_mut().for_each(|error| {
            error.as_object_mut().expect("an object").remove("detail");
        });
        errors.sort_by_key(|error| error["pointer"].to_string());
        let expected = [
            wrong("#/attributes/a~1b", "wrong_type"),
            wrong("#/author_id", "wrong_type"),
            wrong("#/copies", "wrong_type"),
            wrong("#/cover", "wrong_format"),
            wrong("#/credits/0/roleName", "too_long"),
            wrong("#/credits/0/share", "wrong_type"),
            wrong("#/discount", "wrong_type"),
            wrong("#/inPrint", "wrong_type"),
            wrong("#/isbn", "pattern"),
            wrong("#/loan", "wrong_format"),
            wrong("#/pages", "out_of_range"),
            wrong("#/price/amount", "too_precise"),
            wrong("#/price/curency", "unknown_field"),
            wrong("#/price/currency", "required"),
            wrong("#/sequel_of", "wrong_format"),
            wrong("#/tags/0", "too_short"),
            wrong("#/tags/1", "wrong_type"),
            wrong("#/tags/2", "required"),
            wrong("#/titel", "unknown_field"),
            wrong("#/title", "too_short"),
            wrong("#/weight", "out_of_range"),
        ];
        assert_eq!(errors, expected, "{}", api.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn survives_strange_values() {
    for api in apis().await {
        let author = author(&api).await;
        let id = book(&api, &author, 1).await;
        let path = format!("/v1/books/{id}");
        let patch = |body: Value| call("PATCH", path.clone()).json(body);
        let refused = [
            (json!({"title": "a\u{0}b"}), "nul_character"),
            (json!({"extra": {"a\u{0}": 1}}), "nul_character"),
            (json!({"attributes": {"a\u{0}": "x"}}), "nul_character"),
            (json!({"pages": 1e300}), "out_of_range"),
            (json!({"pages": 2_147_483_648_u64}), "out_of_range"),
            (json!({"pages": u64::MAX}), "out_of_range"),
            (json!({"pages": 1.5}), "wrong_type"),
            (json!({"weight": -1e308}), "out_of_range"),
            (json!({"copies": "9223372036854775808"}), "wrong_format"),
            (json!({"copies": "1e3"}), "wrong_format"),
            (json!({"price": {"amount": "99999999999999999999999999999999"}}), "wrong_format"),
            (json!({"price": {"amount": "123456789.00"}}), "out_of_range"),
            (json!({"price": {"amount": "-0.01"}}), "out_of_range"),
            (json!({"price": {"amount": 9.99}}), "wrong_type"),
            (json!({"cover": "AAECAwQFBgcICQoLDA0ODxAR"}), "too_long"),
        ];
        for (body, code) in refused {
            api.check(patch(body), 422, json!({"errors": [{"code": code}]})).await;
        }
        let taken = json!({
            "title": "\u{1F4A9}\u{202E}\u{FFFF}\u{7F}'\"\\%_;--", "extra": {"": [[[[]]]], "\u{1F4A9}": f64::MIN_POSITIVE},
            "weight": -0.0, "copies": "-0", "price": {"amount": "00012.300"},
        });
        let kept = api.check(patch(taken), 200, json!({
            "title": "\u{1F4A9}\u{202E}\u{FFFF}\u{7F}'\"\\%_;--", "weight": 0.0, "copies": "0", "price": {"amount": "12.3"}})).await;
        assert_eq!(api.check(call("GET", path.clone()), 200, json!({})).await.bytes, kept.bytes);
        for table in ["x'; DROP TABLE books; --", "x\" OR 1=1"] {
            let mut body = dune(&author, 7);
            body["isbn"] = json!(table);
            api.check(call("POST", "/v1/books").json(body), 422, json!({})).await;
        }
        let headers = call("GET", path.clone()).header("if-none-match", "\"1").header("accept", ";;;,,,q=");
        assert!(api.send(headers).await.status < 500);
        api.check(call("GET", path), 200, json!({})).await;
    }
}

/// A body of 1 MiB could have half a million mistakes.
#[tokio::test(flavor = "multi_thread")]
async fn tells_of_a_hundred_mistakes_and_that_there_are_more() {
    let api = crate::harness::apis().await.remove(0);
    let author = crate::harness::author(&api).await;
    let mut body = crate::harness::dune(&author, 1);
    let wrong = |many: usize| vec![json!(1); many];
    let (list, unknown) = (wrong(200_000), (0..200).map(|number| format!("x{number}")));
    for (tags, names) in [(list, Vec::new()), (wrong(0), unknown.collect::<Vec<_>>())] {
        body["tags"] = json!(tags);
        for name in &names {
            body[name] = json!(1);
        }
        let reply =
            api.check(call("POST", "/v1/books").json(body.clone()), 422, json!({"code": "invalid"})).await;
        assert_eq!(reply.json["errors"].as_array().map(Vec::len), Some(100));
        assert!(reply.text("/detail").contains("more than 100 things"), "{}", reply.text("/detail"));
    }
}
