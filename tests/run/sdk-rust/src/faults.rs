//! Retries, time limits and hooks, with a server that misbehaves.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bookstore::api::{AttemptInfo, AttemptResult, BoxError, DeprecationNotice};
use bookstore::{Error, Hooks, Kind};
use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderValue};
use serde_json::json;

use crate::books::{On, price};
use crate::front::{answer, busy, slow};
use crate::{Outcome, expect, failure, same};

pub async fn retry_503(on: &On) -> Outcome {
    let book = on.book().await?;
    on.front.faults([busy(), busy()]).await?;
    same(on.client.books().get(book.id).send().await?.id, book.id)?;
    same(on.front.with("GET").await?.len(), 3)
}

pub async fn retry_429(on: &On) -> Outcome {
    let book = on.book().await?;
    on.front.faults([answer(429, json!({ "retry-after": "1" }), None)]).await?;
    let begun = Instant::now();
    on.client.books().get(book.id).send().await?;
    expect(begun.elapsed() >= Duration::from_millis(950), begun.elapsed())?;
    same(on.front.with("GET").await?.len(), 2)
}

pub async fn retry_date(on: &On) -> Outcome {
    let book = on.book().await?;
    let soon = Timestamp::now() + Duration::from_secs(2);
    let soon = soon.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    on.front.faults([answer(503, json!({ "retry-after": soon }), None)]).await?;
    let begun = Instant::now();
    on.client.books().get(book.id).send().await?;
    expect(begun.elapsed() >= Duration::from_millis(500), begun.elapsed())?;
    same(on.front.with("GET").await?.len(), 2)
}

pub async fn retry_gives_up(on: &On) -> Outcome {
    let book = on.book().await?;
    on.front.faults([busy(), busy(), busy()]).await?;
    let error = failure(on.client.books().get(book.id).send().await)?;
    same(error.kind(), Some(&Kind::Unavailable))?;
    same(on.front.with("GET").await?.len(), 3)?;
    on.front.faults([busy()]).await?;
    let error = failure(on.client.books().get(book.id).retries(0).send().await)?;
    same(error.kind(), Some(&Kind::Unavailable))?;
    same(on.front.with("GET").await?.len(), 4)
}

pub async fn no_retry_write(on: &On) -> Outcome {
    let book = on.book().await?;
    on.front.faults([answer(502, json!({ "retry-after": "0" }), None)]).await?;
    let error = failure(on.client.books().update(book.id).title("Other").send().await)?;
    same(error.status(), Some(502))?;
    same(on.front.with("PATCH").await?.len(), 1)
}

pub async fn idempotent_retry(on: &On) -> Outcome {
    let author = on.author().await?;
    on.front.faults([json!({ "cut": "after" })]).await?;
    let book = on.client.books().create(on.isbn(), "Dune", author.id, price()).send().await?;
    let mut sent = on.front.with("POST").await?;
    sent.retain(|seen| seen.target == "/v1/books");
    let [first, second] = sent.as_slice() else { return expect(false, sent) };
    same(first.headers.get("idempotency-key"), second.headers.get("idempotency-key"))?;
    same(&first.body, &second.body)?;
    let all = on.client.books().list().author_id(author.id).items().try_collect().await?;
    same(all.into_iter().map(|book| book.id).collect::<Vec<_>>(), [book.id])
}

pub async fn cut_get(on: &On) -> Outcome {
    let book = on.book().await?;
    on.front.faults([json!({ "cut": "before" })]).await?;
    same(on.client.books().get(book.id).send().await?.id, book.id)?;
    same(on.front.with("GET").await?.len(), 2)
}

pub async fn attempt_timeout(on: &On) -> Outcome {
    let book = on.book().await?;
    on.front.faults([slow()]).await?;
    let call = on.client.books().get(book.id).attempt_timeout(Duration::from_millis(200)).retries(1);
    same(call.send().await?.id, book.id)?;
    same(on.front.with("GET").await?.len(), 2)
}

