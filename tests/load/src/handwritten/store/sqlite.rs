//! Books in SQLite: amounts are whole numbers of ten-thousandths, keys and times are text.

use chrono::{DateTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use sqlx::sqlite::SqliteExecutor;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, SqliteConnection, SqlitePool};
use uuid::Uuid;
use uuid::fmt::Hyphenated;

use super::COLUMNS;
use super::query::{keyset, list_query};
use crate::handwritten::idempotency::{Kept, Key};
use crate::handwritten::list::Wanted;
use crate::handwritten::model::{Book, CreateBook, Money, Status};

#[derive(sqlx::FromRow)]
struct Row {
    id: Hyphenated,
    isbn: String,
    title: String,
    author_id: Hyphenated,
    price_amount: i64,
    price_currency: String,
    status: Status,
    published_at: Option<DateTime<Utc>>,
    summary: Option<String>,
    tags: Json<Vec<String>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    row_version: i64,
}

impl From<Row> for Book {
    fn from(row: Row) -> Book {
        Book {
            id: row.id.into_uuid(),
            isbn: row.isbn,
            title: row.title,
            author_id: row.author_id.into_uuid(),
            price: Money {
                amount: Decimal::new(row.price_amount, 4).normalize(),
                currency: row.price_currency,
            },
            status: row.status,
            published_at: row.published_at,
            summary: row.summary,
            tags: row.tags.0,
            created_at: row.created_at,
            updated_at: row.updated_at,
            version: row.row_version,
        }
    }
}

pub async fn get(on: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<Book>, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM books WHERE id = ?");
    let query = sqlx::query_as::<_, Row>(AssertSqlSafe(sql)).bind(id.hyphenated());
    Ok(query.fetch_optional(on).await?.map(Book::from))
}

pub async fn list(pool: &SqlitePool, wanted: &Wanted) -> Result<Vec<Book>, sqlx::Error> {
    let key = |id: Uuid| id.hyphenated();
    let mut query = list_query!(sqlx::Sqlite, wanted, key, time, amount, "");
    Ok(query.build_query_as::<Row>().fetch_all(pool).await?.into_iter().map(Book::from).collect())
}

pub async fn insert(on: &mut SqliteConnection, id: Uuid, book: &CreateBook) -> Result<Book, sqlx::Error> {
    let now = time(Utc::now());
    let sql = format!(
        "INSERT INTO books ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) RETURNING {COLUMNS}"
    );
    let query = sqlx::query_as::<_, Row>(AssertSqlSafe(sql))
        .bind(id.hyphenated())
        .bind(&book.isbn)
        .bind(&book.title)
        .bind(book.author_id.hyphenated())
        .bind(amount(book.price.amount))
        .bind(&book.price.currency)
        .bind(book.status)
        .bind(book.published_at.map(time))
        .bind(&book.summary)
        .bind(Json(&book.tags))
        .bind(&now)
        .bind(&now);
    Ok(query.fetch_one(on).await?.into())
}

pub async fn update(on: &mut SqliteConnection, book: &Book) -> Result<Book, sqlx::Error> {
    let sql = format!(
        "UPDATE books SET title = ?, author_id = ?, price_amount = ?, price_currency = ?, status = ?, published_at = ?, \
         summary = ?, tags = ?, updated_at = ?, row_version = row_version + 1 WHERE id = ? RETURNING {COLUMNS}"
    );
    let query = sqlx::query_as::<_, Row>(AssertSqlSafe(sql))
        .bind(&book.title)
        .bind(book.author_id.hyphenated())
        .bind(amount(book.price.amount))
        .bind(&book.price.currency)
        .bind(book.status)
        .bind(book.published_at.map(time))
        .bind(&book.summary)
        .bind(Json(&book.tags))
        .bind(time(Utc::now()))
        .bind(book.id.hyphenated());
    Ok(query.fetch_one(on).await?.into())
}

pub async fn kept(
    on: &mut SqliteConnection,
    key: &Key,
    principal: &str,
) -> Result<Option<Kept>, sqlx::Error> {
    let sql = "SELECT request_hash, status, headers, body FROM atlas9_idempotency \
               WHERE tenant = '' AND principal = ? AND operation = 'Book.create' AND idempotency_key = ?";
    let row: Option<(Vec<u8>, i32, String, Vec<u8>)> =
        sqlx::query_as(sql).bind(principal).bind(&key.key).fetch_optional(on).await?;
    Ok(row.map(|(hash, status, headers, body)| Kept { hash, status, headers, body }))
}

pub async fn keep(
    on: &mut SqliteConnection,
    key: &Key,
    principal: &str,
    kept: &Kept,
) -> Result<(), sqlx::Error> {
    let now = Utc::now();
    let old = now - chrono::Duration::hours(24);
    let sql = "DELETE FROM atlas9_idempotency WHERE tenant = '' AND principal = ? AND operation = 'Book.create' \
               AND idempotency_key = ? AND created_at <= ?";
    sqlx::query(sql).bind(principal).bind(&key.key).bind(time(old)).execute(&mut *on).await?;
    let sql = "INSERT INTO atlas9_idempotency \
               (tenant, principal, operation, idempotency_key, request_hash, status, headers, body, created_at) \
               VALUES ('', ?, 'Book.create', ?, ?, ?, ?, ?, ?)";
    let query = sqlx::query(sql).bind(principal).bind(&key.key).bind(&kept.hash).bind(kept.status);
    query.bind(&kept.headers).bind(&kept.body).bind(time(now)).execute(on).await?;
    Ok(())
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// In ten-thousandths; a request's amount was checked to have no more digits.
fn amount(amount: Decimal) -> i64 {
    let mut scaled = amount;
    scaled.rescale(4);
    i64::try_from(scaled.mantissa()).unwrap_or(i64::MAX)
}
