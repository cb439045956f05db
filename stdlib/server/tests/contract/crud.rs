//! Create, get, update, replace, delete.

use serde_json::{Value, json};

use crate::harness::{Api, Call, apis, author, book, call, dune};
use crate::library::{help::genre, libraries};

#[tokio::test(flavor = "multi_thread")]
async fn creates_and_gets() {
    for api in apis().await {
        let author = author(&api).await;
        let made = api
            .check(
                call("POST", "/v1/books").json(dune(&author, 1)),
                201,
                json!({
                    "isbn": "0000000000001", "title": "Dune 1", "author_id": author,
                    "price": {"amount": "9.99", "currency": "EUR"}, "discount": null, "status": "draft",
                    "published_at": null, "summary": null, "tags": [], "attributes": {}, "extra": null, "credits": [],
                    "weight": null, "inPrint": true, "supplier_note": null, "deleted_at": null,
                }),
            )
            .await;
        let id = made.text("/id");
        assert_eq!(made.header("location"), format!("/v1/books/{id}"));
        assert_eq!(made.header("etag"), "\"1\"");
        assert_eq!(made.header("content-type"), "application/json");
        assert!(made.json.get("secret").is_none(), "an internal field is shown");
        let got = api.check(call("GET", format!("/v1/books/{id}")), 200, json!({})).await;
        assert_eq!(got.bytes, made.bytes, "{}", api.database);
        assert_eq!(got.header("etag"), "\"1\"");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_every_type() {
    for api in apis().await {
        let mut body = dune(&author(&api).await, 1);
        let rest = json!({
            "title": "Ünïcode 'quote'; DROP TABLE books; --",
            "discount": {"amount": "0.50", "currency": "EUR"},
            "tags": ["a", "\"b\"", "é"],
            "attributes": {"z": "1", "a": "2"},
            "extra": {"b": [1, 2.5, null, true, {"d": 1e3, "c": -0.0}], "a": "x"},
            "credits": [{"roleName": "editor", "share": "9007199254740993",
                         "under": {"roleName": "publisher", "share": null, "under": null}}],
            "weight": 0.1, "pages": 3.0, "copies": "-9223372036854775808", "cover": "AAEC/w==",
            "loan": "P1DT2H", "inPrint": false, "supplier_note": "",
        });
        merge(&mut body, rest);
        let made = api.check(call("POST", "/v1/books").json(body), 201, json!({
            "discount": {"amount": "0.5", "currency": "EUR"}, "pages": 3, "copies": "-9223372036854775808",
            "weight": 0.1, "cover": "AAEC/w==", "loan": "P1DT2H", "inPrint": false,
        }))
        .await;
        let text = String::from_utf8(made.bytes.clone()).expect("UTF-8");
        for expected in [
            r#""tags":["a","\"b\"","é"]"#,
            r#""attributes":{"a":"2","z":"1"}"#,
            r#""extra":{"a":"x","b":[1,2.5,null,true,{"c":0.0,"d":1000.0}]}"#,
            r#""credits":[{"roleName":"editor","share":"9007199254740993","under":{"roleName":"publisher","share":null,"under":null}}]"#,
        ] {
            assert!(text.contains(expected), "{}: no {expected} in {text}", api.database);
        }
        let got = api.check(call("GET", format!("/v1/books/{}", made.text("/id"))), 200, json!({})).await;
        assert_eq!(got.bytes, made.bytes, "{}", api.database);
    }
}

fn merge(body: &mut Value, rest: Value) {
    let (Value::Object(body), Value::Object(rest)) = (body, rest) else { return };
    body.extend(rest);
}

#[tokio::test(flavor = "multi_thread")]
async fn updates() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        let path = format!("/v1/books/{id}");
        let patch = |body| call("PATCH", path.clone()).raw("application/merge-patch+json", body);
        let first = api
            .check(patch(r#"{"summary": "Sand.", "tags": ["a"]}"#), 200, json!({"summary": "Sand."}))
            .await;
        assert_eq!(first.header("etag"), "\"2\"");
        let second = r#"{"summary": null, "price": {"amount": "1"}, "attributes": {"a": "1", "b": "2"}}"#;
        api.check(
            patch(second),
            200,
            json!({"summary": null, "tags": ["a"], "price": {"amount": "1", "currency": "EUR"}}),
        )
        .await;
        let third = r#"{"attributes": {"a": null, "c": "3"}, "extra": {"a": 1, "b": {"c": 1, "d": 2}}}"#;
        api.check(patch(third), 200, json!({"attributes": {"b": "2", "c": "3"}, "extra": {"a": 1}})).await;
        let fourth = r#"{"extra": {"a": null, "b": {"c": 3}}}"#;
        let reply = api.check(patch(fourth), 200, json!({"extra": {"b": {"c": 3, "d": 2}}})).await;
        assert!(reply.json["extra"].get("a").is_none());
        assert_eq!(reply.header("etag"), "\"5\"");
        let same = api
            .check(
                patch(r#"{"extra": {"b": {"c": 3}}, "isbn": "0000000000001", "id": "ignored"}"#),
                200,
                json!({}),
            )
            .await;
        assert_eq!(same.header("etag"), "\"5\"", "a change that changes nothing");
        assert_eq!(same.bytes, reply.bytes);
        let nulls = json!({"status": 422, "code": "invalid", "errors": [
            {"pointer": "#/title", "code": "required"}, {"pointer": "#/price/amount", "code": "required"}]});
        api.check(patch(r#"{"title": null, "price": {"amount": null}}"#), 422, nulls).await;
        let fixed = json!({"errors": [{"pointer": "#/isbn", "code": "immutable"}]});
        api.check(patch(r#"{"isbn": "0000000000002"}"#), 422, fixed).await;
        let part = json!({"errors": [{"pointer": "#/discount/currency", "code": "required"}]});
        api.check(patch(r#"{"discount": {"amount": "1"}}"#), 422, part).await;
        api.check(
            patch(r#"{"attributes": {"d": "4", "e": "5"}}"#),
            422,
            json!({"errors": [{"pointer": "#/attributes", "code": "too_many"}]}),
        )
        .await;
        let missing = call("PATCH", "/v1/books/00000000-0000-7000-8000-000000000000").json(json!({}));
        api.check(missing, 404, json!({"code": "not_found"})).await;
        let media = api.check(call("PATCH", path.clone()).raw("text/plain", "{}"), 415, json!({})).await;
        assert_eq!(media.header("accept-patch"), "application/merge-patch+json, application/json");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn replaces() {
    for api in apis().await {
        let author = author(&api).await;
        let id = book(&api, &author, 1).await;
        let path = format!("/v1/books/{id}");
        api.check(
            call("PATCH", path.clone()).json(json!({"summary": "Sand.", "tags": ["a"]})),
            200,
            json!({}),
        )
        .await;
        let body = json!({"title": "New", "author_id": author, "price": {"amount": "2", "currency": "USD"}});
        api.check(call("PUT", path.clone()).json(body), 200, json!({
            "id": id, "isbn": "0000000000001", "title": "New", "summary": null, "tags": [], "price": {"amount": "2", "currency": "USD"},
            "status": "draft",
        })).await;
        api.check(
            call("PUT", path).json(json!({"title": "New"})),
            422,
            json!({"errors": [
            {"pointer": "#/author_id", "code": "required"}, {"pointer": "#/price", "code": "required"}]}),
        )
        .await;
        let other = call("PUT", "/v1/books/00000000-0000-7000-8000-000000000000").json(dune(&author, 9));
        api.check(other, 404, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn compares_entity_tags() {
    for api in apis().await {
        let id = book(&api, &author(&api).await, 1).await;
        let path = format!("/v1/books/{id}");
        let get = |tag: &str| call("GET", path.clone()).header("if-none-match", tag);
        let unchanged = api.check(get("\"1\""), 304, Value::Null).await;
        assert_eq!(unchanged.header("etag"), "\"1\"");
        api.check(get("W/\"1\", \"7\""), 304, Value::Null).await;
        api.check(get("*"), 304, Value::Null).await;
        api.check(get("\"a,b\",, \"1\""), 304, Value::Null).await;
        api.check(get("\"2\""), 200, json!({})).await;
        let patch = |tag: &str, n: u8| {
            call("PATCH", path.clone()).header("if-match", tag).json(json!({"summary": format!("{n}")}))
        };
        api.check(patch("\"1\"", 1), 200, json!({})).await;
        api.check(patch("\"1\"", 2), 412, json!({"code": "precondition_failed"})).await;
        api.check(patch("W/\"2\"", 3), 412, json!({})).await;
        api.check(patch("\"x\", \"2\"", 4), 200, json!({})).await;
        api.check(patch("*", 5), 200, json!({})).await;
        // A comma can be part of a tag of somebody else's.
        api.check(patch("\"x,4\"", 6), 412, json!({})).await;
        for wrong in ["2", "", "\"2\" \"4\"", "*, \"4\"", "w/\"4\""] {
            api.check(patch(wrong, 6), 400, json!({"errors": [{"header": "If-Match"}]})).await;
        }
        for other in ["\"04\"", "\"+4\"", "W/\"4\""] {
            api.check(patch(other, 6), 412, json!({})).await;
        }
        for known in ["*", "\"4\"", "W/\"4\"", "\"3\", \"4\""] {
            let unless = |call: Call| call.header("if-none-match", known);
            let excluded = json!({"detail": "The resource is in a state that `If-None-Match` excludes."});
            for call in
                [patch("\"4\"", 6), call("DELETE", path.clone()), call("POST", format!("{path}/publish"))]
            {
                api.check(unless(call), 412, excluded.clone()).await;
            }
        }
        let unreadable = call("DELETE", path.clone()).header("if-none-match", "4");
        api.check(unreadable, 400, json!({"errors": [{"header": "If-None-Match"}]})).await;
        let publish = |tag: &str| call("POST", format!("{path}/publish")).header("if-match", tag);
        api.check(publish("\"1\""), 412, json!({})).await;
        let published = publish("\"4\"").header("if-none-match", "\"3\"");
        api.check(published, 200, json!({"status": "published"})).await;
        let reprice = call("POST", format!("{path}/reprice")).json(json!({"percent": 1}));
        api.check(reprice.clone().header("if-match", "\"1\""), 412, json!({})).await;
        api.check(reprice.header("if-match", "\"5\""), 200, json!({})).await;
        api.check(call("DELETE", path.clone()).header("if-match", "\"1\""), 412, json!({})).await;
        api.check(call("DELETE", path.clone()).header("if-match", "\"6\""), 200, json!({})).await;
    }
}

/// What a client knows of a row that has gone is not true of the next one with its key (RFC 9110, section 8.8.1).
#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_comes_back_has_another_entity_tag() {
    for api in libraries().await {
        let mut known = Vec::new();
        for _ in 0..3 {
            genre(&api, "red").await;
            let tag =
                api.check(call("GET", "/v1/genres/red"), 200, json!({})).await.header("etag").to_owned();
            for old in &known {
                let read = call("GET", "/v1/genres/red").header("if-none-match", old);
                api.check(read, 200, json!({"code": "red"})).await;
                let delete = call("DELETE", "/v1/genres/red").header("if-match", old);
                api.check(delete, 412, json!({"code": "precondition_failed"})).await;
            }
            known.push(tag.clone());
            api.check(call("DELETE", "/v1/genres/red").header("if-match", tag), 204, Value::Null).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deletes_and_undeletes() {
    for api in apis().await {
        let author = author(&api).await;
        let id = book(&api, &author, 1).await;
        let path = format!("/v1/books/{id}");
        let referred = json!({"code": "conflict", "kind": "conflict", "errors": [{"parameter": "id", "code": "referenced"}]});
        api.check(call("DELETE", format!("/v1/authors/{author}")), 409, referred.clone()).await;
        let undelete = || call("POST", format!("{path}/undelete"));
        api.check(undelete(), 409, json!({"code": "not_deleted", "kind": "conflict"})).await;
        let gone = api.check(call("DELETE", path.clone()), 200, json!({"id": id})).await;
        assert!(gone.json["deleted_at"].is_string());
        assert_eq!(gone.header("etag"), "\"2\"");
        for gone in
            [call("GET", path.clone()), call("DELETE", path.clone()), call("POST", format!("{path}/publish"))]
        {
            api.check(gone, 404, json!({"code": "not_found"})).await;
        }
        api.check(call("PATCH", path.clone()).json(json!({"title": "x"})), 404, json!({})).await;
        api.check(call("GET", format!("{path}?show_deleted=true")), 200, json!({"id": id})).await;
        api.check(call("GET", "/v1/books"), 200, json!({"items": []})).await;
        api.check(call("GET", "/v1/books?show_deleted=true"), 200, json!({"items": [{"id": id}]})).await;
        api.check(call("DELETE", format!("/v1/authors/{author}")), 409, referred).await;
        api.check(undelete(), 200, json!({"id": id, "deleted_at": null})).await;
        api.check(call("GET", path), 200, json!({"id": id})).await;
        let lonely = crate::harness::author(&api).await;
        let deleted = api.check(call("DELETE", format!("/v1/authors/{lonely}")), 204, Value::Null).await;
        assert!(deleted.bytes.is_empty());
        api.check(call("DELETE", format!("/v1/authors/{lonely}")), 404, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_constraints() {
    for api in apis().await {
        let author = author(&api).await;
        book(&api, &author, 1).await;
        let second = book(&api, &author, 2).await;
        let taken = json!({"code": "conflict", "kind": "conflict", "errors": [{"pointer": "#/isbn", "code": "taken"}]});
        let mut again = dune(&author, 1);
        again["title"] = json!("Another");
        api.check(call("POST", "/v1/books").json(again), 409, taken).await;
        let both = json!({"errors": [{"pointer": "#/isbn", "code": "taken"}, {"pointer": "#/title", "code": "taken"},
            {"pointer": "#/author_id", "code": "taken"}]});
        api.check(call("POST", "/v1/books").json(dune(&author, 1)), 409, both).await;
        let rename = call("PATCH", format!("/v1/books/{second}")).json(json!({"title": "Dune 1"}));
        api.check(rename, 409, json!({"errors": [{"pointer": "#/title"}, {"pointer": "#/author_id"}]})).await;
        let nobody = "00000000-0000-7000-8000-000000000000";
        let missing = json!({"code": "invalid", "errors": [{"pointer": "#/author_id", "code": "not_found"}]});
        api.check(call("POST", "/v1/books").json(dune(nobody, 3)), 422, missing.clone()).await;
        api.check(
            call("PATCH", format!("/v1/books/{second}")).json(json!({"author_id": nobody})),
            422,
            missing,
        )
        .await;
        let sequel = |of: &str| call("PATCH", format!("/v1/books/{second}")).json(json!({"sequel_of": of}));
        api.check(sequel(nobody), 422, json!({"errors": [{"pointer": "#/sequel_of", "code": "not_found"}]}))
            .await;
        let third = book(&api, &author, 3).await;
        api.check(sequel(&third), 200, json!({"sequel_of": third})).await;
        let in_use = json!({"code": "conflict", "errors": [{"code": "referenced"}]});
        api.check(call("DELETE", format!("/v1/books/{third}")), 409, in_use).await;
        let fourth = book(&api, &author, 4).await;
        api.check(call("DELETE", format!("/v1/books/{fourth}")), 200, json!({})).await;
        api.check(sequel(&fourth), 422, json!({"errors": [{"pointer": "#/sequel_of", "code": "not_found"}]}))
            .await;
        check_rules(&api, &author, &second).await;
    }
}

async fn check_rules(api: &Api, author: &str, id: &str) {
    let mut body = dune(author, 9);
    body["discount"] = json!({"amount": "10", "currency": "EUR"});
    body["credits"] = json!([{"roleName": "ghost"}]);
    let broken = json!({"code": "invalid", "errors": [
        {"pointer": "#", "code": "discount_below_price", "detail": "The discount is less than the price."},
        {"pointer": "#/credits/0", "code": "no_ghosts"}]});
    api.check(call("POST", "/v1/books").json(body), 422, broken).await;
    let discount = call("PATCH", format!("/v1/books/{id}"))
        .json(json!({"discount": {"amount": "10", "currency": "EUR"}}));
    api.check(discount, 422, json!({"errors": [{"code": "discount_below_price"}]})).await;
}
