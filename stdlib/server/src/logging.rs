//! Logs of a server's own process.

use tracing_subscriber::EnvFilter;

/// Writes logs to standard error, at the levels that `RUST_LOG` names or else `info`. Does nothing where the process has a
/// log already.
pub fn logging() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call finds the first one's log in place, which is what was asked for.
    let _ = subscriber.try_init();
}
