//! What a server counts, in the text format of Prometheus (version 0.0.4).
//!
//! Every label is a name that the schema declares, a method, a status or an error's code, but for `client`, which is bounded.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use prometheus_client::encoding::prometheus_text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Metric, Registry};

pub(crate) use prometheus_client::encoding::prometheus_text::CONTENT_TYPE;

use crate::store::PoolState;

/// Seconds: from what an index answers to what a timeout ends.
const BUCKETS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// The client of uses beyond the number of clients that are told apart.
const OTHER: &str = "other";

type Label = (&'static str, Cow<'static, str>);
type Counters<const N: usize> = Family<[Label; N], Counter>;
type Gauges<const N: usize> = Family<[Label; N], Gauge>;

/// The counters of one server.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Counters<3>,
    durations: Family<[Label; 1], Histogram>,
    in_flight: Gauge,
    problems: Counters<2>,
    rate_limited: Counters<1>,
    replays: Counters<1>,
    deprecated: Counters<4>,
    connections: Gauges<1>,
    idle: Gauges<1>,
    clients: Mutex<HashSet<String>>,
    most_clients: usize,
}

/// What one answer adds.
pub(crate) struct Answered<'a> {
    /// `Book.publish`; empty where the path leads to none.
    pub(crate) operation: &'a str,
    pub(crate) method: &'static str,
    pub(crate) status: u16,
    /// The code of the problem that was answered.
    pub(crate) code: Option<&'a str>,
    pub(crate) took: Duration,
    pub(crate) replayed: bool,
    pub(crate) rate_limited: bool,
}

impl Metrics {
    /// Tells at most so many clients apart.
    pub(crate) fn new(most_clients: usize) -> Metrics {
        let mut registry = Registry::with_prefix("atlas9");
        let durations = Family::new_with_constructor(histogram as fn() -> Histogram);
        Metrics {
            requests: add(&mut registry, "requests", "Requests that were answered"),
            durations: register(
                &mut registry,
                "request_duration_seconds",
                "Time from the head of a request to its answer",
                durations,
            ),
            in_flight: add(&mut registry, "requests_in_flight", "Requests that are worked on"),
            problems: add(
                &mut registry,
                "problems",
                "Answers that are no success, by the code of their error",
            ),
            rate_limited: add(&mut registry, "rate_limited", "Requests that were refused as one too many"),
            replays: add(
                &mut registry,
                "idempotent_replays",
                "Answers that were kept for an Idempotency-Key",
            ),
            deprecated: add(
                &mut registry,
                "deprecated_uses",
                "Requests that used an element that is on its way out, by client",
            ),
            connections: add(&mut registry, "pool_connections", "Connections to the database"),
            idle: add(&mut registry, "pool_idle_connections", "Connections to the database without work"),
            registry,
            clients: Mutex::new(HashSet::new()),
            most_clients,
        }
    }

    pub(crate) fn answered(&self, answered: &Answered<'_>) {
        let operation = || ("operation", Cow::Owned(answered.operation.to_owned()));
        let status = || ("status", Cow::Owned(answered.status.to_string()));
        let method = ("method", Cow::Borrowed(answered.method));
        self.requests.get_or_create(&[operation(), method, status()]).inc();
        self.durations.get_or_create(&[operation()]).observe(answered.took.as_secs_f64());
        if let Some(code) = answered.code {
            self.problems.get_or_create(&[("code", Cow::Owned(code.to_owned())), status()]).inc();
        }
        if answered.rate_limited {
            self.rate_limited.get_or_create(&[operation()]).inc();
        }
        if answered.replayed {
            self.replays.get_or_create(&[operation()]).inc();
        }
    }

    /// Counts that a client used what is on its way out. `client` is the principal's id, empty for nobody in particular.
    pub(crate) fn deprecated(&self, operation: &str, kind: &'static str, element: &str, client: &str) {
        let owned = |text: &str| Cow::Owned(text.to_owned());
        let labels = [
            ("operation", owned(operation)),
            ("kind", Cow::Borrowed(kind)),
            ("element", owned(element)),
            ("client", owned(self.client(client))),
        ];
        self.deprecated.get_or_create(&labels).inc();
    }

