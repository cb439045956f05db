//! Sends calls, and repeats those that may succeed later. Nothing here depends on an operation's types.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::error::RequestError;
use super::hooks::AttemptInfo;
use super::prepare::Prepared;
use super::retry::pause_before;
use super::running::Running;
use super::settings::{Key, Limits, Settings, Shown};
use super::{Draft, Error, Response};

/// Sends calls, repeats those that may succeed later, and reads the answers.
#[derive(Clone)]
pub struct Transport(pub(super) Arc<Settings>);

/// An answer, and the call that ends when somebody has read it.
pub(super) type Sending = Pin<Box<dyn Future<Output = (Result<Response, Error>, Running)> + Send>>;

impl Transport {
    pub(super) fn new(settings: Settings) -> Self {
        Self(Arc::new(settings))
    }

    pub(super) fn limits(&self) -> Limits {
        self.0.limits
    }

    /// Sends a call.
    pub(super) fn execute(self, draft: Draft) -> Sending {
        Box::pin(async move {
            let mut running = Running::begin(&self.0.hooks, &draft);
            let outcome = self.all(draft, &mut running).await;
            (outcome, running)
        })
    }

    /// Makes attempts until one succeeds, or another would not help.
    async fn all(&self, mut draft: Draft, running: &mut Running) -> Result<Response, Error> {
        if let Some(wrong) = draft.wrong.take() {
            return Err(Error::Request(RequestError::new(wrong)));
        }
        // A write without a key might happen twice.
        let allowed = if draft.method.is_safe() || draft.idempotent { draft.limits.retries } else { 0 };
        let request = Prepared::of(&self.0, draft)?;
        let (mut retried, mut refreshed, mut refresh) = (0, false, false);
        loop {
            let info = AttemptInfo {
                call: running.call.clone(),
                path: request.url.path().to_owned(),
                attempt: running.attempts,
            };
            running.attempts += 1;
            let error = match self.attempt(&request, &info, refresh, running).await {
                Err(error) => error,
                answered => return answered,
            };
            // Refused before anything was done: safe to repeat for every method, and no retry.
            refresh =
                !refreshed && error.status() == Some(401) && matches!(self.0.key, Some(Key::Renewed(_)));
            if refresh {
                refreshed = true;
                continue;
            }
            let left = running.left();
            match pause_before(retried, &error) {
                Some(pause) if retried < allowed && left.is_none_or(|left| pause < left) => {
                    tokio::time::sleep(pause).await;
                    retried += 1;
                }
                _ => return Err(error),
            }
        }
    }
}

/// Without the key.
impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("base_url", &Shown(&self.0.base_url)).finish_non_exhaustive()
    }
}
