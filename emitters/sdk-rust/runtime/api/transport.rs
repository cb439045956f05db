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
use super::settings::{Key, Limits, Settings};
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
        let wrong = draft.wrong.take().or_else(|| draft.limits.wrong().map(str::to_owned));
        if let Some(wrong) = wrong {
            return Err(Error::Request(RequestError::new(wrong)));
        }
        // A write without a key might happen twice.
        let allowed = if draft.method.is_safe() || draft.idempotent { draft.limits.retries } else { 0 };
        let request = Prepared::of(&self.0, draft)?;
        let (mut retried, mut refreshed, mut refresh) = (0, false, false);
        loop {
            let info = AttemptInfo {
                call: running.call.clone(),
                path: request.path.clone(),
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
        f.debug_struct("Transport").field("base_url", &self.0.base_url).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use reqwest::Method;
    use reqwest::header::HeaderMap;

    use super::super::{Anything, BoxError, Call, ClientBuilder, Hooks, Scheme, Service};
    use super::*;

    /// Notes the path of an attempt, and refuses it.
    #[derive(Clone, Default)]
    struct Noted(Arc<Mutex<Vec<String>>>);

    impl Hooks for Noted {
        fn before_attempt(&self, attempt: &AttemptInfo, _: &mut HeaderMap) -> Result<(), BoxError> {
            self.0.lock().map_err(|why| why.to_string())?.push(attempt.path.clone());
            Err("it is not sent".into())
        }
    }

    fn call(noted: &Noted, path: &'static str) -> Call<Anything> {
        let service = Service {
            agent: "test",
            environment: "ATLAS9_TEST",
            base_url: Some("https://example.com/at/"),
            scheme: Scheme::Bearer,
        };
        let client = ClientBuilder::new(service).hooks(noted.clone()).build();
        let client = client.unwrap_or_else(|why| panic!("{why}"));
        let mut draft = Draft::new(&client.transport, "things.get", Method::GET, path, false);
        draft.key("a/b");
        Call::of(draft)
    }

    #[tokio::test]
    async fn an_attempt_has_the_path_of_its_operation() {
        let noted = Noted::default();
        for path in ["/things/{id}", "/things/{id}?secret=1"] {
            let outcome = call(&noted, path).query("b", "2").send().await;
            assert!(matches!(outcome, Err(Error::Request(_))), "{outcome:?}");
        }
        assert_eq!(*noted.0.lock().unwrap_or_else(|why| panic!("{why}")), ["/things/a%2Fb", "/things/a%2Fb"]);
    }

    #[tokio::test]
    async fn a_call_without_time_is_refused() {
        let noted = Noted::default();
        let call = call(&noted, "/things/{id}");
        for bad in [call.clone().timeout(Duration::ZERO), call.attempt_timeout(Duration::ZERO)] {
            let outcome = bad.send().await;
            assert!(matches!(outcome, Err(Error::Request(_))), "{outcome:?}");
            assert!(outcome.is_err_and(|why| why.to_string().contains("a time limit is zero")));
        }
        assert!(noted.0.lock().is_ok_and(|paths| paths.is_empty()));
    }
}
