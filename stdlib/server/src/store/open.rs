//! Opening a database by its URL.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};

use super::{Pools, Store, StoreError};

/// How long a request waits for a connection, and SQLite for another process's lock.
const PATIENCE: Duration = Duration::from_secs(5);
/// Readers of one SQLite file; they work on threads of their own.
const SQLITE_READERS: u32 = 8;
/// PostgreSQL's own default is 100 connections for all its clients.
const POSTGRES_CONNECTIONS: u32 = 16;

impl Store {
    /// Opens the database of a URL: `sqlite://FILE` (made where it is missing), `sqlite::memory:` (gone with the store),
    /// `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. Connects once, so that a database that is down is told at once.
    ///
    /// # Errors
    /// When the URL has another form or the database cannot be reached. The message never holds a password.
    pub async fn open(url: &str) -> Result<Store, StoreError> {
        Store::opened(url, true).await
    }

    /// As [`Store::open`], for tools: an SQLite file that is missing is not made.
    ///
    /// # Errors
    /// As [`Store::open`], and when the file is missing.
    pub async fn open_existing(url: &str) -> Result<Store, StoreError> {
        Store::opened(url, false).await
    }

    async fn opened(url: &str, make: bool) -> Result<Store, StoreError> {
        let scheme = url.split(':').next().unwrap_or_default();
        let pools = match scheme {
            "sqlite" => sqlite(url, make).await?,
            "postgres" | "postgresql" => postgres(url).await?,
            other => return Err(StoreError::Scheme(other.to_owned())),
        };
        Ok(Store { pools: Arc::new(pools) })
    }
}

async fn sqlite(url: &str, make: bool) -> Result<Pools, StoreError> {
    let memory = matches!(url, "sqlite::memory:" | "sqlite://:memory:" | "sqlite:");
    let unreadable = |error: sqlx::Error| StoreError::Url(error.to_string());
    let options = if memory { SqliteConnectOptions::new().in_memory(true) } else { from_path(url)? };
    let options = options.foreign_keys(true).busy_timeout(PATIENCE).disable_statement_logging();
    if memory {
        let pool = pool_of(1).min_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.connect_with(options).await.map_err(unreadable)?;
        return Ok(Pools::Sqlite { writer: pool.clone(), readers: pool });
    }
    let file = options.get_filename().to_owned();
    let unreachable = |error: sqlx::Error| unreachable_file(&file, &error);
    let writing = options.clone().create_if_missing(make).journal_mode(SqliteJournalMode::Wal);
    let writer = pool_of(1).connect_with(writing).await.map_err(unreachable)?;
    let readers = pool_of(SQLITE_READERS).connect_with(options.read_only(true)).await.map_err(unreachable)?;
    Ok(Pools::Sqlite { writer, readers })
}

fn pool_of(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE).test_before_acquire(false)
}

fn from_path(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    SqliteConnectOptions::from_str(url).map_err(|error| StoreError::Url(error.to_string()))
}

fn unreachable_file(file: &Path, error: &sqlx::Error) -> StoreError {
    StoreError::Unreachable { place: file.display().to_string(), cause: error.to_string() }
}

/// Reads do not run for ever; a transaction that writes sets the time that its request has left.
async fn limit_statements(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    connection.execute("SET statement_timeout = '30s'").await.map(|_| ())
}

async fn postgres(url: &str) -> Result<Pools, StoreError> {
    let options = PgConnectOptions::from_str(url).map_err(|_| StoreError::Url("not readable".to_owned()))?;
    let options = options.application_name("atlas9").disable_statement_logging();
    let place = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    let unreachable = |cause: String| StoreError::Unreachable { place: place.clone(), cause };
    try_once(&options).await.map_err(unreachable)?;
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .after_connect(|connection, _| Box::pin(limit_statements(connection)))
        .connect_with(options)
        .await
        .map_err(|error| unreachable(error.to_string()))?;
    Ok(Pools::Postgres(pool))
}

/// One connection outside the pool: the pool tries again until its patience ends, and then tells only that.
async fn try_once(options: &PgConnectOptions) -> Result<(), String> {
    let connected = tokio::time::timeout(PATIENCE, options.connect()).await;
    let connection = connected.map_err(|_| format!("no answer within {} s", PATIENCE.as_secs()))?;
    let closed = connection.map_err(|error| error.to_string())?.close().await;
    closed.map_err(|error| error.to_string())
}
