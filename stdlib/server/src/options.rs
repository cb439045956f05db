//! Settings of a server that are not part of its schema.

use std::net::SocketAddr;
use std::time::Duration;

use crate::value::Timestamp;

/// Settings with their defaults.
#[derive(Clone, Debug)]
pub struct Options {
    /// The longest body that is read, in bytes; more is answered 413. Default: 1 MiB.
    pub body_limit: usize,
    /// The longest path with its query, in bytes; more is answered 414. Default: 8 KiB.
    pub uri_length: usize,
    /// The most headers of a request; more are answered 431. Default: 100.
    pub header_count: usize,
    /// The longest headers of a request, all together, in bytes; more are answered 431. Default: 32 KiB.
    pub header_bytes: usize,
    /// How long a connection may take to send the head of a request, or be without one. Then it is closed. Default: 30 s.
    pub header_timeout: Duration,
    /// How many connections there may be; further ones wait until one ends. Default: 8192.
    pub connections: usize,
    /// How many requests are worked on at a time; further ones are answered 503. Default: 1024.
    pub concurrent_requests: usize,
    /// How long a request may take before it is answered 503. Default: 30 s.
    pub timeout: Duration,
    /// From which time on the log tells of a request as a warning. Default: 1 s.
    pub slow_request: Duration,
    /// How long a server that was told to stop goes on to take requests, while `/readyz` answers 503 already: time for whatever
    /// sends the requests to notice. Default: 0 s.
    pub shutdown_delay: Duration,
    /// How long a stopping server waits for the requests that it took, and for what they left to be done. Default: 30 s.
    pub shutdown_grace: Duration,
    /// What cursors are authenticated with; at least 32 bytes. Default: a secret that is made once and kept in the database,
    /// so that cursors outlive a restart and several servers accept each other's.
    pub cursor_secret: Option<Vec<u8>>,
    /// How long the answers to an `Idempotency-Key` are kept. Default: 24 h.
    pub idempotency_ttl: Duration,
    /// True when an action that needs code and has none answers 501, as `atlas9 serve` does. Default: false, which makes it
    /// an error at start.
    pub missing_handlers_answer_501: bool,
    /// True when the service's `rate_limit` is kept: for each principal, and for callers without one for each address that
    /// they connect from. Each process counts for itself. Default: true; false where a gateway in front of the server does
    /// it, which is also the only one to tell callers without a token apart.
    pub rate_limit: bool,
    /// True when an operation whose `sunset` has passed is answered 410. Default: false.
    pub gone_after_sunset: bool,
    /// Where `/metrics` is. Default: [`Metrics::On`].
    pub metrics: Metrics,
    /// The collector that is sent a trace of each request, over OTLP: its base URL, `http://127.0.0.1:4318`. It needs the feature
    /// `otlp` of this crate. Default: none.
    pub otlp_endpoint: Option<String>,
    /// True when the reference of the service is answered at `/docs`, to everybody, where the service carries it. Default: true.
    pub docs: bool,
    /// How many clients the counts of deprecated elements tell apart; the rest counts as `other`. Default: 100.
    pub metrics_clients: usize,
}

/// The connections to a database.
#[derive(Clone, Debug)]
pub struct Pool {
    /// The most connections that read; those of PostgreSQL write too, SQLite has one more for that. Default: 16, of which SQLite
    /// takes at most 8.
    pub connections: u32,
    /// How long a request waits for a connection, and SQLite for another process's lock. Default: 5 s.
    pub timeout: Duration,
    /// How long PostgreSQL works on a statement that reads; what writes has the time that is left to its request. Default: 30 s.
    pub statement_timeout: Duration,
}

impl Default for Pool {
    fn default() -> Pool {
        Pool {
            // PostgreSQL's own default is 100 connections for all its clients.
            connections: 16,
            timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
        }
    }
}

/// Where a server answers `GET /metrics`.
///
/// It tells names of operations, counts and ids of principals, and asks nobody who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metrics {
    /// Nowhere.
    Off,
    /// Beside the service, where everybody can read it that can reach the service; a service that has a path `/metrics` itself
    /// wins.
    On,
    /// At an address of its own, which a network can keep to those that may read it. A router that is served by other code
    /// has it nowhere.
    At(SocketAddr),
}

impl Options {
    /// When an answer that is still good for its `Idempotency-Key` was given at the earliest.
    pub(crate) fn oldest_answer(&self, now: Timestamp) -> Timestamp {
        let kept = i64::try_from(self.idempotency_ttl.as_micros()).unwrap_or(i64::MAX);
        Timestamp::from_micros(now.micros().saturating_sub(kept)).unwrap_or_default()
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            body_limit: 1 << 20,
            uri_length: 8 << 10,
            header_count: 100,
            header_bytes: 32 << 10,
            header_timeout: Duration::from_secs(30),
            connections: 8192,
            concurrent_requests: 1024,
            timeout: Duration::from_secs(30),
            slow_request: Duration::from_secs(1),
            shutdown_delay: Duration::ZERO,
            shutdown_grace: Duration::from_secs(30),
            cursor_secret: None,
            idempotency_ttl: Duration::from_secs(24 * 3600),
            missing_handlers_answer_501: false,
            rate_limit: true,
            gone_after_sunset: false,
            metrics: Metrics::On,
            otlp_endpoint: None,
            docs: true,
            metrics_clients: 100,
        }
    }
}
