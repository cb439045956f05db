//! One request's connection: in a transaction where it writes.

use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use super::{Broken, Dialect, Pools, Row, Statement, Store, postgres, sqlite};

/// Whether a request writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Read,
    Write,
}

/// A connection of the pool. Dropping it rolls back what was not committed.
pub(crate) enum Session {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

impl Store {
    /// A connection, and for writing a transaction on it. `limit` is how long PostgreSQL works on one statement of it.
    pub(crate) async fn session(&self, mode: Mode, limit: Duration) -> Result<Session, Broken> {
        Ok(match (&*self.pools, mode) {
            (Pools::Sqlite { readers, .. }, Mode::Read) => Session::SqliteRead(readers.acquire().await?),
            // A transaction that begins by reading and writes later does not wait for the lock but fails.
            (Pools::Sqlite { writer, .. }, Mode::Write) => {
                Session::SqliteWrite(writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            (Pools::Postgres(pool), Mode::Read) => Session::PostgresRead(pool.acquire().await?),
            (Pools::Postgres(pool), Mode::Write) => {
                let begin = format!("BEGIN; SET LOCAL statement_timeout = {}", limit.as_millis().max(1));
                Session::PostgresWrite(pool.begin_with(AssertSqlSafe(begin)).await?)
            }
        })
    }
}

impl Session {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Session::SqliteRead(_) | Session::SqliteWrite(_) => Dialect::Sqlite,
            Session::PostgresRead(_) | Session::PostgresWrite(_) => Dialect::Postgres,
        }
    }

    pub(crate) async fn rows(&mut self, statement: Statement) -> Result<Vec<Row>, Broken> {
        let (text, binds) = statement.into_parts();
        let text = AssertSqlSafe(text);
        Ok(match self.connection() {
            Connection::Sqlite(connection) => {
                let query = sqlx::query_with(text, sqlite::arguments(binds)?);
                query.fetch_all(connection).await?.into_iter().map(Row::Sqlite).collect()
            }
            Connection::Postgres(connection) => {
                let query = sqlx::query_with(text, postgres::arguments(binds)?);
                query.fetch_all(connection).await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The first row.
    pub(crate) async fn row(&mut self, statement: Statement) -> Result<Option<Row>, Broken> {
        let (text, binds) = statement.into_parts();
        let text = AssertSqlSafe(text);
        Ok(match self.connection() {
            Connection::Sqlite(connection) => {
                let query = sqlx::query_with(text, sqlite::arguments(binds)?);
                query.fetch_optional(connection).await?.map(Row::Sqlite)
            }
            Connection::Postgres(connection) => {
                let query = sqlx::query_with(text, postgres::arguments(binds)?);
                query.fetch_optional(connection).await?.map(Row::Postgres)
            }
        })
    }

    /// How many rows a statement changed.
    pub(crate) async fn execute(&mut self, statement: Statement) -> Result<u64, Broken> {
        let (text, binds) = statement.into_parts();
        let text = AssertSqlSafe(text);
        Ok(match self.connection() {
            Connection::Sqlite(connection) => {
                let query = sqlx::query_with(text, sqlite::arguments(binds)?);
                query.execute(connection).await?.rows_affected()
            }
            Connection::Postgres(connection) => {
                let query = sqlx::query_with(text, postgres::arguments(binds)?);
                query.execute(connection).await?.rows_affected()
            }
        })
    }

    /// Makes what was written last.
    pub(crate) async fn commit(self) -> Result<(), Broken> {
        match self {
            Session::SqliteWrite(transaction) => transaction.commit().await?,
            Session::PostgresWrite(transaction) => transaction.commit().await?,
            Session::SqliteRead(_) | Session::PostgresRead(_) => {}
        }
        Ok(())
    }

    /// Takes back what was written, and gives up every lock, before it returns.
    pub(crate) async fn roll_back(self) -> Result<(), Broken> {
        match self {
            Session::SqliteWrite(transaction) => transaction.rollback().await?,
            Session::PostgresWrite(transaction) => transaction.rollback().await?,
            Session::SqliteRead(_) | Session::PostgresRead(_) => {}
        }
        Ok(())
    }

    /// The driver's connection.
    pub(crate) fn connection(&mut self) -> Connection<'_> {
        match self {
            Session::SqliteRead(connection) => Connection::Sqlite(connection),
            Session::SqliteWrite(transaction) => Connection::Sqlite(transaction),
            Session::PostgresRead(connection) => Connection::Postgres(connection),
            Session::PostgresWrite(transaction) => Connection::Postgres(transaction),
        }
    }
}

/// The driver's connection, for SQL of the user's own.
pub enum Connection<'c> {
    /// To SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// To PostgreSQL.
    Postgres(&'c mut PgConnection),
}
