//! The HTTP client of the thread that sends traces: the one that fetches key sets too, so that there is no second TLS.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use ureq::Agent;

use crate::handler::BoxFuture;

/// How long a collector may take, as OTLP has it.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The longest answer that is read, in bytes.
const ANSWER: u64 = 64 << 10;

/// Sends, and says in the log when a collector stops taking traces and when it takes them again.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    down: AtomicBool,
}

impl Client {
    pub(super) fn new() -> Client {
        let config = Agent::config_builder().timeout_global(Some(TIMEOUT)).http_status_as_error(false);
        Client { agent: config.build().into(), down: AtomicBool::new(false) }
    }

    /// Blocks, which the thread that sends is for.
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let mut response = self.agent.run(request.map(|body| body.to_vec()))?;
        let body = response.body_mut().with_config().limit(ANSWER).read_to_vec()?;
        Ok(response.map(|_| body.into()))
    }

    fn tell(&self, result: &Result<Response<Bytes>, HttpError>) {
        let cause = match result {
            Ok(response) if response.status().is_success() => {
                if self.down.swap(false, Ordering::Relaxed) {
                    tracing::info!("the collector takes traces again");
                }
                return;
            }
            Ok(response) => response.status().to_string(),
            Err(error) => error.to_string(),
        };
        if !self.down.swap(true, Ordering::Relaxed) {
            tracing::warn!(cause, "the collector takes no traces; they are dropped until it does");
        }
    }
}

/// The signature is what `async_trait` makes of the trait's.
impl HttpClient for Client {
    fn send_bytes<'client, 'sending>(
        &'client self,
        request: Request<Bytes>,
    ) -> BoxFuture<'sending, Result<Response<Bytes>, HttpError>>
    where
        'client: 'sending,
        Self: 'sending,
    {
        Box::pin(async move {
            let result = self.send(request);
            self.tell(&result);
            result
        })
    }
}
