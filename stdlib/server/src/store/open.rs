//! Opening a database by its URL.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};

use super::error::said;
use super::readers::Readers;
use super::{Pools, Store, StoreError};
use crate::options::Pool;

/// The most readers of one SQLite file; they work on threads of their own.
const SQLITE_READERS: u32 = 8;

/// How long a connection to PostgreSQL is trusted after it was used.
const FRESH: Duration = Duration::from_secs(1);

impl Store {
    /// Opens the database of a URL: `sqlite://FILE` (made where it is missing), `sqlite::memory:` (gone with the store),
    /// `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. Connects once, so that a database that is down is told at once.
    ///
    /// # Errors
    /// When the URL has another form or the database cannot be reached. The message never holds a password.
    pub async fn open(url: &str) -> Result<Store, StoreError> {
        Store::open_with(url, &Pool::default()).await
    }

    /// The same with other limits.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_with(url: &str, pool: &Pool) -> Result<Store, StoreError> {
        Store::opened(url, pool, true).await
    }

    /// As [`Store::open`], for tools: an SQLite file that is missing is not made.
    ///
    /// # Errors
    /// As [`Store::open`], and when the file is missing.
    pub async fn open_existing(url: &str) -> Result<Store, StoreError> {
        Store::opened(url, &Pool::default(), false).await
    }

    async fn opened(url: &str, pool: &Pool, make: bool) -> Result<Store, StoreError> {
        let scheme = url.split(':').next().unwrap_or_default();
        let pools = match scheme {
            "sqlite" => sqlite(url, pool, make).await?,
            "postgres" | "postgresql" => postgres(url, pool).await?,
            other => return Err(StoreError::Scheme(other.to_owned())),
        };
        Ok(Store { pools: Arc::new(pools) })
    }
}

/// The URL without the password, which may stand before the host or among the parameters, for people.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    // A password with a question mark in it is none of a URL, and yet somebody will write it.
    let (place, query) = if query.contains('@') { (rest, "") } else { (place, query) };
    let place = match place.rsplit_once('@') {
        Some((user, place)) => format!("{}:***@{place}", user.split(':').next().unwrap_or("")),
        None => place.to_owned(),
    };
    if query.is_empty() {
        return format!("{scheme}://{place}");
    }
    let parts = query.split('&').map(|part| match part.split_once('=') {
        Some((name, _)) if name.contains("password") => format!("{name}=***"),
        _ => part.to_owned(),
    });
    format!("{scheme}://{place}?{}", parts.collect::<Vec<_>>().join("&"))
}

async fn sqlite(url: &str, limits: &Pool, make: bool) -> Result<Pools, StoreError> {
    let memory = matches!(url, "sqlite::memory:" | "sqlite://:memory:" | "sqlite:");
    let unreadable = |error: sqlx::Error| StoreError::Url(said(&error));
    let options = if memory { SqliteConnectOptions::new().in_memory(true) } else { from_path(url)? };
    let options = options
        .foreign_keys(true)
        .busy_timeout(limits.timeout)
        .row_buffer_size(128)
        .disable_statement_logging();
    if memory {
        let pool = pool_of(1, limits).min_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.connect_with(options).await.map_err(unreadable)?;
        return Ok(Pools::Sqlite { writer: pool.clone(), readers: Readers::shared(pool) });
    }
    let file = options.get_filename().to_owned();
    let unreachable = |error: sqlx::Error| unreachable_file(&file, &error);
    let writing = options.clone().create_if_missing(make).journal_mode(SqliteJournalMode::Wal);
    let writer = pool_of(1, limits).connect_with(writing).await.map_err(unreachable)?;
    let readers = pool_of(limits.connections.min(SQLITE_READERS), limits)
        .connect_with(options.read_only(true))
        .await
        .map_err(unreachable)?;
    Ok(Pools::Sqlite { writer, readers: Readers::of_their_own(readers, limits.timeout) })
}

fn pool_of(connections: u32, limits: &Pool) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(limits.timeout)
        .test_before_acquire(false)
}

fn from_path(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    SqliteConnectOptions::from_str(url).map_err(|error| StoreError::Url(said(&error)))
}

fn unreachable_file(file: &Path, error: &sqlx::Error) -> StoreError {
    StoreError::Unreachable { place: file.display().to_string(), cause: said(error) }
}

/// Reads do not run for ever; a transaction that writes says so, and sets the time that its request has left.
async fn only_read(connection: &mut PgConnection, limit: Duration) -> Result<(), sqlx::Error> {
    let limit = limit.as_millis().max(1);
    let set = format!("SET statement_timeout = {limit}; SET default_transaction_read_only = on");
    connection.execute(AssertSqlSafe(set)).await.map(|_| ())
}

/// Whether somebody still answers at the other end. That takes as long as a small answer, so whoever answered a moment ago is not asked.
async fn is_there(connection: &mut PgConnection, idle_for: Duration) -> Result<bool, sqlx::Error> {
    if idle_for >= FRESH {
        connection.ping().await?;
    }
    Ok(true)
}

async fn postgres(url: &str, limits: &Pool) -> Result<Pools, StoreError> {
    let options = PgConnectOptions::from_str(url).map_err(|_| StoreError::Url("not readable".to_owned()))?;
    let options = options.application_name("atlas9").disable_statement_logging();
    let place = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    let unreachable = |cause: String| StoreError::Unreachable { place: place.clone(), cause };
    try_once(&options, limits.timeout).await.map_err(unreachable)?;
    let limit = limits.statement_timeout;
    let pool = PgPoolOptions::new()
        .max_connections(limits.connections)
        .acquire_timeout(limits.timeout)
        .after_connect(move |connection, _| Box::pin(only_read(connection, limit)))
        .test_before_acquire(false)
        .before_acquire(|connection, known| Box::pin(is_there(connection, known.idle_for)))
        .connect_with(options)
        .await
        .map_err(|error| unreachable(said(&error)))?;
    Ok(Pools::Postgres(pool))
}

/// One connection outside the pool: the pool tries again until its patience ends, and then tells only that.
async fn try_once(options: &PgConnectOptions, patience: Duration) -> Result<(), String> {
    let connected = tokio::time::timeout(patience, options.connect()).await;
    let connection = connected.map_err(|_| format!("no answer within {} s", patience.as_secs()))?;
    let closed = connection.map_err(|error| said(&error))?.close().await;
    closed.map_err(|error| said(&error))
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(without_password("postgres://me:p@ss@host/db"), "postgres://me:***@host/db");
        assert_eq!(without_password("postgres://host/db"), "postgres://host/db");
        assert_eq!(
            without_password("postgres://host/db?user=me&password=secret&sslmode=require"),
            "postgres://host/db?user=me&password=***&sslmode=require"
        );
        assert_eq!(without_password("postgres://me:p?@ss@host/db?a=b"), "postgres://me:***@host/db?a=b");
        assert_eq!(without_password("sqlite://a.db?mode=ro"), "sqlite://a.db?mode=ro");
        assert_eq!(without_password("sqlite://a.db"), "sqlite://a.db");
    }
}
