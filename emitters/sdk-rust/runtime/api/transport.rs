//! Sends calls, and repeats those that may succeed later. Nothing here depends on an operation's types.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::hooks::{AttemptInfo, CallInfo, CallResult};
use super::prepare::Prepared;
use super::retry::pause_before;
use super::settings::{Key, Limits, Settings};
use super::{Draft, Error, Response};

/// Sends calls, repeats those that may succeed later, and reads the answers.
#[derive(Clone)]
pub struct Transport(pub(super) Arc<Settings>);

pub(super) type Sending = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

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
            let call = CallInfo {
                operation: draft.name,
                method: draft.method.to_string(),
                route: draft.path.clone().into_owned(),
            };
            for hooks in &self.0.hooks {
                hooks.before_call(&call);
            }
            let begun = Instant::now();
            let (outcome, attempts) = self.all(draft, &call, begun).await;
            for hooks in &self.0.hooks {
                hooks.after_call(&result(&call, attempts, begun, &outcome));
            }
            outcome
        })
    }

    /// Makes attempts until one succeeds, or another would not help; with how many there were.
    async fn all(&self, draft: Draft, call: &CallInfo, begun: Instant) -> (Result<Response, Error>, u32) {
        let limits = draft.limits;
        // A write without a key might happen twice.
        let retries = if draft.method.is_safe() || draft.idempotent { limits.retries } else { 0 };
        let request = match Prepared::of(&self.0, draft) {
            Ok(request) => request,
            Err(error) => return (Err(Error::Request(error)), 0),
        };
        let path = request.url.path().to_owned();
        let mut info = AttemptInfo { call: call.clone(), path, attempt: 0 };
        let mut refresh = false;
        loop {
            let outcome = self.attempt(&request, &info, refresh, limit(limits, begun)).await;
            let attempts = info.attempt + 1;
            let Err(error) = outcome else { return (outcome, attempts) };
            // Refused before anything was done: safe to repeat for every method.
            if !refresh && error.status() == Some(401) && matches!(self.0.key, Some(Key::Renewed(_))) {
                refresh = true;
                info.attempt += 1;
                continue;
            }
            let left = left(limits, begun);
            match pause_before(info.attempt, &error) {
                Some(pause) if info.attempt < retries && left.is_none_or(|left| pause < left) => {
                    tokio::time::sleep(pause).await;
                    info.attempt += 1;
                }
                _ => return (Err(error), attempts),
            }
        }
    }
}

/// The rest of the time that the whole call was given.
fn left(limits: Limits, begun: Instant) -> Option<Duration> {
    limits.timeout.map(|timeout| timeout.saturating_sub(begun.elapsed()))
}

/// The time that the next attempt may take.
fn limit(limits: Limits, begun: Instant) -> Option<Duration> {
    [left(limits, begun), limits.attempt_timeout].into_iter().flatten().min()
}

fn result<'a>(
    call: &'a CallInfo,
    attempts: u32,
    begun: Instant,
    outcome: &'a Result<Response, Error>,
) -> CallResult<'a> {
    let (status, request_id) = match outcome {
        Ok(response) => (Some(response.status), response.request_id()),
        Err(error) => (error.status(), error.request_id()),
    };
    CallResult {
        call,
        attempts,
        status,
        request_id,
        duration: begun.elapsed(),
        error: outcome.as_ref().err(),
    }
}

/// Without the key.
impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("base_url", &self.0.base_url).finish_non_exhaustive()
    }
}
