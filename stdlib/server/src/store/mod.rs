//! The database behind a server: SQLite or PostgreSQL.

mod among;
mod bind;
mod cell;
mod error;
mod internal;
mod migrate;
mod open;
mod postgres;
mod reach;
mod readers;
mod session;
mod sqlite;

pub(crate) use among::AT_ONCE;
pub(crate) use bind::{Bind, Statement};
pub(crate) use cell::{Cell, ColumnType, Row, parsed, unexpected};
pub use error::StoreError;
pub(crate) use error::{Broken, Violation};
pub(crate) use internal::secret;
pub use open::without_password;
pub(crate) use reach::{Reach, TENANT};
pub use session::Connection;
pub(crate) use session::{Mode, Session};

use std::sync::Arc;

use readers::Readers;
use sqlx::{PgPool, SqlitePool};

/// Connections to the database of a server. Cloning shares them.
#[derive(Clone)]
pub struct Store {
    pools: Arc<Pools>,
}

enum Pools {
    /// SQLite lets one connection write at a time. Where the database is in memory both are the same single connection.
    Sqlite {
        writer: SqlitePool,
        readers: Readers,
    },
    Postgres(PgPool),
}

/// Which SQL the database speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.35 or later.
    Sqlite,
    /// PostgreSQL 12 or later.
    Postgres,
}

/// A pool at this moment.
pub(crate) struct PoolState {
    /// What it is for.
    pub(crate) name: &'static str,
    pub(crate) size: u32,
    pub(crate) idle: usize,
}

impl Store {
    /// How many connections there are.
    pub(crate) fn pools(&self) -> Vec<PoolState> {
        match &*self.pools {
            Pools::Sqlite { writer, readers } => vec![
                PoolState { name: "writer", size: writer.size(), idle: writer.num_idle() },
                readers.state(),
            ],
            Pools::Postgres(pool) => {
                vec![PoolState { name: "all", size: pool.size(), idle: pool.num_idle() }]
            }
        }
    }

    /// Which SQL the database speaks.
    pub fn dialect(&self) -> Dialect {
        match &*self.pools {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Closes every connection once its work is done.
    pub async fn close(&self) {
        match &*self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Store").field(&self.dialect()).finish()
    }
}
