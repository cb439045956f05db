//! Changing a book (RFC 7396), where `If-Match` says so only as it is known.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

use super::State;
use super::books::{json, key, shown, tag};
use super::model::{Book, UpdateBook};
use super::problem::Problem;
use super::validate;

const TYPES: [&str; 2] = ["application/merge-patch+json", "application/json"];

pub async fn update(
    Shared(state): Shared<Arc<State>>,
    id: Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let id = key(&id)?;
    let change: UpdateBook = json(&headers, &TYPES, &body)?;
    let mut writing = state.store.begin().await?;
    let book = writing.lock(id).await?.ok_or_else(Problem::not_found)?;
    if !matches(&headers, &book) {
        return Err(Problem::precondition_failed());
    }
    let changed = apply(book.clone(), change);
    validate::changed(&changed)?;
    if changed == book {
        return Ok(shown(StatusCode::OK, &book));
    }
    let saved = writing.update(&changed).await?;
    writing.commit().await?;
    Ok(shown(StatusCode::OK, &saved))
}

fn matches(headers: &HeaderMap, book: &Book) -> bool {
    let Some(wanted) = headers.get(header::IF_MATCH) else { return true };
    let tag = tag(book);
    wanted
        .to_str()
        .is_ok_and(|wanted| wanted.split(',').any(|one| matches!(one.trim(), "*") || one.trim() == tag))
}

fn apply(mut book: Book, change: UpdateBook) -> Book {
    if let Some(title) = change.title {
        book.title = title;
    }
    if let Some(author) = change.author_id {
        book.author_id = author;
    }
    if let Some(price) = change.price {
        book.price.amount = price.amount.unwrap_or(book.price.amount);
        book.price.currency = price.currency.unwrap_or(book.price.currency);
    }
    book.status = change.status.unwrap_or(book.status);
    book.published_at = change.published_at.unwrap_or(book.published_at);
    if let Some(summary) = change.summary {
        book.summary = summary;
    }
    book.tags = change.tags.unwrap_or(book.tags);
    book
}
