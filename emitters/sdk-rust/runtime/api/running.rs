//! A call that runs: the time it has, and those who are told how it ends.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;

use super::hooks::{CallGuard, CallInfo, CallResult};
use super::settings::Limits;
use super::{Draft, Error, Hooks, Response};

/// A call that runs. Where its future is dropped, so is this.
pub(super) struct Running {
    pub(super) call: CallInfo,
    /// How many attempts have begun.
    pub(super) attempts: u32,
    begun: Instant,
    limits: Limits,
    guards: Vec<Box<dyn CallGuard>>,
}

impl Running {
    pub(super) fn begin(hooks: &[Arc<dyn Hooks>], draft: &Draft) -> Self {
        let begun = Instant::now();
        let call = CallInfo {
            operation: draft.name,
            method: draft.method.to_string(),
            route: draft.path.clone().into_owned(),
        };
        let guards = hooks.iter().filter_map(|hooks| hooks.before_call(&call)).collect();
        Self { call, attempts: 0, begun, limits: draft.limits, guards }
    }

    /// The rest of the time that the whole call was given.
    pub(super) fn left(&self) -> Option<Duration> {
        self.limits.timeout.map(|timeout| timeout.saturating_sub(self.begun.elapsed()))
    }

    /// The time that an attempt may take that begins now.
    pub(super) fn limit(&self) -> Option<Duration> {
        [self.left(), self.limits.attempt_timeout].into_iter().flatten().min()
    }

    /// What the guards add to the headers of an attempt.
    pub(super) fn mark(&mut self, headers: &mut HeaderMap) {
        self.guards.iter_mut().for_each(|guard| guard.mark(headers));
    }

    /// Tells the guards how the call ended, those first that began last.
    pub(super) fn end(mut self, outcome: Result<&Response, &Error>) {
        let result = CallResult {
            call: &self.call,
            attempts: self.attempts,
            status: outcome.map_or_else(Error::status, |response| Some(response.status)),
            request_id: outcome.map_or_else(Error::request_id, Response::request_id),
            duration: self.begun.elapsed(),
            error: outcome.err(),
        };
        while let Some(mut guard) = self.guards.pop() {
            guard.ended(&result);
        }
    }
}
