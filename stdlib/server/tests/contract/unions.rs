//! Unions: which variant it is stands in the discriminator.

use serde_json::{Value, json};

use crate::harness::{Api, call};
use crate::library::help::{at, errors, make};
use crate::library::libraries;

async fn refused(api: &Api, payment: Value, failures: &[Value]) {
    let body = json!({"title": "A", "payment": payment});
    api.check(call("POST", "/v1/books").json(body), 422, errors(failures)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_every_variant() {
    for api in libraries().await {
        let card = json!({"paidBy": "card", "cardNumber": "4111", "holder": null, "network": "visa"});
        let sent = json!({"cardNumber": "4111", "paidBy": "card"});
        let transfer = json!({"paidBy": "transfer", "iban": "DE123"});
        let body = json!({"title": "A", "payment": sent, "payments": [transfer, sent]});
        let made = api.check(call("POST", "/v1/books").json(body), 201, json!({"payment": card})).await;
        let text = String::from_utf8(made.bytes.clone()).expect("UTF-8");
        let shown = r#""payment":{"paidBy":"card","cardNumber":"4111","holder":null,"network":"visa"}"#;
        assert!(text.contains(shown), "{text}");
        assert!(!text.contains("token"), "what is internal is not shown: {text}");
        let path = format!("/v1/books/{}", made.text("/id"));
        let read = api.check(call("GET", path), 200, json!({"payments": [transfer, card]})).await;
        assert_eq!(read.bytes, made.bytes);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tells_what_is_wrong() {
    for api in libraries().await {
        let missing = json!({
            "pointer": "#/payment/paidBy", "code": "required", "detail": "is required: one of `card`, `transfer`",
        });
        refused(&api, json!({"cardNumber": "4111"}), &[missing]).await;
        let misspelt = json!({
            "pointer": "#/payment/paidBy", "code": "unknown_value",
            "detail": "must be one of `card`, `transfer`; did you mean `transfer`?",
        });
        refused(&api, json!({"paidBy": "trasnfer", "iban": 7}), &[misspelt]).await;
        refused(&api, json!({"paidBy": 7}), &[at("#/payment/paidBy", "wrong_type")]).await;
        refused(&api, json!({"paidBy": null}), &[at("#/payment/paidBy", "wrong_type")]).await;
        refused(&api, json!({"paid_by": "card"}), &[at("#/payment/paidBy", "required")]).await;
        refused(&api, json!("card"), &[at("#/payment", "wrong_type")]).await;
        refused(&api, json!([]), &[at("#/payment", "wrong_type")]).await;
        let other = [at("#/payment/iban", "unknown_field"), at("#/payment/cardNumber", "required")];
        refused(&api, json!({"paidBy": "card", "iban": "DE123"}), &other).await;
        let many = [at("#/payment/cardNumber", "too_short"), at("#/payment/network", "unknown_value")];
        refused(&api, json!({"paidBy": "card", "cardNumber": "1", "network": "bmex"}), &many).await;
        refused(
            &api,
            json!({"paidBy": "card", "cardNumber": "4111", "token": "x"}),
            &[at("#/payment/token", "unknown_field")],
        )
        .await;
        let ghost = json!({"paidBy": "card", "cardNumber": "4111", "holder": "nobody"});
        refused(&api, ghost.clone(), &[at("#/payment", "not_held_by_nobody")]).await;
        let body = json!({"title": "A", "payments": [ghost, {"paidBy": "x"}, null]});
        let failures = errors(&[at("#/payments/1/paidBy", "unknown_value"), at("#/payments/2", "required")]);
        api.check(call("POST", "/v1/books").json(body), 422, failures).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn merges_the_same_variant_and_replaces_another() {
    for api in libraries().await {
        let card = json!({"paidBy": "card", "cardNumber": "4111", "holder": "Ada", "network": "amex"});
        let id = make(&api, "/v1/books", json!({"title": "A", "payment": card})).await;
        let path = format!("/v1/books/{id}");
        let patch = |payment: Value| call("PATCH", path.clone()).json(json!({"payment": payment}));
        let merged = json!({"paidBy": "card", "cardNumber": "4111", "holder": null, "network": "amex"});
        let part = patch(json!({"paidBy": "card", "holder": null}));
        let changed = api.check(part.clone(), 200, json!({"payment": merged})).await;
        assert_eq!(changed.header("etag"), "\"2\"");
        let same = api.check(part, 200, json!({"payment": merged})).await;
        assert_eq!(same.header("etag"), "\"2\"", "nothing changed");
        api.check(patch(json!({"holder": "Bob"})), 422, errors(&[at("#/payment/paidBy", "required")])).await;
        let partial = patch(json!({"paidBy": "transfer"}));
        api.check(partial, 422, errors(&[at("#/payment/iban", "required")])).await;
        let transfer = json!({"paidBy": "transfer", "iban": "DE123"});
        api.check(patch(transfer.clone()), 200, json!({"payment": transfer})).await;
        let again = json!({"paidBy": "card", "cardNumber": "42424", "holder": null, "network": "visa"});
        let back = patch(json!({"paidBy": "card", "cardNumber": "42424"}));
        api.check(back, 200, json!({"payment": again})).await;
        let ghost = patch(json!({"paidBy": "card", "holder": "nobody"}));
        api.check(ghost, 422, errors(&[at("#/payment", "not_held_by_nobody")])).await;
        api.check(patch(Value::Null), 200, json!({"payment": null})).await;
        let whole = json!({"title": "B", "payment": transfer});
        api.check(call("PUT", path.clone()).json(whole), 200, json!({"payment": transfer, "payments": []}))
            .await;
    }
}
