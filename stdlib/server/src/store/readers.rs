//! The connections that read an SQLite file.
//!
//! A pool of sqlx asks each connection that comes back whether it is still there. In SQLite that is a question to another thread, which takes
//! about as long as to read a row, and the answer is always yes. So readers stay out of the pool between requests.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqlitePool};
use tokio::sync::{Mutex as Slot, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

use super::PoolState;

/// The readers of a database.
pub(super) struct Readers {
    pool: SqlitePool,
    /// Nothing where the pool's connections are for others too.
    kept: Option<Kept>,
}

/// Readers between requests.
struct Kept {
    waiting: Arc<Waiting>,
    /// How long a request waits for one.
    limit: Duration,
}

struct Waiting {
    idle: Mutex<Vec<Held>>,
    /// One permit for each connection that the pool may open.
    places: Arc<Semaphore>,
}

/// A connection that whoever has the guard of uses.
type Held = Arc<Slot<Open>>;

struct Open {
    connection: PoolConnection<Sqlite>,
    /// Whether it may be in a transaction: a request that is given up does not end its own.
    snapshot: bool,
}

/// A reader of one request.
pub(super) struct Reader {
    open: OwnedMutexGuard<Open>,
    home: Option<Home>,
}

/// Where a reader goes when its request ends.
struct Home {
    waiting: Arc<Waiting>,
    held: Held,
    _place: OwnedSemaphorePermit,
}

impl Readers {
    /// The connections of a pool that are for reading alone.
    pub(super) fn of_their_own(pool: SqlitePool, limit: Duration) -> Readers {
        let most = pool.options().get_max_connections() as usize;
        let places = Arc::new(Semaphore::new(most));
        Readers {
            pool,
            kept: Some(Kept { waiting: Arc::new(Waiting { idle: Mutex::default(), places }), limit }),
        }
    }

    /// Connections of a pool that whoever writes takes from as well.
    pub(super) fn shared(pool: SqlitePool) -> Readers {
        Readers { pool, kept: None }
    }

    /// A reader, as soon as there is one.
    pub(super) async fn acquire(&self) -> Result<Reader, sqlx::Error> {
        let Some(kept) = &self.kept else {
            let held = held(self.pool.acquire().await?);
            return Ok(Reader { open: held.lock_owned().await, home: None });
        };
        let place = tokio::time::timeout(kept.limit, Arc::clone(&kept.waiting.places).acquire_owned()).await;
        let place = place.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        let idle = kept.waiting.idle().pop();
        let held = match idle {
            Some(held) => held,
            None => held(self.pool.acquire().await?),
        };
        let open = Arc::clone(&held).lock_owned().await;
        let home = Home { waiting: Arc::clone(&kept.waiting), held, _place: place };
        let mut reader = Reader { open, home: Some(home) };
        reader.end().await;
        Ok(reader)
    }

    /// How many there are.
    pub(super) fn state(&self) -> PoolState {
        let waiting = self.kept.as_ref().map_or(0, |kept| kept.waiting.idle().len());
        PoolState { name: "readers", size: self.pool.size(), idle: self.pool.num_idle() + waiting }
    }

    /// Closes every reader once its work is done.
    pub(super) async fn close(&self) {
        if let Some(kept) = &self.kept {
            kept.waiting.places.close();
            kept.waiting.idle().clear();
        }
        self.pool.close().await;
    }
}

fn held(connection: PoolConnection<Sqlite>) -> Held {
    Arc::new(Slot::new(Open { connection, snapshot: false }))
}

impl Waiting {
    fn idle(&self) -> MutexGuard<'_, Vec<Held>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reader {
    /// Sees the database from its next statement on as it is at that one. A connection that whoever writes uses too is enough by itself:
    /// nobody writes while it reads.
    pub(super) async fn begin(&mut self) -> Result<(), sqlx::Error> {
        if self.home.is_some() {
            self.open.snapshot = true;
            sqlx::raw_sql("BEGIN").execute(&mut *self.open.connection).await?;
        }
        Ok(())
    }

    /// Sees what others write again.
    pub(super) async fn end(&mut self) {
        if self.open.snapshot {
            // It fails where the transaction was never begun, and then there is nothing to end.
            let _ = sqlx::raw_sql("ROLLBACK").execute(&mut *self.open.connection).await;
            self.open.snapshot = false;
        }
    }
}

impl Deref for Reader {
    type Target = PoolConnection<Sqlite>;

    fn deref(&self) -> &PoolConnection<Sqlite> {
        &self.open.connection
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut PoolConnection<Sqlite> {
        &mut self.open.connection
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let Some(home) = &self.home else { return };
        let mut idle = home.waiting.idle();
        // Behind the close the pool waits for it. The guard goes next: who takes it from here waits that long.
        if !home.waiting.places.is_closed() {
            idle.push(Arc::clone(&home.held));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

    use super::Readers;

    async fn one() -> Readers {
        let options = SqliteConnectOptions::new().in_memory(true);
        let pool =
            SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("a database");
        Readers::of_their_own(pool, Duration::from_millis(20))
    }

    #[tokio::test]
    async fn a_reader_is_there_for_the_next_one() {
        let readers = one().await;
        let first = readers.acquire().await.expect("a reader");
        assert!(matches!(readers.acquire().await, Err(sqlx::Error::PoolTimedOut)));
        assert_eq!((readers.state().size, readers.state().idle), (1, 0));
        drop(first);
        assert_eq!((readers.state().size, readers.state().idle), (1, 1));
        readers.acquire().await.expect("the same reader");
    }

    #[tokio::test]
    async fn a_snapshot_ends_with_its_request_however_that_ends() {
        let readers = one().await;
        for _ in 0..2 {
            let mut reader = readers.acquire().await.expect("a reader");
            reader.begin().await.expect("a transaction, in none");
        }
        let mut reader = readers.acquire().await.expect("a reader");
        reader.begin().await.expect("a transaction, in none");
        reader.end().await;
        reader.begin().await.expect("a transaction, in none");
    }

    #[tokio::test]
    async fn whoever_reads_holds_up_the_end() {
        let readers = one().await;
        let last = readers.acquire().await.expect("a reader");
        let mut closing = Box::pin(readers.close());
        assert!(tokio::time::timeout(Duration::from_millis(20), &mut closing).await.is_err());
        assert!(matches!(readers.acquire().await, Err(sqlx::Error::PoolClosed)));
        drop(last);
        tokio::time::timeout(Duration::from_secs(20), closing).await.expect("an end");
    }
}
