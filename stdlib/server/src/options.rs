//! Settings of a server that are not part of its schema.

use std::time::Duration;

/// Settings with their defaults.
#[derive(Clone, Debug)]
pub struct Options {
    /// The longest body that is read, in bytes. Default: 1 MiB.
    pub body_limit: usize,
    /// How long a request may take before it is answered 503. Default: 30 s.
    pub timeout: Duration,
    /// How long a stopping server waits for the requests that it took. Default: 30 s.
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
}

impl Default for Options {
    fn default() -> Options {
        Options {
            body_limit: 1 << 20,
            timeout: Duration::from_secs(30),
            shutdown_grace: Duration::from_secs(30),
            cursor_secret: None,
            idempotency_ttl: Duration::from_secs(24 * 3600),
            missing_handlers_answer_501: false,
            rate_limit: true,
        }
    }
}
