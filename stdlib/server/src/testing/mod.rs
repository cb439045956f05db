//! What tests of a server's code stand on: the whole server in memory, called without a socket.
//!
//! Generated code has `testing::start`, and on what it returns a typed call for each operation; [`crate::tests`] makes the test that no
//! operation lacks its code. A request goes through everything that a request of the network goes through: scopes, rules, transactions,
//! problems.

mod answer;
mod call;
mod callers;
mod refusal;

pub use call::{Listed, Sent};
pub use refusal::Refusal;

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use atlas9_descriptor::{Auth, Service};
use axum::body::Body;
use axum::http::{HeaderMap, Request};

use crate::value::Timestamp;
use crate::{App, Principal, Server, StartError, Store, http};
use callers::Callers;

/// Makes the test that every operation has its code, of the function that puts the server together.
///
/// ```text
/// #[cfg(test)]
/// mod tests {
///     atlas9_server::tests!(crate::api);
/// }
/// ```
#[macro_export]
macro_rules! tests {
    ($code:expr) => {
        /// The server starts: no operation that the schema leaves to code lacks it.
        #[test]
        fn every_operation_has_its_code() {
            let missing = $crate::testing::starts(|store| ($code)(store).app()).err();
            let missing = missing.map(|error| error.to_string()).unwrap_or_default();
            assert!(missing.is_empty(), "{missing}");
        }
    };
}

/// A server that is tested, as one caller sees it. Cloning shares the server.
#[derive(Clone)]
pub struct Tester {
    server: Server,
    callers: Arc<Callers>,
    clock: Arc<Mutex<Option<Timestamp>>>,
    headers: HeaderMap,
}

impl Tester {
    /// A server on an empty SQLite database in memory, called by somebody with every scope.
    ///
    /// # Errors
    /// As [`App::start`].
    pub async fn start(code: impl FnOnce(Store) -> App) -> Result<Tester, StartError> {
        Tester::start_on(Store::open("sqlite::memory:").await?, code).await
    }

    /// A server on a database, which is brought to the service's schema. Callers are the test's ([`Tester::as_caller`]), whatever
    /// authenticator the code names; so is the time once it is set.
    ///
    /// # Errors
    /// As [`App::start`], and what the database says.
    pub async fn start_on(store: Store, code: impl FnOnce(Store) -> App) -> Result<Tester, StartError> {
        let callers = Arc::new(Callers::default());
        let clock = Arc::new(Mutex::new(None));
        let app = code(store.clone()).authenticator(Arc::clone(&callers)).clock({
            let clock = Arc::clone(&clock);
            move || clock.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or_else(Timestamp::now)
        });
        let server = app.start()?;
        store.migrate(server.service()).await?;
        let scopes = server.service().scopes.iter().copied();
        let tester = Tester { server, callers, clock, headers: HeaderMap::new() };
        Ok(tester.as_caller(Principal::new("tester", scopes)))
    }

    /// The same server as this caller sees it, with these scopes and this tenant.
    #[must_use]
    pub fn as_caller(&self, caller: Principal) -> Tester {
        let token = self.callers.token(caller);
        let tester = self.anonymous();
        match tester.service().auth.first() {
            Some(Auth::Bearer) => tester.with_header("authorization", &format!("Bearer {token}")),
            Some(Auth::ApiKey) => tester.with_header("x-api-key", &token),
            None => tester,
        }
    }

    /// The same server as nobody in particular sees it.
    #[must_use]
    pub fn anonymous(&self) -> Tester {
        let mut tester = self.clone();
        tester.headers.remove("authorization");
        tester.headers.remove("x-api-key");
        tester
    }

    /// The same, whose requests have a header: `If-Match`, `Idempotency-Key`. What cannot be a header is left out.
    #[must_use]
    pub fn with_header(&self, name: &'static str, value: &str) -> Tester {
        let mut tester = self.clone();
        if let (Ok(name), Ok(value)) = (axum::http::HeaderName::try_from(name), value.try_into()) {
            tester.headers.insert(name, value);
        }
        tester
    }

    /// From now on requests come at this time; without it at the machine's.
    pub fn set_time(&self, now: Timestamp) {
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// Lets time pass, from the time that is set or the machine's.
    pub fn pass(&self, time: Duration) {
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        let micros = i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
        let now = clock.unwrap_or_else(Timestamp::now);
        *clock = Timestamp::from_micros(now.micros().saturating_add(micros)).or(Some(now));
    }

    /// The service.
    pub fn service(&self) -> &'static Service {
        self.server.service()
    }

    /// The server, for requests that are no operation's.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Sends a request as it is: `("POST", "/v1/books", "{}")`. The answer's status, headers and text.
    pub async fn send(&self, method: &str, path: &str, body: &str) -> (u16, HeaderMap, String) {
        let media = if method == "PATCH" { "application/merge-patch+json" } else { "application/json" };
        let answer = self.exchange(method, path, Some((media, body.as_bytes().to_vec()))).await;
        (answer.status, answer.headers, String::from_utf8_lossy(&answer.body).into_owned())
    }

    async fn exchange(&self, method: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Exchanged {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let (media, body) = body.filter(|(_, body)| !body.is_empty()).unzip();
        if let Some(media) = media {
            request = request.header("content-type", media);
        }
        let request = match request.body(Body::from(body.unwrap_or_default())) {
            Ok(request) => request,
            Err(error) => return Exchanged::unsent(format!("{method} {path} is no request: {error}")),
        };
        let response = http::answer(Arc::clone(&self.server.shared), request).await;
        let (parts, body) = response.into_parts();
        let cause = parts.extensions.get::<http::Cause>().map(|cause| cause.0.clone());
        // The body is in memory already.
        let body = axum::body::to_bytes(body, usize::MAX).await.map(Into::into).unwrap_or_default();
        Exchanged { status: parts.status.as_u16(), headers: parts.headers, body, cause }
    }
}

/// What came out.
struct Exchanged {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
    /// What only the log is told.
    cause: Option<String>,
}

impl Exchanged {
    fn unsent(cause: String) -> Exchanged {
        Exchanged { status: 400, headers: HeaderMap::new(), body: Vec::new(), cause: Some(cause) }
    }
}

/// That a server starts on an empty database, for tests that have no runtime: [`crate::tests`].
///
/// # Errors
/// As [`App::start`].
pub fn starts(code: impl FnOnce(Store) -> App) -> Result<(), StartError> {
    wait(Tester::start(code)).map(drop)
}

fn wait<T>(work: impl Future<Output = Result<T, StartError>>) -> Result<T, StartError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| StartError::Serving(error.to_string()))?;
    runtime.block_on(pin!(work))
}
