//! The database of the hand-written server. A team writes this for the one that it has; here are both.

mod postgres;
mod query;
mod sqlite;

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{ConnectOptions, Executor, PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use uuid::Uuid;

use super::idempotency::{Kept, Key};
use super::list::Wanted;
use super::model::{Book, CreateBook};
use super::problem::Problem;

/// The columns of a book, in both databases.
const COLUMNS: &str = "id, isbn, title, author_id, price_amount, price_currency, status, published_at, summary, tags, \
                       created_at, updated_at, row_version";

/// Pools of the sizes that the generated server has.
pub enum Store {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
}

/// A transaction that writes.
pub enum Writing {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Store {
    pub async fn open(url: &str) -> Result<Store, sqlx::Error> {
        if !url.starts_with("sqlite:") {
            return Ok(Store::Postgres(pool(url).await?));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .disable_statement_logging();
        let writing = options.clone().journal_mode(SqliteJournalMode::Wal);
        let of =
            |connections| SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false);
        let writer = of(1).connect_with(writing).await?;
        let readers = of(8).connect_with(options.read_only(true)).await?;
        Ok(Store::Sqlite { writer, readers })
    }

    pub async fn get(&self, id: Uuid) -> Result<Option<Book>, sqlx::Error> {
        match self {
            Store::Sqlite { readers, .. } => sqlite::get(readers, id).await,
            Store::Postgres(pool) => postgres::get(pool, id, "").await,
        }
    }

    /// One page, and one book more where there is a next one.
    pub async fn list(&self, wanted: &Wanted) -> Result<Vec<Book>, sqlx::Error> {
        match self {
            Store::Sqlite { readers, .. } => sqlite::list(readers, wanted).await,
            Store::Postgres(pool) => postgres::list(pool, wanted).await,
        }
    }

    pub async fn begin(&self) -> Result<Writing, sqlx::Error> {
        Ok(match self {
            Store::Sqlite { writer, .. } => Writing::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Store::Postgres(pool) => {
                Writing::Postgres(pool.begin_with("BEGIN; SET LOCAL statement_timeout = 30000").await?)
            }
        })
    }
}

async fn pool(url: &str) -> Result<PgPool, sqlx::Error> {
    let options = sqlx::postgres::PgConnectOptions::from_str(url)?.disable_statement_logging();
    PgPoolOptions::new()
        .max_connections(16)
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute("SET statement_timeout = '30s'").await.map(|_| ()) })
        })
        .connect_with(options)
        .await
}

impl Writing {
    /// The answer that was given to a key.
    pub async fn kept(&mut self, key: &Key, principal: &str) -> Result<Option<Kept>, Problem> {
        match self {
            Writing::Sqlite(transaction) => Ok(sqlite::kept(transaction, key, principal).await?),
            Writing::Postgres(transaction) => postgres::kept(transaction, key, principal).await,
        }
    }

    pub async fn keep(&mut self, key: &Key, principal: &str, kept: &Kept) -> Result<(), sqlx::Error> {
        match self {
            Writing::Sqlite(transaction) => sqlite::keep(transaction, key, principal, kept).await,
            Writing::Postgres(transaction) => postgres::keep(transaction, key, principal, kept).await,
        }
    }

    pub async fn insert(&mut self, id: Uuid, book: &CreateBook) -> Result<Book, sqlx::Error> {
        match self {
            Writing::Sqlite(transaction) => sqlite::insert(transaction, id, book).await,
            Writing::Postgres(transaction) => postgres::insert(transaction, id, book).await,
        }
    }

    /// A book that nobody else changes before this is done.
    pub async fn lock(&mut self, id: Uuid) -> Result<Option<Book>, sqlx::Error> {
        match self {
            Writing::Sqlite(transaction) => sqlite::get(&mut **transaction, id).await,
            Writing::Postgres(transaction) => postgres::get(&mut **transaction, id, " FOR UPDATE").await,
        }
    }

    pub async fn update(&mut self, book: &Book) -> Result<Book, sqlx::Error> {
        match self {
            Writing::Sqlite(transaction) => sqlite::update(transaction, book).await,
            Writing::Postgres(transaction) => postgres::update(transaction, book).await,
        }
    }

    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Writing::Sqlite(transaction) => transaction.commit().await,
            Writing::Postgres(transaction) => transaction.commit().await,
        }
    }
}