    /// The client itself, or `other` where as many as there may be are known already.
    fn client<'c>(&self, client: &'c str) -> &'c str {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if client.is_empty() || clients.contains(client) {
            return client;
        }
        if clients.len() >= self.most_clients {
            return OTHER;
        }
        clients.insert(client.to_owned());
        client
    }

    /// All of it as text, with what is so at this moment.
    pub(crate) fn render(&self, in_flight: usize, pools: &[PoolState]) -> Result<String, std::fmt::Error> {
        self.in_flight.set(whole(in_flight));
        for pool in pools {
            let label = [("pool", Cow::Borrowed(pool.name))];
            self.connections.get_or_create(&label).set(i64::from(pool.size));
            self.idle.get_or_create(&label).set(whole(pool.idle));
        }
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn histogram() -> Histogram {
    Histogram::new(BUCKETS)
}

fn add<M: Metric + Clone + Default>(registry: &mut Registry, name: &str, help: &str) -> M {
    register(registry, name, help, M::default())
}

fn register<M: Metric + Clone>(registry: &mut Registry, name: &str, help: &str, metric: M) -> M {
    registry.register(name, help, metric.clone());
    metric
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Answered, Metrics};
    use crate::store::PoolState;

    fn answered(operation: &str) -> Answered<'_> {
        Answered {
            operation,
            method: "GET",
            status: 404,
            code: Some("not_found"),
            took: Duration::from_millis(30),
            replayed: false,
            rate_limited: false,
        }
    }

    fn text(metrics: &Metrics) -> String {
        metrics.render(3, &[PoolState { name: "writer", size: 2, idle: 1 }]).expect("text")
    }

    #[test]
    fn is_the_text_that_prometheus_reads() {
        let metrics = Metrics::new(2);
        metrics.answered(&answered("Book.get"));
        metrics.answered(&Answered { replayed: true, rate_limited: true, ..answered("Book.get") });
        let text = text(&metrics);
        for line in [
            "# HELP atlas9_requests_total Requests that were answered.",
            "# TYPE atlas9_requests_total counter",
            "atlas9_requests_total{operation=\"Book.get\",method=\"GET\",status=\"404\"} 2",
            "# TYPE atlas9_request_duration_seconds histogram",
            "atlas9_request_duration_seconds_bucket{operation=\"Book.get\",le=\"0.025\"} 0",
            "atlas9_request_duration_seconds_bucket{operation=\"Book.get\",le=\"0.05\"} 2",
            "atlas9_request_duration_seconds_bucket{operation=\"Book.get\",le=\"+Inf\"} 2",
            "atlas9_request_duration_seconds_count{operation=\"Book.get\"} 2",
            "# TYPE atlas9_requests_in_flight gauge",
            "atlas9_requests_in_flight 3",
            "atlas9_problems_total{code=\"not_found\",status=\"404\"} 2",
            "atlas9_rate_limited_total{operation=\"Book.get\"} 1",
            "atlas9_idempotent_replays_total{operation=\"Book.get\"} 1",
            "atlas9_pool_connections{pool=\"writer\"} 2",
            "atlas9_pool_idle_connections{pool=\"writer\"} 1",
        ] {
            assert!(text.lines().any(|found| found == line), "no `{line}` in\n{text}");
        }
    }

    #[test]
    fn tells_a_bounded_number_of_clients_apart() {
        let metrics = Metrics::new(2);
        for client in ["", "a\"\\\nb", "joe", "third", "fourth", "joe"] {
            metrics.deprecated("Book.create", "field", "Book.isbn10", client);
        }
        let text = text(&metrics);
        let begin = "atlas9_deprecated_uses_total{operation=\"Book.create\",kind=\"field\",element=\"Book.isbn10\",client=";
        let mut lines: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix(begin)).collect();
        lines.sort_unstable();
        assert_eq!(lines, ["\"\"} 1", "\"a\\\"\\\\\\nb\"} 1", "\"joe\"} 2", "\"other\"} 2"]);
    }
}
