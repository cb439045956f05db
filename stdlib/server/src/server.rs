//! A prepared server: its router, and serving it.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use atlas9_descriptor::Service;
use tokio::net::{TcpListener, ToSocketAddrs};
use tokio::sync::OnceCell;

use crate::auth::Authenticator;
use crate::cx::States;
use crate::handler::Handler;
use crate::hooks::Hooks;
use crate::idempotency::InFlight;
use crate::list::Cursors;
use crate::otlp::Traces;
use crate::plan::ServicePlan;
use crate::process::Process;
use crate::purge::purging;
use crate::serving::Serving;
use crate::store::secret;
use crate::value::Timestamp;
use crate::{Options, Problem, StartError, Store, http};

/// How long connections to the database may take to end.
const CLOSING: Duration = Duration::from_secs(2);

/// What tells the time.
pub(crate) type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What all requests share.
pub(crate) struct Shared {
    pub(crate) plan: ServicePlan,
    pub(crate) store: Store,
    pub(crate) options: Options,
    pub(crate) routes: http::Routes,
    pub(crate) reference: Option<http::Reference>,
    pub(crate) rate_limit: Option<http::RateLimit>,
    pub(crate) authenticator: Option<Arc<dyn Authenticator>>,
    pub(crate) handlers: HashMap<(&'static str, &'static str), Handler>,
    pub(crate) hooks: HashMap<&'static str, Hooks>,
    pub(crate) states: States,
    pub(crate) in_flight: InFlight,
    pub(crate) cursors: OnceCell<Cursors>,
    pub(crate) process: Arc<Process>,
    pub(crate) clock: Clock,
    /// Where traces go.
    pub(crate) traces: Option<Traces>,
}

impl Shared {
    /// The time.
    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Sends the traces that are left, and closes the connections to the database. One that is still at work when the grace is over is not waited for.
    pub(crate) async fn close(&self) {
        if let Some(traces) = &self.traces {
            traces.close().await;
        }
        let _ = tokio::time::timeout(CLOSING, self.store.close()).await;
    }

    /// What makes and reads cursors. The secret is looked up when the first list needs it.
    pub(crate) async fn cursors(&self) -> Result<&Cursors, Problem> {
        let make = || async {
            let secret = match &self.options.cursor_secret {
                Some(secret) => secret.clone(),
                None => secret(&self.store, "cursor").await?,
            };
            Cursors::new(&secret).ok_or_else(|| Problem::internal("the cursor secret cannot be used"))
        };
        self.cursors.get_or_try_init(make).await
    }
}

/// A server that is ready to answer. Cloning shares it.
#[derive(Clone)]
pub struct Server {
    pub(crate) shared: Arc<Shared>,
}

impl Server {
    /// The service that it serves.
    pub fn service(&self) -> &'static Service {
        self.shared.plan.service
    }

    /// The router, to which others can be merged. It answers every path, unknown ones with a problem.
    pub fn router(&self) -> axum::Router {
        let shared = Arc::clone(&self.shared);
        axum::Router::new().fallback(move |request: axum::extract::Request| {
            let shared = Arc::clone(&shared);
            async move { http::answer(shared, request).await }
        })
    }

    /// The router of `/metrics` alone, for a listener of its own.
    pub fn metrics_router(&self) -> axum::Router {
        let shared = Arc::clone(&self.shared);
        metrics_router(move || Arc::clone(&shared))
    }

    /// Answers requests at an address until the process is told to stop (Ctrl-C, SIGTERM), then finishes what it took.
    ///
    /// # Errors
    /// When the address cannot be had: its port is in use, or it is not this machine's.
    pub async fn serve(self, address: impl ToSocketAddrs + std::fmt::Display) -> Result<(), StartError> {
        let listener = listen(address).await?;
        self.serve_on(listener, stopped()).await
    }

    /// Answers requests on a listener until `stop` is done, then finishes what it took.
    ///
    /// # Errors
    /// When the address of [`crate::Metrics::At`] cannot be had.
    pub async fn serve_on<F>(self, listener: TcpListener, stop: F) -> Result<(), StartError>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let shared = Arc::clone(&self.shared);
        let purging = purging(move || Arc::clone(&shared));
        let serving = Serving {
            router: self.router(),
            metrics: self.metrics_router(),
            options: self.shared.options.clone(),
            process: Arc::clone(&self.shared.process),
        };
        serving.until(listener, stop).await?;
        drop(purging);
        self.shared.close().await;
        Ok(())
    }
}

/// The router of `/metrics` alone, of the server that answers at that time.
pub(crate) fn metrics_router(
    current: impl Fn() -> Arc<Shared> + Clone + Send + Sync + 'static,
) -> axum::Router {
    let answer = move || {
        let shared = current();
        async move { http::metrics(&shared).into_response() }
    };
    axum::Router::new().route("/metrics", axum::routing::get(answer))
}

/// Binds an address.
///
/// # Errors
/// When it cannot be had; the message says what to do.
pub async fn listen(address: impl ToSocketAddrs + std::fmt::Display) -> Result<TcpListener, StartError> {
    let text = address.to_string();
    TcpListener::bind(address).await.map_err(|error| StartError::Address { address: text, error })
}

/// Done when the process is told to stop: Ctrl-C, or SIGTERM.
pub async fn stopped() {
    let interrupted = async {
        // Without the signal there is nothing to wait for but the other one.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
