//! What becomes known of a request on its way, for its answer, the log and the counters.

use std::time::Instant;

use axum::http::request::Parts;

use super::rate_limit::Rate;
use super::reply::Reply;
use super::request_id::request_id;
use super::routes::Target;
use super::trace_context::TraceContext;
use crate::metrics::Answered;
use crate::plan::Plan;
use crate::process::Run;
use crate::server::Shared;
use crate::uses::{Kind, Uses};
use crate::{Principal, Problem, otlp};

/// A request from its head to its answer.
pub(crate) struct Trace {
    begun: Instant,
    pub(crate) id: String,
    pub(crate) context: TraceContext,
    pub(crate) principal: Principal,
    pub(crate) target: Option<Target>,
    /// What it used that is on its way out.
    pub(crate) uses: Uses,
    pub(crate) rate: Option<Rate>,
    /// True for what every server answers beside its service.
    pub(crate) system: bool,
    /// True while its body is awaited.
    pub(crate) reading: bool,
    /// Counts the request among those that are worked on.
    pub(crate) run: Option<Run>,
}

impl Trace {
    pub(crate) fn of(shared: &Shared, parts: &Parts) -> Trace {
        let context = TraceContext::of(&parts.headers);
        Trace {
            begun: Instant::now(),
            id: request_id(&parts.headers),
            context: if shared.traces.is_some() { context.recorded() } else { context },
            principal: Principal::anonymous(),
            target: None,
            uses: Uses::default(),
            rate: None,
            system: false,
            reading: false,
            run: None,
        }
    }

    /// The request turns out to be for this operation.
    pub(crate) fn aim(&mut self, shared: &Shared, target: Target) {
        let deprecated = target.operation.deprecated;
        self.target = Some(target);
        let operation = self.operation(shared);
        self.uses.note(Kind::Operation, ["", &operation], deprecated);
    }

    /// `Book.publish`; empty where the path leads to none.
    pub(crate) fn operation(&self, shared: &Shared) -> String {
        let Some(target) = &self.target else { return String::new() };
        full_name(target.resource.and_then(|place| shared.plan.at(place)), target)
    }

    /// Counts and logs the answer.
    fn end(&self, shared: &Shared, parts: &Parts, reply: &Reply, problem: Option<&Problem>) {
        let operation = self.operation(shared);
        if !self.system {
            self.count_uses(shared, &operation);
            shared.process.metrics.answered(&Answered {
                operation: &operation,
                method: method(parts),
                status: reply.status(),
                code: problem.map(Problem::code),
                took: self.begun.elapsed(),
                replayed: reply.has("idempotent-replayed"),
                rate_limited: self.rate.as_ref().is_some_and(|rate| rate.refused().is_some()),
            });
        }
        if let Some(traces) = shared.traces.as_ref().filter(|_| !self.system) {
            traces.request(
                &self.context,
                otlp::Request {
                    took: self.begun.elapsed(),
                    method: method(parts),
                    path: parts.uri.path(),
                    version: parts.version,
                    route: self.target.as_ref().map(|target| target.operation.path),
                    operation: &operation,
                    id: &self.id,
                    status: reply.status(),
                    code: problem.map(Problem::code),
                },
            );
        }
        self.log(shared, parts, &operation, reply.status(), problem);
    }

    /// Counts the use of what is on its way out.
    fn count_uses(&self, shared: &Shared, operation: &str) {
        for one in self.uses.all() {
            let client = self.principal.id();
            shared.process.metrics.deprecated(operation, one.kind.word(), &one.element, client);
        }
    }

    /// One line a request; names stay the same, values of fields and tokens never stand in it.
    fn log(&self, shared: &Shared, parts: &Parts, operation: &str, status: u16, problem: Option<&Problem>) {
        macro_rules! line {
            ($level:ident, $message:literal, $cause:expr) => {
                tracing::$level!(
                    target: "atlas9::request",
                    request_id = self.id,
                    trace_id = self.context.trace_id,
                    span_id = self.context.span_id,
                    method = method(parts),
                    route = self.target.as_ref().map_or("", |target| target.operation.path),
                    operation,
                    principal = self.principal.id(),
                    status,
                    code = problem.map_or("", |problem| problem.code()),
                    duration_ms = milliseconds(self.begun.elapsed()),
                    cause = $cause,
                    $message
                )
            };
        }
        let none: Option<&str> = None;
        match problem.and_then(Problem::cause).filter(|_| status >= 500) {
            Some(cause) if !self.system => line!(error, "request", cause),
            Some(cause) => line!(warn, "request", cause),
            None if self.begun.elapsed() >= shared.options.slow_request => {
                line!(warn, "slow request", none);
            }
            None if self.system => line!(debug, "request", none),
            None => line!(info, "request", none),
        }
    }
}

/// A request that is worked on. It is counted and logged as 499 where the client goes away before there is an answer: the future is then
/// dropped wherever it is.
pub(crate) struct Open<'a> {
    pub(crate) trace: Trace,
    shared: &'a Shared,
    parts: &'a Parts,
    ended: bool,
}

impl<'a> Open<'a> {
    pub(crate) fn new(shared: &'a Shared, parts: &'a Parts) -> Open<'a> {
        Open { trace: Trace::of(shared, parts), shared, parts, ended: false }
    }

    /// The request is answered.
    pub(crate) fn end(&mut self, reply: &Reply, problem: Option<&Problem>) {
        self.ended = true;
        self.trace.end(self.shared, self.parts, reply, problem);
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.trace.end(self.shared, self.parts, &Reply::empty(CLIENT_WENT_AWAY), None);
        }
    }
}

/// No registered status: what proxies call a request that its client gave up.
const CLIENT_WENT_AWAY: u16 = 499;

/// `Book.publish`, or for an operation of the service `login`.
pub(crate) fn full_name(plan: Option<&Plan>, target: &Target) -> String {
    match plan {
        Some(plan) => format!("{}.{}", plan.resource.name, target.operation.name),
        None => target.operation.name.to_owned(),
    }
}

/// The method, of which a client could make up any number.
fn method(parts: &Parts) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| parts.method.as_str() == *known).unwrap_or("other")
}

/// To the microsecond, so that no line shows the rounding of a double.
fn milliseconds(time: std::time::Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1000.0
}
