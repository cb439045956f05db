//! Books in PostgreSQL.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::postgres::PgExecutor;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection, PgPool};
use uuid::Uuid;

use super::COLUMNS;
use super::query::{keyset, list_query};
use crate::handwritten::idempotency::{Kept, Key};
use crate::handwritten::list::Wanted;
use crate::handwritten::model::{Book, CreateBook, Money, Status};
use crate::handwritten::problem::Problem;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    isbn: String,
    title: String,
    author_id: Uuid,
    price_amount: Decimal,
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
            id: row.id,
            isbn: row.isbn,
            title: row.title,
            author_id: row.author_id,
            price: Money { amount: row.price_amount.normalize(), currency: row.price_currency },
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

pub async fn get(on: impl PgExecutor<'_>, id: Uuid, lock: &str) -> Result<Option<Book>, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM books WHERE id = $1{lock}");
    let row = sqlx::query_as::<_, Row>(AssertSqlSafe(sql)).bind(id).fetch_optional(on).await?;
    Ok(row.map(Book::from))
}

pub async fn list(pool: &PgPool, wanted: &Wanted) -> Result<Vec<Book>, sqlx::Error> {
    let key = |id: Uuid| id;
    let time = |time: DateTime<Utc>| time;
    let amount = |amount: Decimal| amount;
    let mut query = list_query!(sqlx::Postgres, wanted, key, time, amount, " COLLATE \"C\"");
    Ok(query.build_query_as::<Row>().fetch_all(pool).await?.into_iter().map(Book::from).collect())
}

pub async fn insert(on: &mut PgConnection, id: Uuid, book: &CreateBook) -> Result<Book, sqlx::Error> {
    let now = Utc::now();
    let sql = format!(
        "INSERT INTO books ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, 1) RETURNING {COLUMNS}"
    );
    let query = sqlx::query_as::<_, Row>(AssertSqlSafe(sql))
        .bind(id)
        .bind(&book.isbn)
        .bind(&book.title)
        .bind(book.author_id)
        .bind(book.price.amount)
        .bind(&book.price.currency)
        .bind(book.status)
        .bind(book.published_at)
        .bind(&book.summary)
        .bind(Json(&book.tags))
        .bind(now);
    Ok(query.fetch_one(on).await?.into())
}

pub async fn update(on: &mut PgConnection, book: &Book) -> Result<Book, sqlx::Error> {
    let sql = format!(
        "UPDATE books SET title = $1, author_id = $2, price_amount = $3, price_currency = $4, status = $5, \
         published_at = $6, summary = $7, tags = $8, updated_at = $9, row_version = row_version + 1 \
         WHERE id = $10 RETURNING {COLUMNS}"
    );
    let query = sqlx::query_as::<_, Row>(AssertSqlSafe(sql))
        .bind(&book.title)
        .bind(book.author_id)
        .bind(book.price.amount)
        .bind(&book.price.currency)
        .bind(book.status)
        .bind(book.published_at)
        .bind(&book.summary)
        .bind(Json(&book.tags))
        .bind(Utc::now())
        .bind(book.id);
    Ok(query.fetch_one(on).await?.into())
}

/// Other processes are kept off by a lock that ends with the transaction.
pub async fn kept(on: &mut PgConnection, key: &Key, principal: &str) -> Result<Option<Kept>, Problem> {
    let free: bool = sqlx::query_scalar("SELECT pg_try_advisory_xact_lock($1)")
        .bind(key.number())
        .fetch_one(&mut *on)
        .await?;
    if !free {
        return Err(Problem::conflict(
            "idempotency_in_flight",
            "A request with this key is being worked on.",
        ));
    }
    let sql = "SELECT request_hash, status, headers, body FROM atlas9_idempotency \
               WHERE tenant = '' AND principal = $1 AND operation = 'Book.create' AND idempotency_key = $2";
    let row: Option<(Vec<u8>, i32, String, Vec<u8>)> =
        sqlx::query_as(sql).bind(principal).bind(&key.key).fetch_optional(on).await?;
    Ok(row.map(|(hash, status, headers, body)| Kept { hash, status, headers, body }))
}

pub async fn keep(on: &mut PgConnection, key: &Key, principal: &str, kept: &Kept) -> Result<(), sqlx::Error> {
    let now = Utc::now();
    let old = now - chrono::Duration::hours(24);
    let sql = "DELETE FROM atlas9_idempotency WHERE tenant = '' AND principal = $1 AND operation = 'Book.create' \
               AND idempotency_key = $2 AND created_at <= $3";
    sqlx::query(sql).bind(principal).bind(&key.key).bind(old).execute(&mut *on).await?;
    let sql = "INSERT INTO atlas9_idempotency \
               (tenant, principal, operation, idempotency_key, request_hash, status, headers, body, created_at) \
               VALUES ('', $1, 'Book.create', $2, $3, $4, $5, $6, $7)";
    let query = sqlx::query(sql).bind(principal).bind(&key.key).bind(&kept.hash).bind(kept.status);
    query.bind(&kept.headers).bind(&kept.body).bind(now).execute(on).await?;
    Ok(())
}
