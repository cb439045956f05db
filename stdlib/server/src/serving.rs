//! Connections: taken, limited, and finished when the server is to stop.

use std::convert::Infallible;
use std::future::Future;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::process::Process;
use crate::{Metrics, Options, StartError, listen};

/// How long to wait before a connection is tried again that the system has no room for.
const PAUSE: Duration = Duration::from_secs(1);
/// The least that HTTP/1 reads into.
const LEAST_BUFFER: usize = 64 << 10;

/// A router with what serving it needs.
pub(crate) struct Serving {
    pub(crate) router: axum::Router,
    /// What answers `/metrics` where that has an address of its own.
    pub(crate) metrics: axum::Router,
    pub(crate) options: Options,
    pub(crate) process: Arc<Process>,
}

impl Serving {
    /// Serves until `stop` is done, then for at most the grace what was taken.
    ///
    /// # Errors
    /// When the address of the metrics cannot be had.
    pub(crate) async fn until<F>(self, listener: TcpListener, stop: F) -> Result<(), StartError>
    where
        F: Future<Output = ()> + Send,
    {
        let metrics = match self.options.metrics {
            Metrics::At(address) => Some(listen(address).await?),
            Metrics::Off | Metrics::On => None,
        };
        let mut connections = Connections::new(&self.options);
        let mut reading = Connections::new(&self.options);
        let delay = self.options.shutdown_delay;
        let stop = async {
            stop.await;
            self.process.stop();
            tokio::time::sleep(delay).await;
        };
        tokio::select! {
            () = stop => {}
            () = connections.take(&listener, &self.router) => {}
            () = reading.take_from(metrics.as_ref(), &self.metrics) => {}
        }
        drop((listener, metrics, reading));
        let finished = async {
            connections.finish().await;
            self.process.idle().await;
        };
        if tokio::time::timeout(self.options.shutdown_grace, finished).await.is_err() {
            tracing::warn!(target: "atlas9::server", "stopped before everything was done");
        }
        Ok(())
    }
}

/// The connections of one listener. Dropping it breaks them off.
struct Connections {
    builder: Arc<Builder<TokioExecutor>>,
    patience: Duration,
    room: Arc<Semaphore>,
    tasks: JoinSet<()>,
    graceful: GracefulShutdown,
}

impl Connections {
    fn new(options: &Options) -> Connections {
        Connections {
            builder: Arc::new(builder(options)),
            patience: options.header_timeout,
            room: Arc::new(Semaphore::new(options.connections.min(Semaphore::MAX_PERMITS))),
            tasks: JoinSet::new(),
            graceful: GracefulShutdown::new(),
        }
    }

    /// Takes connections for ever.
    async fn take(&mut self, listener: &TcpListener, router: &axum::Router) {
        loop {
            // Only a closed semaphore gives none, and nobody closes this one.
            let Ok(permit) = Arc::clone(&self.room).acquire_owned().await else { return };
            let (stream, address) = accept(listener).await;
            // Ended tasks are kept until somebody asks.
            while self.tasks.try_join_next().is_some() {}
            let (builder, router) = (Arc::clone(&self.builder), router.clone());
            let (watcher, patience) = (self.graceful.watcher(), self.patience);
            self.tasks.spawn(connection(builder, stream, address, router, watcher, patience, permit));
        }
    }

    /// Takes connections for ever, where there is a listener.
    async fn take_from(&mut self, listener: Option<&TcpListener>, router: &axum::Router) {
        match listener {
            Some(listener) => self.take(listener, router).await,
            None => std::future::pending().await,
        }
    }

    /// Done when the requests are answered that had begun.
    async fn finish(&mut self) {
        std::mem::take(&mut self.graceful).shutdown().await;
        while self.tasks.join_next().await.is_some() {}
    }
}

/// What our own limits refuse has to reach them, so that HTTP's own are wider.
fn builder(options: &Options) -> Builder<TokioExecutor> {
    let head = options.header_bytes.saturating_add(options.uri_length);
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(options.header_timeout)
        .max_headers(options.header_count.saturating_mul(2).clamp(100, 10_000))
        .max_buf_size(head.saturating_mul(4).max(LEAST_BUFFER));
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(options.header_timeout)
        .max_header_list_size(u32::try_from(head.saturating_mul(4)).unwrap_or(u32::MAX));
    builder
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            // The other side has gone again.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
                ) => {}
            Err(error) => {
                tracing::warn!(target: "atlas9::server", cause = %error, "no connection can be taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn connection(
    builder: Arc<Builder<TokioExecutor>>,
    stream: TcpStream,
    address: SocketAddr,
    router: axum::Router,
    watcher: Watcher,
    patience: Duration,
    _permit: OwnedSemaphorePermit,
) {
    // Answers are written whole: waiting for more of them only makes them late. Where it cannot be set they are just that.
    let _ = stream.set_nodelay(true);
    let begun = Arc::new(AtomicBool::new(false));
    let first = Arc::clone(&begun);
    let service = service_fn(move |request: Request<Incoming>| {
        first.store(true, Ordering::Relaxed);
        answer(router.clone(), address, request)
    });
    let serving = builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
    // A connection that breaks off has nobody to be told.
    tokio::select! {
        _ = watcher.watch(serving) => {}
        () = silent(&begun, patience) => {}
    }
}

async fn answer(
    router: axum::Router,
    address: SocketAddr,
    mut request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    // The rate limit goes by the caller's address where there is no principal.
    request.extensions_mut().insert(ConnectInfo(address));
    router.oneshot(request.map(Body::new)).await
}

/// Done when a connection has had its time and no request came: which version of HTTP it speaks is waited for without end.
async fn silent(begun: &AtomicBool, patience: Duration) {
    tokio::time::sleep(patience).await;
    if begun.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}