pub async fn total_timeout(on: &On) -> Outcome {
    let book = on.book().await?;
    on.front.faults([slow()]).await?;
    let begun = Instant::now();
    let call = on.client.books().get(book.id).timeout(Duration::from_millis(300));
    let error = failure(call.send().await)?;
    expect(matches!(error, Error::Timeout(_)), error)?;
    expect(begun.elapsed() < Duration::from_secs(2), begun.elapsed())
}

/// A call is cancelled when its future is dropped; a list goes on where it was.
pub async fn cancel(on: &On) -> Outcome {
    let book = on.book().await?;
    on.front.faults([slow()]).await?;
    let begun = Instant::now();
    let call = on.client.books().get(book.id).send();
    let cancelled = tokio::time::timeout(Duration::from_millis(100), call).await;
    expect(cancelled.is_err(), cancelled)?;
    expect(begun.elapsed() < Duration::from_secs(2), begun.elapsed())?;
    on.front.faults([json!({ "delay_ms": 300 })]).await?;
    let mut books = on.client.books().list().author_id(book.author_id).items();
    let cancelled = tokio::time::timeout(Duration::from_millis(100), books.try_next()).await;
    expect(cancelled.is_err(), cancelled)?;
    same(books.try_next().await?.map(|found| found.id), Some(book.id))
}

/// What hooks were told.
#[derive(Clone, Default)]
struct Told {
    notices: Arc<Mutex<Vec<DeprecationNotice>>>,
    before: Arc<Mutex<Vec<u32>>>,
    after: Arc<Mutex<Vec<Option<u16>>>>,
    log: Arc<Mutex<String>>,
}

impl Hooks for Told {
    fn before_attempt(&self, attempt: &AttemptInfo, headers: &mut HeaderMap) -> Result<(), BoxError> {
        self.before.lock().expect("no hook panics").push(attempt.attempt);
        headers.insert("x-seen", HeaderValue::from_static("yes"));
        Ok(())
    }

    fn after_attempt(&self, result: &AttemptResult<'_>) {
        self.after.lock().expect("no hook panics").push(result.status);
        self.log.lock().expect("no hook panics").push_str(&format!("{result:?}\n"));
    }

    fn on_deprecation(&self, notice: &DeprecationNotice) {
        self.notices.lock().expect("no hook panics").push(notice.clone());
    }
}

pub async fn deprecated(on: &On) -> Outcome {
    let book = on.book().await?;
    let sunset = "Tue, 01 Jun 2027 00:00:00 GMT";
    on.front.faults([json!({ "headers": { "deprecation": "@1767225600", "sunset": sunset } })]).await?;
    let told = Told::default();
    let hooked = on.builder().api_key(&on.token).hooks(told.clone()).build()?;
    hooked.books().get(book.id).send().await?;
    let notices = told.notices.lock().expect("no hook panics");
    let [notice] = notices.as_slice() else { return expect(false, notices) };
    same(notice.operation, "books.get")?;
    same((notice.deprecation.as_deref(), notice.sunset.as_deref()), (Some("@1767225600"), Some(sunset)))?;
    same(&notice.link, &None)
}

pub async fn hooks(on: &On) -> Outcome {
    let book = on.book().await?;
    on.front.faults([busy()]).await?;
    let told = Told::default();
    let hooked = on.builder().api_key(&on.token).hooks(told.clone()).build()?;
    hooked.books().get(book.id).send().await?;
    same(told.before.lock().expect("no hook panics").as_slice(), [0, 1])?;
    same(told.after.lock().expect("no hook panics").as_slice(), [Some(503), Some(200)])?;
    let sent = on.front.with("GET").await?;
    same(sent.last().and_then(|seen| seen.headers.get("x-seen")).map(String::as_str), Some("yes"))?;
    let log = format!("{}{hooked:?}", told.log.lock().expect("no hook panics"));
    expect(!log.is_empty() && !log.contains(&on.token) && !log.contains(&book.title), log)
}
