//! Getting and creating a book.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::State;
use super::guard::Principal;
use super::idempotency::{Kept, Key};
use super::model::{Book, CreateBook};
use super::problem::{Failure, Problem};
use super::validate;

pub async fn get(
    Shared(state): Shared<Arc<State>>,
    id: Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let book = state.store.get(key(&id)?).await?.ok_or_else(Problem::not_found)?;
    let tag = tag(&book);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|one| matches!(one.trim(), "*") || one.trim() == tag)) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    Ok(shown(StatusCode::OK, &book))
}

pub async fn create(
    Shared(state): Shared<Arc<State>>,
    principal: Option<Extension<Principal>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let book: CreateBook = json(&headers, &["application/json"], &body)?;
    validate::create(&book)?;
    let key = state.guard.is_some().then(|| Key::read(&headers, &body)).transpose()?.flatten();
    let _held = match (&state.guard, &key) {
        (Some(guard), Some(key)) => Some(guard.working.hold(key)?),
        _ => None,
    };
    let mut writing = state.store.begin().await?;
    let who = principal.map_or("", |Extension(Principal(id))| id);
    if let Some(key) = &key
        && let Some(kept) = writing.kept(key, who).await?
    {
        return replay(key, kept);
    }
    let made = writing.insert(Uuid::now_v7(), &book).await?;
    let body = serde_json::to_vec(&made).map_err(Problem::internal)?;
    if let Some(key) = &key {
        let location = format!("etag: {}\nlocation: {}", tag(&made), location(&made));
        writing
            .keep(key, who, &Kept { hash: key.hash.clone(), status: 201, headers: location, body })
            .await?;
    }
    writing.commit().await?;
    Ok(created(&made))
}

fn replay(key: &Key, kept: Kept) -> Result<Response, Problem> {
    if kept.hash != key.hash {
        return Err(Problem::invalid(vec![Failure::parameter(
            "Idempotency-Key",
            "reused",
            "had another body",
        )]));
    }
    let status = u16::try_from(kept.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let json = [(header::CONTENT_TYPE, "application/json")];
    let mut response = (status.unwrap_or(StatusCode::OK), json, kept.body).into_response();
    response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
    for line in kept.headers.lines() {
        if let Some((name, value)) = line.split_once(": ")
            && let (Ok(name), Ok(value)) = (header::HeaderName::try_from(name), HeaderValue::from_str(value))
        {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

fn created(book: &Book) -> Response {
    let mut response = shown(StatusCode::CREATED, book);
    if let Ok(location) = HeaderValue::from_str(&location(book)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

fn location(book: &Book) -> String {
    format!("/v1/books/{}", book.id)
}

/// A book with its entity tag.
pub fn shown(status: StatusCode, book: &Book) -> Response {
    (status, [(header::ETAG, tag(book))], axum::Json(book)).into_response()
}

/// The entity tag of a book.
pub fn tag(book: &Book) -> String {
    format!("\"{}\"", book.version)
}

/// The key in a path.
pub fn key(text: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(text)
        .map_err(|_| Problem::malformed(vec![Failure::parameter("id", "wrong_format", "must be a UUID")]))
}

/// A body of one of these types.
pub fn json<T: DeserializeOwned>(headers: &HeaderMap, types: &[&str], body: &[u8]) -> Result<T, Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if !types.contains(&essence) {
        return Err(Problem::unsupported());
    }
    serde_json::from_slice(body).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => {
            Problem::invalid(vec![Failure::field("#", "wrong_type", &error.to_string())])
        }
        _ => Problem::malformed(vec![Failure::field("#", "not_json", &error.to_string())]),
    })
}
