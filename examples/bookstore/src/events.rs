//! What happens to books, told in the log. A shop would tell its search or its warehouse.

use std::time::Duration;

use atlas9_server::{Outbox, StoreError};

/// How many events are told at a time.
const BATCH: usize = 100;
/// How long to wait where there is nothing to tell, or the database is not there.
const PAUSE: Duration = Duration::from_secs(1);

/// Tells of events for as long as it runs. Other servers on the same database may do so too.
pub async fn tell(outbox: Outbox) {
    loop {
        match tell_some(&outbox).await {
            Ok(told) if told > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "events have to wait"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Tells of what there is; returns of how many events. One that cannot be told is not done, and comes again.
pub async fn tell_some(outbox: &Outbox) -> Result<usize, StoreError> {
    let events = outbox.next(BATCH).await?;
    for event in &events {
        tracing::info!(id = %event.id, subject = event.subject, version = event.version, "{}", event.event_type);
    }
    outbox.done(&events).await?;
    Ok(events.len())
}
