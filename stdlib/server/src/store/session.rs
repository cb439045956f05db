//! One request's connection: in a transaction where it writes.

use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use super::reach::every;
use super::readers::Reader;
use super::{Broken, Dialect, Pools, Reach, Row, Statement, Store, postgres, sqlite};

/// Whether a request writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Read,
    /// Reads in several statements that all see the database as it is at the first.
    Snapshot,
    Write,
}

/// A connection of the pool, and whose rows it reaches. Dropping it rolls back what was not committed.
pub(crate) struct Session {
    link: Link,
    reach: Reach,
}

enum Link {
    SqliteRead(Reader),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    /// A transaction that only reads: it says whose rows it reaches, or sees one state of them.
    PostgresReadFor(Transaction<'static, Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

impl Store {
    /// A connection, and for writing, for a snapshot, or for the rows of a tenant, a transaction on it. `limit` is how long PostgreSQL works on one
    /// statement of it.
    pub(crate) async fn session(&self, mode: Mode, limit: Duration, reach: Reach) -> Result<Session, Broken> {
        let link = match (&*self.pools, mode) {
            (Pools::Sqlite { readers, .. }, Mode::Read) => Link::SqliteRead(readers.acquire().await?),
            (Pools::Sqlite { readers, .. }, Mode::Snapshot) => {
                let mut reader = readers.acquire().await?;
                reader.begin().await?;
                Link::SqliteRead(reader)
            }
            // A transaction that begins by reading and writes later does not wait for the lock but fails.
            (Pools::Sqlite { writer, .. }, Mode::Write) => {
                Link::SqliteWrite(writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            (Pools::Postgres(pool), Mode::Read) if reach == Reach::Shared => {
                Link::PostgresRead(pool.acquire().await?)
            }
            (Pools::Postgres(pool), Mode::Read | Mode::Snapshot) => {
                let level = if mode == Mode::Snapshot { " ISOLATION LEVEL REPEATABLE READ," } else { "" };
                let begin = format!("BEGIN{level} READ ONLY{}", reach.settings());
                Link::PostgresReadFor(pool.begin_with(AssertSqlSafe(begin)).await?)
            }
            (Pools::Postgres(pool), Mode::Write) => {
                let limit = limit.as_millis().max(1);
                let begin =
                    format!("BEGIN READ WRITE; SET LOCAL statement_timeout = {limit}{}", reach.settings());
                Link::PostgresWrite(pool.begin_with(AssertSqlSafe(begin)).await?)
            }
        };
        Ok(Session { link, reach })
    }
}

impl Session {
    pub(crate) fn dialect(&self) -> Dialect {
        match &self.link {
            Link::SqliteRead(_) | Link::SqliteWrite(_) => Dialect::Sqlite,
            Link::PostgresRead(_) | Link::PostgresReadFor(_) | Link::PostgresWrite(_) => Dialect::Postgres,
        }
    }

    pub(crate) async fn rows(&mut self, statement: Statement) -> Result<Vec<Row>, Broken> {
        let kept = statement.is_kept();
        let (text, binds) = statement.into_parts(&self.reach)?;
        let text = AssertSqlSafe(text);
        Ok(match self.connection() {
            Connection::Sqlite(connection) => {
                let query = sqlx::query_with(text, sqlite::arguments(binds)?);
                query.fetch_all(connection).await?.into_iter().map(Row::Sqlite).collect()
            }
            Connection::Postgres(connection) => {
                let query = sqlx::query_with(text, postgres::arguments(binds)?);
                query.persistent(kept).fetch_all(connection).await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The first row.
    pub(crate) async fn row(&mut self, statement: Statement) -> Result<Option<Row>, Broken> {
        let kept = statement.is_kept();
        let (text, binds) = statement.into_parts(&self.reach)?;
        let text = AssertSqlSafe(text);
        Ok(match self.connection() {
            Connection::Sqlite(connection) => {
                let query = sqlx::query_with(text, sqlite::arguments(binds)?);
                query.fetch_optional(connection).await?.map(Row::Sqlite)
            }
            Connection::Postgres(connection) => {
                let query = sqlx::query_with(text, postgres::arguments(binds)?);
                query.persistent(kept).fetch_optional(connection).await?.map(Row::Postgres)
            }
        })
    }

    /// How many rows a statement changed.
    pub(crate) async fn execute(&mut self, statement: Statement) -> Result<u64, Broken> {
        let (text, binds) = statement.into_parts(&self.reach)?;
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

    /// Opens the rows of every tenant to PostgreSQL's row security, or closes them again, for what the server asks about a shared row.
    /// Statements that name the tenant name the same one as before.
    pub(crate) async fn every_tenant(&mut self, open: bool) -> Result<(), Broken> {
        if self.dialect() == Dialect::Postgres {
            self.execute(Statement::new(every(open))).await?;
        }
        Ok(())
    }

    /// Makes what was written last.
    pub(crate) async fn commit(self) -> Result<(), Broken> {
        match self.link {
            Link::SqliteWrite(transaction) => transaction.commit().await?,
            Link::PostgresWrite(transaction) => transaction.commit().await?,
            Link::SqliteRead(mut reader) => reader.end().await,
            // Whoever only read need not wait for the end of the transaction.
            Link::PostgresRead(_) | Link::PostgresReadFor(_) => {}
        }
        Ok(())
    }

    /// Takes back what was written, and gives up every lock, before it returns.
    pub(crate) async fn roll_back(self) -> Result<(), Broken> {
        match self.link {
            Link::SqliteWrite(transaction) => transaction.rollback().await?,
            Link::PostgresWrite(transaction) => transaction.rollback().await?,
            Link::SqliteRead(mut reader) => reader.end().await,
            Link::PostgresRead(_) | Link::PostgresReadFor(_) => {}
        }
        Ok(())
    }

    /// The driver's connection.
    pub(crate) fn connection(&mut self) -> Connection<'_> {
        match &mut self.link {
            Link::SqliteRead(connection) => Connection::Sqlite(connection),
            Link::SqliteWrite(transaction) => Connection::Sqlite(transaction),
            Link::PostgresRead(connection) => Connection::Postgres(connection),
            Link::PostgresReadFor(transaction) | Link::PostgresWrite(transaction) => {
                Connection::Postgres(transaction)
            }
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
