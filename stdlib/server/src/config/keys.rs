//! The keys that every server has.

use super::Settings;
use super::value::{duration, shown_duration, size, truth};
use crate::store::without_password;
use crate::{LogFormat, Metrics};

/// A key of the settings.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// Variables of the environment that others read too.
    pub(super) also: Option<&'static str>,
    pub(super) what: &'static str,
    pub(super) expected: &'static str,
    /// Takes a value; nothing where it is none.
    pub(super) set: fn(&mut Settings, &str) -> Option<()>,
    /// The value as whoever runs the server may see it.
    pub(super) show: fn(&Settings) -> String,
}

const NUMBER: &str = "a whole number";
const SIZE: &str = "a number of bytes, `65536`, `64KiB` or `1MiB`";
const DURATION: &str = "a time, `500ms`, `30s`, `5m` or `24h`";
const LIMIT: &str = "a time above zero, `500ms`, `30s`, `5m` or `24h`";
const TRUTH: &str = "`true` or `false`";
/// The least bytes of a secret.
const LEAST_SECRET: usize = 32;

macro_rules! number {
    ($name:literal, $what:literal, $($field:ident).+) => {
        plain($name, $what, NUMBER, |to, text| { to.$($field).+ = text.parse().ok()?; Some(()) }, |of| of.$($field).+.to_string())
    };
}
macro_rules! size {
    ($name:literal, $what:literal, $($field:ident).+) => {
        plain($name, $what, SIZE, |to, text| { to.$($field).+ = size(text)?; Some(()) }, |of| of.$($field).+.to_string())
    };
}
macro_rules! time {
    ($name:literal, $what:literal, $($field:ident).+) => {
        plain($name, $what, DURATION, |to, text| { to.$($field).+ = duration(text)?; Some(()) }, |of| shown_duration(of.$($field).+))
    };
}
macro_rules! limit {
    ($name:literal, $what:literal, $($field:ident).+) => {
        plain(
            $name,
            $what,
            LIMIT,
            |to, text| { to.$($field).+ = duration(text).filter(|time| !time.is_zero())?; Some(()) },
            |of| shown_duration(of.$($field).+),
        )
    };
}
macro_rules! truth {
    ($name:literal, $what:literal, $($field:ident).+) => {
        plain($name, $what, TRUTH, |to, text| { to.$($field).+ = truth(text)?; Some(()) }, |of| of.$($field).+.to_string())
    };
}

const fn plain(
    name: &'static str,
    what: &'static str,
    expected: &'static str,
    set: fn(&mut Settings, &str) -> Option<()>,
    show: fn(&Settings) -> String,
) -> Key {
    Key { name, also: None, what, expected, set, show }
}

const fn also(key: Key, variable: &'static str) -> Key {
    Key { also: Some(variable), ..key }
}

