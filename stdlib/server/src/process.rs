//! What belongs to a running server rather than to its schema: it stays when `atlas9 serve` puts another schema into service.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

use crate::metrics::Metrics;

/// What is counted, what still runs, and whether it is to end.
pub(crate) struct Process {
    pub(crate) metrics: Metrics,
    stopping: AtomicBool,
    requests: Running,
    background: Running,
}

impl Process {
    pub(crate) fn new(metrics: Metrics) -> Process {
        let (requests, background) = (Running::default(), Running::default());
        Process { metrics, stopping: AtomicBool::new(false), requests, background }
    }

    /// Counts a request for as long as what is returned lives; nothing where there are `most` already.
    pub(crate) fn request(&self, most: usize) -> Option<Run> {
        self.requests.begin(most)
    }

    /// How many requests are worked on.
    pub(crate) fn requests(&self) -> usize {
        *self.requests.count.borrow()
    }

    /// Works on something beside requests, which a stopping server waits for.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        let run = self.background.begin(usize::MAX);
        tokio::spawn(async move {
            work.await;
            drop(run);
        });
    }

    /// From now on the server is not ready.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Done when nothing runs beside requests.
    pub(crate) async fn idle(&self) {
        let mut count = self.background.count.subscribe();
        // The sender is there for as long as `self` is.
        let _ = count.wait_for(|count| *count == 0).await;
    }
}

/// A number of things that run.
struct Running {
    count: watch::Sender<usize>,
}

impl Default for Running {
    fn default() -> Running {
        Running { count: watch::Sender::new(0) }
    }
}

impl Running {
    fn begin(&self, most: usize) -> Option<Run> {
        let begun = self.count.send_if_modified(|count| {
            let fits = *count < most;
            *count += usize::from(fits);
            fits
        });
        begun.then(|| Run { count: self.count.clone() })
    }
}

/// One of the things that run, until it is dropped.
pub(crate) struct Run {
    count: watch::Sender<usize>,
}

impl Drop for Run {
    fn drop(&mut self) {
        self.count.send_modify(|count| *count -= 1);
    }
}
