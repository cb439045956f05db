//! Listing books: filters, order, keyset cursors.

use std::sync::Arc;

use axum::extract::{Query, State as Shared};
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::Deserialize;
use uuid::Uuid;

use super::State;
use super::cursor::Place;
use super::model::{Book, Page, Status};
use super::problem::{Failure, Problem};

const MOST: u32 = 100;

/// What a list is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    limit: Option<u32>,
    cursor: Option<String>,
    sort: Option<String>,
    pub status: Option<Status>,
    pub author_id: Option<Uuid>,
    #[serde(rename = "price.amount")]
    pub price: Option<Decimal>,
    #[serde(rename = "price.amount.lt")]
    pub price_below: Option<Decimal>,
    #[serde(rename = "price.amount.gte")]
    pub price_from: Option<Decimal>,
}

/// By what a list is sorted; the key follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Key,
    CreatedAt { descending: bool },
    Title { descending: bool },
}

impl Sort {
    pub fn descending(self) -> bool {
        matches!(self, Sort::CreatedAt { descending: true } | Sort::Title { descending: true })
    }
}

/// Where a page begins: behind this place.
pub enum After {
    Key(Uuid),
    CreatedAt(DateTime<Utc>, Uuid),
    Title(String, Uuid),
}

/// A list's query.
pub struct Wanted {
    pub asked: Asked,
    pub sort: Sort,
    pub after: Option<After>,
    pub limit: u32,
}

pub async fn list(
    Shared(state): Shared<Arc<State>>,
    uri: Uri,
    query: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = query.map_err(|error| wrong("query", &error.to_string()))?;
    let sort = sort(asked.sort.as_deref())?;
    let limit = asked.limit.unwrap_or(20).min(MOST);
    if limit == 0 {
        return Err(wrong("limit", "must be at least 1"));
    }
    let tied = tied(uri.query().unwrap_or_default());
    let after = asked.cursor.as_deref().map(|cursor| after(&state, &tied, sort, cursor)).transpose()?;
    let wanted = Wanted { asked, sort, after, limit };
    let mut books = state.store.list(&wanted).await?;
    let more = books.len() > limit as usize;
    books.truncate(limit as usize);
    let next = books.last().filter(|_| more).map(|last| state.cursors.make(&tied, place(sort, last)));
    Ok(answer(&uri, &books, next))
}

fn answer(uri: &Uri, books: &[Book], next: Option<String>) -> Response {
    let link = next.as_ref().map(|next| {
        let kept = pairs(uri.query().unwrap_or_default()).filter(|pair| !pair.starts_with("cursor="));
        let query: Vec<&str> = kept.collect();
        let and = if query.is_empty() { "" } else { "&" };
        format!("<{}?{}{and}cursor={next}>; rel=\"next\"", uri.path(), query.join("&"))
    });
    let mut response = axum::Json(Page { items: books, next_cursor: next }).into_response();
    if let Some(link) = link.and_then(|link| HeaderValue::try_from(link).ok()) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

fn pairs(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter(|pair| !pair.is_empty())
}

/// What a cursor is tied to.
fn tied(query: &str) -> String {
    let mut parts: Vec<&str> =
        pairs(query).filter(|pair| !pair.starts_with("cursor=") && !pair.starts_with("limit=")).collect();
    parts.sort_unstable();
    parts.join("&")
}

fn sort(text: Option<&str>) -> Result<Sort, Problem> {
    match text {
        None => Ok(Sort::Key),
        Some("created_at") => Ok(Sort::CreatedAt { descending: false }),
        Some("-created_at") => Ok(Sort::CreatedAt { descending: true }),
        Some("title") => Ok(Sort::Title { descending: false }),
        Some("-title") => Ok(Sort::Title { descending: true }),
        Some(_) => Err(wrong("sort", "must be created_at or title")),
    }
}

fn after(state: &State, tied: &str, sort: Sort, cursor: &str) -> Result<After, Problem> {
    let invalid = || wrong("cursor", "is not a cursor of this list");
    let place = state.cursors.read(tied, cursor).ok_or_else(invalid)?;
    match (sort, place.sorted) {
        (Sort::Key, None) => Ok(After::Key(place.id)),
        (Sort::CreatedAt { .. }, Some(time)) => {
            let time = DateTime::parse_from_rfc3339(&time).map_err(|_| invalid())?;
            Ok(After::CreatedAt(time.with_timezone(&Utc), place.id))
        }
        (Sort::Title { .. }, Some(title)) => Ok(After::Title(title, place.id)),
        _ => Err(invalid()),
    }
}

fn place(sort: Sort, last: &Book) -> Place {
    let sorted = match sort {
        Sort::Key => None,
        Sort::CreatedAt { .. } => Some(last.created_at.to_rfc3339()),
        Sort::Title { .. } => Some(last.title.clone()),
    };
    Place { sorted, id: last.id }
}

fn wrong(parameter: &'static str, detail: &str) -> Problem {
    Problem::malformed(vec![Failure::parameter(parameter, "wrong_format", detail)])
}
