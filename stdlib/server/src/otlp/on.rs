//! Spans of requests and their transactions, after the semantic conventions of OpenTelemetry.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use atlas9_descriptor::Service;
use axum::http::Version;
use opentelemetry::trace::{SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{BatchSpanProcessor, SpanData, SpanEvents, SpanLinks, SpanProcessor};

use super::client::Client;
use super::{Request, is_endpoint};
use crate::http::TraceContext;
use crate::{Dialect, Options};

/// How long a stopping server waits for a collector.
const CLOSING: Duration = Duration::from_secs(5);

/// Sends spans from a thread of its own. The ids are those of the log, so spans are put together here instead of by a tracer, which
/// would give them its own.
pub(crate) struct Traces {
    processor: Arc<BatchSpanProcessor>,
    scope: InstrumentationScope,
}

impl Traces {
    /// Nothing where no collector is named.
    ///
    /// # Errors
    /// What is wrong with its address, or with the standard's variables of the environment, in a sentence.
    pub(crate) fn new(options: &Options, service: &Service) -> Result<Option<Traces>, String> {
        let Some(endpoint) = &options.otlp_endpoint else { return Ok(None) };
        if !is_endpoint(endpoint) {
            return Err(format!("`otlp_endpoint` is `{endpoint}`, which is no URL of a collector"));
        }
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client::new())
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
            .build()
            .map_err(|error| format!("traces cannot be sent: {error}"))?;
        let mut processor = BatchSpanProcessor::builder(exporter).build();
        processor.set_resource(&resource(service));
        let scope =
            InstrumentationScope::builder("atlas9-server").with_version(env!("CARGO_PKG_VERSION")).build();
        Ok(Some(Traces { processor: Arc::new(processor), scope }))
    }

    /// Tells of a request that has just been answered.
    pub(crate) fn request(&self, context: &TraceContext, request: Request<'_>) {
        let method = if request.method == "other" { "_OTHER" } else { request.method };
        let mut attributes = vec![
            KeyValue::new("http.request.method", method),
            KeyValue::new("http.response.status_code", i64::from(request.status)),
            KeyValue::new("url.path", request.path.to_owned()),
            KeyValue::new("url.scheme", "http"),
            KeyValue::new("atlas9.request_id", request.id.to_owned()),
        ];
        if let Some(version) = protocol(request.version) {
            attributes.push(KeyValue::new("network.protocol.version", version));
        }
        let shown = if method == "_OTHER" { "HTTP" } else { method };
        let mut name = shown.to_owned();
        if let Some(route) = request.route {
            name = format!("{shown} {route}");
            attributes.push(KeyValue::new("http.route", route.to_owned()));
            attributes.push(KeyValue::new("atlas9.operation", request.operation.to_owned()));
        }
        // What the caller did wrong is no failure of the server.
        let failed = request.code.filter(|_| request.status >= 500).map(str::to_owned);
        let own = (context.span_id.as_str(), context.parent_id.as_deref());
        self.send(
            context,
            own,
            Span { kind: SpanKind::Server, name, took: request.took, attributes, failed },
        );
    }

    /// Tells of a request's time with the database, from its first statement to the commit.
    pub(crate) fn transaction(
        &self,
        context: &TraceContext,
        took: Duration,
        dialect: Dialect,
        problem: Option<&str>,
    ) {
        let system = match dialect {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgresql",
        };
        let mut attributes = vec![KeyValue::new("db.system.name", system)];
        // A transaction that is rolled back because of what the caller did is none that failed.
        attributes.extend(problem.map(|code| KeyValue::new("atlas9.rolled_back", code.to_owned())));
        let id = TraceContext::part_id();
        let own = (id.as_str(), Some(context.span_id.as_str()));
        let name = "transaction".to_owned();
        self.send(context, own, Span { kind: SpanKind::Client, name, took, attributes, failed: None });
    }

    /// Sends what is left.
    pub(crate) async fn close(&self) {
        let processor = Arc::clone(&self.processor);
        // It waits for the thread that sends.
        let closing = tokio::task::spawn_blocking(move || processor.shutdown_with_timeout(CLOSING));
        if let Ok(Err(error)) = closing.await {
            tracing::debug!(%error, "traces were left");
        }
    }

    /// Leaves a span that has just ended to the thread that sends. It never waits: where there is no room, the span is dropped.
    fn send(&self, context: &TraceContext, (id, parent): (&str, Option<&str>), span: Span) {
        if !context.sampled {
            return;
        }
        let mut attributes = span.attributes;
        attributes.extend(span.failed.clone().map(|code| KeyValue::new("error.type", code)));
        let end_time = SystemTime::now();
        let span_id = |id: &str| SpanId::from_hex(id).unwrap_or(SpanId::INVALID);
        self.processor.on_end(SpanData {
            span_context: SpanContext::new(
                TraceId::from_hex(&context.trace_id).unwrap_or(TraceId::INVALID),
                span_id(id),
                TraceFlags::SAMPLED,
                false,
                context.state.parse().unwrap_or(TraceState::NONE),
            ),
            parent_span_id: parent.map_or(SpanId::INVALID, span_id),
            parent_span_is_remote: span.kind == SpanKind::Server && parent.is_some(),
            span_kind: span.kind,
            name: span.name.into(),
            start_time: end_time.checked_sub(span.took).unwrap_or(end_time),
            end_time,
            attributes,
            dropped_attributes_count: 0,
            events: SpanEvents::default(),
            links: SpanLinks::default(),
            status: span.failed.map_or(Status::Unset, Status::error),
            instrumentation_scope: self.scope.clone(),
        });
    }
}

/// A span but for its place in the trace.
struct Span {
    kind: SpanKind,
    name: String,
    took: Duration,
    attributes: Vec<KeyValue>,
    /// Why, where it did.
    failed: Option<String>,
}

/// The service by its name in the schema, unless the environment names it otherwise.
fn resource(service: &Service) -> Resource {
    let builder = Resource::builder().with_attribute(KeyValue::new("service.version", service.version));
    let named = std::env::var("OTEL_RESOURCE_ATTRIBUTES").is_ok_and(|text| text.contains("service.name="));
    match named || std::env::var("OTEL_SERVICE_NAME").is_ok_and(|name| !name.is_empty()) {
        true => builder.build(),
        false => builder.with_service_name(service.name).build(),
    }
}

fn protocol(version: Version) -> Option<&'static str> {
    match version {
        Version::HTTP_10 => Some("1.0"),
        Version::HTTP_11 => Some("1.1"),
        Version::HTTP_2 => Some("2"),
        _ => None,
    }
}
