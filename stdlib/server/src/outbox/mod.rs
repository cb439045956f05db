//! Events of what changed, written with the change, for whoever delivers them.

mod event;
mod table;

pub use event::OutboxEvent;
pub(crate) use table::insert;

use std::time::Duration;

use crate::store::{AT_ONCE, Mode, Reach, Store, StoreError};

/// How long the database works on a statement.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How long events are kept from others.
const CLAIM: Duration = Duration::from_secs(60);

/// The events of a service's `@events` resources that are still to be delivered: the table `atlas9_outbox`.
///
/// An event is written in the transaction of its change, so that there is one exactly where the change was committed. Any number of
/// readers, in any number of processes, take events with [`Outbox::next`], deliver them, and say [`Outbox::done`]:
///
/// ```no_run
/// # use atlas9_server::{Outbox, OutboxEvent, Store, StoreError};
/// # async fn deliver(_: &OutboxEvent) {}
/// async fn work(store: Store) -> Result<(), StoreError> {
///     let outbox = Outbox::new(store);
///     loop {
///         let events = outbox.next(100).await?;
///         for event in &events {
///             deliver(event).await;
///         }
///         outbox.done(&events).await?;
///         if events.is_empty() {
///             tokio::time::sleep(std::time::Duration::from_secs(1)).await;
///         }
///     }
/// }
/// ```
///
/// # What holds
/// - **At least once.** What was handed out and is not done within the time of [`Outbox::claim_for`] is handed out again, with the
///   same id and a greater [`OutboxEvent::attempt`]: a reader that ends in between loses nothing.
/// - **Each row in order.** Events of one row are handed out in the order of their versions, and to one reader at a time: as long as
///   an earlier one is not done, later ones wait or are in the same batch. A reader that takes longer than its claim may come too late
///   with an event that another has had since; the version tells.
/// - **No order between rows.** Transactions of PostgreSQL are not committed in the order in which they took their positions. Nothing
///   is missed by that, because what has been read is known by being done, and not by a position.
/// - What is done is deleted. What nobody reads stays.
#[derive(Clone, Debug)]
pub struct Outbox {
    store: Store,
    claim: Duration,
}

impl Outbox {
    /// The outbox of a service's database, which [`Store::migrate`] has made.
    pub fn new(store: Store) -> Outbox {
        Outbox { store, claim: CLAIM }
    }

    /// How long events that were handed out are kept from other readers: longer than it takes to deliver a batch. Default: 60 s.
    #[must_use]
    pub fn claim_for(mut self, time: Duration) -> Outbox {
        self.claim = time;
        self
    }

    /// Takes the next events, at most `limit` of them and at most 500; none where there is nothing that this reader may have. It
    /// does not wait for more.
    ///
    /// # Errors
    /// When the database is not there, or was not migrated.
    pub async fn next(&self, limit: usize) -> Result<Vec<OutboxEvent>, StoreError> {
        let limit = limit.min(AT_ONCE);
        if limit == 0 {
            return Ok(Vec::new());
        }
        let mut session = self.store.session(Mode::Write, TIMEOUT, Reach::Shared).await?;
        let events = table::claim(&mut session, limit, self.claim).await?;
        session.commit().await?;
        Ok(events)
    }

    /// Says that events need not be handed out again, all of a batch or some. To say so twice does no harm.
    ///
    /// # Errors
    /// When the database is not there. The events will be handed out again.
    pub async fn done(&self, events: &[OutboxEvent]) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        let mut session = self.store.session(Mode::Write, TIMEOUT, Reach::Shared).await?;
        table::delete(&mut session, events).await?;
        Ok(session.commit().await?)
    }
}
