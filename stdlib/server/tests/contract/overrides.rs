//! Code instead of what the server does by itself.

use atlas9_server::{Cx, Handler, Options, Output, Record, Value, default, handler};
use serde_json::{Value as Json, json};

use crate::bookstore::BOOK;
use crate::code::BookId;
use crate::harness::{Api, apis, app, author, book, call};

/// An update that takes whole values, as generated code does, and gives them on.
fn update_handler() -> Handler {
    handler::call2(
        async |cx: &mut Cx, id: BookId, patch: Record| {
            for value in (0..patch.fields().len()).filter_map(|index| patch.at(index)) {
                if let Value::Record(inner) = value {
                    let unset = (0..inner.fields().len()).filter(|index| inner.at(*index).is_none()).count();
                    assert_eq!(unset, 0, "half a structure: {inner:?}");
                }
                if let Value::Map(entries) = value {
                    assert!(entries.values().all(|entry| !entry.is_null()), "half a map: {entries:?}");
                }
            }
            let key = [atlas9_server::value::IntoValue::into_value(id)];
            default::update(cx, &BOOK, &key, patch).await
        },
        |mut input| Ok((input.key(0)?, input.body)),
        Output::Record,
    )
}

/// A patch gives these members whether the server updates by itself or code does.
async fn check(patch: Json, expected: Json) {
    for api in apis().await {
        let code = app(api.store.clone(), Options::default()).handler("Book", "update", update_handler());
        let code = Api::of(code.start().expect("a server").router(), api.store.clone());
        let author = author(&api).await;
        for (isbn, server) in [(1, &api), (2, &code)] {
            let path = format!("/v1/books/{}", book(&api, &author, isbn).await);
            let before = json!({
                "attributes": {"a": "1", "b": "2"}, "extra": {"x": {"y": 1, "z": 2}},
                "discount": {"amount": "1", "currency": "EUR"},
            });
            api.check(call("PATCH", path.as_str()).json(before), 200, json!({})).await;
            let reply = server.check(call("PATCH", path.as_str()).json(patch.clone()), 200, json!({})).await;
            // Compared whole: a member that should be gone must not be there.
            for (name, value) in expected.as_object().expect("members") {
                assert_eq!(&reply.json[name], value, "{}: {name}", api.database);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn code_gets_whole_values_of_an_update() {
    check(json!({"price": {"amount": "5"}}), json!({"price": {"amount": "5", "currency": "EUR"}})).await;
    check(json!({"attributes": {"a": null, "c": "3"}}), json!({"attributes": {"b": "2", "c": "3"}})).await;
    check(json!({"extra": {"x": {"y": null}}}), json!({"extra": {"x": {"z": 2}}})).await;
    check(json!({"discount": null}), json!({"discount": null, "attributes": {"a": "1", "b": "2"}})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn code_is_not_called_for_what_is_not_there() {
    for api in apis().await {
        let code = app(api.store.clone(), Options::default()).handler("Book", "update", update_handler());
        let code = Api::of(code.start().expect("a server").router(), api.store.clone());
        let path = "/v1/books/01a1fbe7-af7c-7131-9e8d-2a222b782edb";
        code.check(call("PATCH", path).json(json!({"price": {"amount": "5"}})), 404, json!({})).await;
    }
}
