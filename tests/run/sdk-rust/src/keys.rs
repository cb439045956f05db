//! Keys of callers, and keys under which a write happens once.

use std::error::Error as _;
use std::sync::{Arc, Mutex};

use bookstore::Error;
use bookstore::api::BoxError;
use serde_json::json;

use crate::books::{On, missing, price};
use crate::front::{answer, busy};
use crate::{Outcome, expect, failure, same};

pub async fn refresh(on: &On) -> Outcome {
    let book = on.book().await?;
    let token = on.token.clone();
    let renewing = on.builder().api_key_from(move |refresh| {
        let key = if refresh { token.clone() } else { "wrong".to_owned() };
        async { Ok::<_, BoxError>(key) }
    });
    same(renewing.build()?.books().get(book.id).send().await?.id, book.id)?;
    let sent = on.front.with("GET").await?;
    same(sent.len(), 2)?;
    same(sent[1].headers.get("authorization"), Some(&format!("Bearer {}", on.token)))
}

pub async fn in_flight(on: &On) -> Outcome {
    let author = on.author().await?;
    let body = json!({
        "code": "idempotency_in_flight", "kind": "conflict", "status": 409, "title": "x", "detail": "y",
        "retryable": true,
    });
    on.front.faults([answer(409, json!({ "retry-after": "0" }), Some(body))]).await?;
    on.client.books().create(on.isbn(), "Dune", author.id, price()).send().await?;
    let mut sent = on.front.with("POST").await?;
    sent.retain(|seen| seen.target == "/v1/books");
    let [first, second] = sent.as_slice() else { return expect(false, sent) };
    let key = first.headers.get("idempotency-key");
    expect(key.is_some(), first)?;
    same(second.headers.get("idempotency-key"), key)
}

pub async fn key_header(on: &On) -> Outcome {
    let author = on.author().await?;
    let call = on.client.books().create(on.isbn(), "Dune", author.id, price());
    call.header("Idempotency-Key", "order-17").send().await?;
    let call = on.client.books().create(on.isbn(), "Dune", author.id, price()).idempotency_key("order-18");
    call.header("idempotency-key", "order-19").send().await?;
    let sent = on.front.with("POST").await?;
    let keys: Vec<_> = sent.iter().skip(1).map(|seen| seen.headers.get("idempotency-key")).collect();
    same(keys, [Some(&"order-17".to_owned()), Some(&"order-18".to_owned())])
}

pub async fn refresh_once(on: &On) -> Outcome {
    let book = on.book().await?;
    let told = Arc::new(Mutex::new(Vec::new()));
    on.front.faults([answer(401, json!({}), None), busy()]).await?;
    let (token, noted) = (on.token.clone(), Arc::clone(&told));
    let renewing = on.builder().api_key_from(move |refresh| {
        noted.lock().expect("nobody panics").push(refresh);
        let key = token.clone();
        async { Ok::<_, BoxError>(key) }
    });
    same(renewing.build()?.books().get(book.id).retries(1).send().await?.id, book.id)?;
    same(on.front.with("GET").await?.len(), 3)?;
    same(told.lock().expect("nobody panics").as_slice(), [false, true, false])
}

pub async fn bad_key(on: &On) -> Outcome {
    let bad = on.builder().api_key("to\nken").build()?;
    let error = failure(bad.books().get(missing()).send().await)?;
    expect(matches!(error, Error::Request(_)), &error)?;
    same(on.front.requests().await?.len(), 0)?;
    let mut text = format!("{error} {error:?}");
    let mut cause = error.source();
    while let Some(why) = cause {
        text.push_str(&format!(" {why} {why:?}"));
        cause = why.source();
    }
    expect(!text.contains("ken") && !text.contains("to\\n"), text)
}