/// In the order of help.
pub(super) const KEYS: &[Key] = &[
    also(
        plain(
            "database_url",
            "the database",
            "the URL of a database, `sqlite://FILE` or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`",
            |to, text| (!text.is_empty()).then(|| to.database_url = text.to_owned()),
            |of| without_password(&of.database_url),
        ),
        "DATABASE_URL",
    ),
    plain(
        "host",
        "the address to listen at",
        "an address or a name of this machine",
        |to, text| (!text.is_empty()).then(|| to.host = text.to_owned()),
        |of| of.host.clone(),
    ),
    also(
        plain(
            "port",
            "the port to listen at; 0 takes a free one",
            "a whole number up to 65535",
            |to, text| {
                to.port = text.parse().ok()?;
                Some(())
            },
            |of| of.port.to_string(),
        ),
        "PORT",
    ),
    plain(
        "log_format",
        "how logs are written",
        "`text` or `json`",
        |to, text| {
            to.log_format = LogFormat::named(text)?;
            Some(())
        },
        |of| of.log_format.name().to_owned(),
    ),
    also(
        plain(
            "log_levels",
            "what is logged",
            "levels in the form of RUST_LOG, `info` or `warn,atlas9=debug`",
            |to, text| crate::logging::are_levels(text).then(|| to.log_levels = text.to_owned()),
            |of| of.log_levels.clone(),
        ),
        "RUST_LOG",
    ),
    time!("slow_request", "from when on a request is logged as slow", options.slow_request),
    plain(
        "metrics",
        "where /metrics is",
        "`off`, `on`, or an address of its own, `127.0.0.1:9100`",
        |to, text| {
            to.options.metrics = match text {
                "off" => Metrics::Off,
                "on" => Metrics::On,
                address => Metrics::At(address.parse().ok()?),
            };
            Some(())
        },
        |of| match of.options.metrics {
            Metrics::Off => "off".to_owned(),
            Metrics::On => "on".to_owned(),
            Metrics::At(address) => address.to_string(),
        },
    ),
    Key {
        // Where the feature is off, the collector that the variable names is for other programs.
        also: if cfg!(feature = "otlp") { Some("OTEL_EXPORTER_OTLP_ENDPOINT") } else { None },
        ..plain(
            "otlp_endpoint",
            "the OpenTelemetry collector that traces are sent to; needs the feature `otlp`",
            "the base URL of a collector that takes OTLP over HTTP, `http://127.0.0.1:4318`",
            |to, text| {
                crate::otlp::is_endpoint(text).then(|| to.options.otlp_endpoint = Some(text.to_owned()))
            },
            |of| {
                let endpoint = of.options.otlp_endpoint.as_deref();
                endpoint.map_or_else(|| "(none)".to_owned(), crate::store::without_password)
            },
        )
    },
    number!("metrics_clients", "how many clients /metrics tells apart", options.metrics_clients),
    size!("body_limit", "the longest body", options.body_limit),
    size!("uri_length", "the longest path with its query", options.uri_length),
    number!("header_count", "the most headers", options.header_count),
    size!("header_bytes", "the longest headers, all together", options.header_bytes),
    limit!("header_timeout", "how long the head of a request may take", options.header_timeout),
    number!("connections", "the most connections", options.connections),
    number!("concurrent_requests", "the most requests at a time", options.concurrent_requests),
    limit!("timeout", "how long a request may take", options.timeout),
    time!("shutdown_delay", "how long a stopping server takes requests", options.shutdown_delay),
    time!("shutdown_grace", "how long a stopping server finishes requests", options.shutdown_grace),
    truth!("rate_limit", "whether the schema's rate limit is kept", options.rate_limit),
    truth!("gone_after_sunset", "whether what is past its sunset is 410", options.gone_after_sunset),
    truth!(
        "missing_handlers_answer_501",
        "whether an action without code is 501",
        options.missing_handlers_answer_501
    ),
    limit!("idempotency_ttl", "how long answers are kept for an Idempotency-Key", options.idempotency_ttl),
    plain(
        "cursor_secret",
        "what cursors are authenticated with",
        "a secret of at least 32 bytes",
        |to, text| {
            let secret = (text.len() >= LEAST_SECRET).then(|| text.as_bytes().to_vec())?;
            to.options.cursor_secret = Some(secret);
            Some(())
        },
        |of| if of.options.cursor_secret.is_some() { "***" } else { "(in the database)" }.to_owned(),
    ),
    plain(
        "pool_connections",
        "the most connections to the database that read; PostgreSQL's write too",
        "a whole number of at least 1",
        |to, text| {
            to.pool.connections = text.parse().ok().filter(|number| *number > 0)?;
            Some(())
        },
        |of| of.pool.connections.to_string(),
    ),
    limit!("pool_timeout", "how long a request waits for a connection", pool.timeout),
    limit!(
        "statement_timeout",
        "how long PostgreSQL works on a statement that reads",
        pool.statement_timeout
    ),
];
