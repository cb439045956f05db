//! Spans of requests, and collectors that are not there.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::fixtures::{self, RESOURCE};

use atlas9_server::descriptor::{
    Access, Field, Method, Operation, OperationKind, Resource, Scalar, Service, Type,
};
use atlas9_server::{App, LogFormat, Options, Problem, Store, log_to};
use axum::body::Bytes;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value::Value};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";
const SERVER: i32 = 2;
const CLIENT: i32 = 3;

static LABEL: Resource = Resource {
    name: "Label",
    snake: "label",
    table: "labels",
    path: "/labels",
    fields: &[
        Field::new("name", Type::string(1, 20)).access(Access::Immutable),
        Field::new("count", Type::Scalar(Scalar::Int32 { min: 0, max: 9 })),
    ],
    operations: &[
        Operation::new("create", Method::Post, "/labels", OperationKind::Create).public(),
        Operation::new("get", Method::Get, "/labels/{name}", OperationKind::Get).public(),
    ],
    ..RESOURCE
};

static SERVICE: Service = Service {
    name: "Labels",
    version: "1.2.3",
    resources: &[&LABEL],
    sqlite: &[atlas9_server::descriptor::Migration {
        version: 1,
        description: "create",
        up: "CREATE TABLE labels (name text PRIMARY KEY, count bigint NOT NULL, row_version bigint NOT NULL)",
    }],
    ..fixtures::SERVICE
};

/// A server at an address, which ends when it is told to.
struct Running {
    url: String,
    stop: oneshot::Sender<()>,
    served: tokio::task::JoinHandle<()>,
}

impl Running {
    async fn start(endpoint: &str) -> Running {
        let store = Store::open("sqlite::memory:").await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let options = Options { otlp_endpoint: Some(endpoint.to_owned()), ..Options::default() };
        let app = App::new(&SERVICE, store).options(options);
        let app = app.before_commit("Label", break_down);
        let server = app.start().expect("a server");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            let _ = stopped.await;
        };
        let served = tokio::spawn(async move { server.serve_on(listener, stopped).await.expect("an end") });
        Running { url, stop, served }
    }

    /// Sends a request; the status of the answer.
    async fn send(&self, path: &str, body: Option<&'static str>, headers: &[(&'static str, String)]) -> u16 {
        let (url, headers) = (format!("{}{path}", self.url), headers.to_vec());
        let sent = tokio::task::spawn_blocking(move || {
            let config = ureq::Agent::config_builder().http_status_as_error(false);
            let agent: ureq::Agent = config.build().into();
            let mut request =
                ureq::http::Request::builder().uri(url).header("content-type", "application/json");
            for (name, value) in headers {
                request = request.header(name, value);
            }
            let answer = match body {
                Some(body) => agent.run(request.method("POST").body(body).expect("a request")),
                None => agent.run(request.body(()).expect("a request")),
            };
            answer.expect("an answer").status().as_u16()
        });
        sent.await.expect("an answer")
    }

    async fn end(self) {
        self.stop.send(()).expect("a server");
        self.served.await.expect("an end");
    }
}

/// A failure of the server's own.
async fn break_down(cx: &mut atlas9_server::Cx, _: atlas9_server::Change) -> Result<(), Problem> {
    match cx.request_id() {
        "broken" => Err(Problem::internal("a secret cause")),
        _ => Ok(()),
    }
}

/// A collector, and what it was sent.
async fn collector() -> (String, Arc<Mutex<Vec<ExportTraceServiceRequest>>>) {
    let sent: Arc<Mutex<Vec<ExportTraceServiceRequest>>> = Arc::default();
    let kept = Arc::clone(&sent);
    let take = move |body: Bytes| async move {
        let request = ExportTraceServiceRequest::decode(body).expect("a request of OTLP");
        kept.lock().expect("a lock").push(request);
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let router = axum::Router::new().route("/v1/traces", post(take));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, sent)
}

/// An attribute as text.
fn attribute(all: &[KeyValue], name: &str) -> Option<String> {
    let found = all.iter().find(|one| one.key == name)?;
    match found.value.as_ref()?.value.as_ref()? {
        Value::StringValue(text) => Some(text.clone()),
        Value::IntValue(number) => Some(number.to_string()),
        other => panic!("{name} is {other:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_a_span_with_its_transaction_in_it() {
    let (endpoint, sent) = collector().await;
    let server = Running::start(&endpoint).await;
    let from = |flags: &str| vec![("traceparent", format!("00-{TRACE}-{PARENT}-{flags}"))];
    let body = Some(r#"{"name": "a", "count": 1}"#);
    let mut named = from("01");
    named.extend([("x-request-id", "first".to_owned()), ("tracestate", "a=b".to_owned())]);
    assert_eq!(server.send("/labels", body, &named).await, 201);
    // Its caller does not record it, and the probes of whoever runs the server are nobody's request.
    assert_eq!(server.send("/labels/a", None, &from("00")).await, 200);
    assert_eq!(server.send("/livez", None, &[]).await, 200);
    assert_eq!(server.send("/labels/b?x=y", None, &[]).await, 400);
    assert_eq!(server.send("/nothing", None, &[]).await, 404);
    let broken = [("x-request-id", "broken".to_owned())];
    assert_eq!(server.send("/labels", Some(r#"{"name": "b", "count": 9}"#), &broken).await, 500);
    // Whatever is left is sent before the server ends.
    server.end().await;

    let sent = sent.lock().expect("a lock");
    let resource = sent[0].resource_spans[0].resource.as_ref().expect("a resource");
    assert_eq!(attribute(&resource.attributes, "service.name").as_deref(), Some("Labels"));
    assert_eq!(attribute(&resource.attributes, "service.version").as_deref(), Some("1.2.3"));
    let resources = sent.iter().flat_map(|request| &request.resource_spans);
    let spans: Vec<&Span> = resources.flat_map(|one| &one.scope_spans).flat_map(|one| &one.spans).collect();
    let requests: Vec<&Span> = spans.iter().copied().filter(|span| span.kind == SERVER).collect();
    let names: Vec<&str> = requests.iter().map(|span| span.name.as_str()).collect();
    assert_eq!(names, ["POST /labels", "GET /labels/{name}", "GET", "POST /labels"]);

    let create = requests[0];
    assert_eq!((hex(&create.trace_id), hex(&create.parent_span_id)), (TRACE.to_owned(), PARENT.to_owned()));
    assert_eq!(create.trace_state, "a=b");
    let told = |name: &str| attribute(&create.attributes, name).unwrap_or_default();
    for (name, value) in [
        ("http.request.method", "POST"),
        ("http.route", "/labels"),
        ("http.response.status_code", "201"),
        ("url.path", "/labels"),
        ("url.scheme", "http"),
        ("network.protocol.version", "1.1"),
        ("atlas9.operation", "Label.create"),
        ("atlas9.request_id", "first"),
        ("error.type", ""),
    ] {
        assert_eq!(told(name), value, "{name}");
    }
    assert!(create.start_time_unix_nano < create.end_time_unix_nano);

    let transaction = spans.iter().find(|span| span.kind == CLIENT && span.trace_id == create.trace_id);
    let transaction = transaction.expect("a transaction");
    assert_eq!((&transaction.parent_span_id, transaction.name.as_str()), (&create.span_id, "transaction"));
    assert_eq!(attribute(&transaction.attributes, "db.system.name").as_deref(), Some("sqlite"));
    assert!(transaction.start_time_unix_nano >= create.start_time_unix_nano);

    let status = |span: &Span| span.status.as_ref().map_or(0, |status| status.code);
    let (missed, failed) = (requests[1], requests[3]);
    assert!(missed.parent_span_id.is_empty() && !missed.trace_id.is_empty());
    assert_eq!((status(missed), attribute(&missed.attributes, "error.type")), (0, None));
    assert_eq!(
        (status(failed), attribute(&failed.attributes, "error.type").as_deref()),
        (2, Some("internal"))
    );
    let everything = format!("{sent:?}");
    assert!(!everything.contains("a secret cause") && !everything.contains("x=y"), "{everything}");
}

/// Lines of the log.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("a lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_not_there_is_told_once_and_waited_for_by_nobody() {
    let lines = Lines::default();
    let writer = lines.clone();
    tracing::subscriber::set_global_default(log_to(LogFormat::Json, "warn", move || writer.clone()))
        .expect("the only log of this process");
    // One that is closed, and one that takes the connection and says nothing.
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    let mute = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let mute_at = mute.local_addr().expect("an address");
    for address in [closed, mute_at] {
        let server = Running::start(&format!("http://{address}/")).await;
        let begun = Instant::now();
        // More than are sent at a time.
        for _ in 0..600 {
            assert_eq!(server.send("/labels/a", None, &[]).await, 404);
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
        let begun = Instant::now();
        server.end().await;
        assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
        if address == closed {
            let said = String::from_utf8(lines.0.lock().expect("a lock").clone()).expect("text");
            assert_eq!(said.matches("the collector takes no traces").count(), 1, "{said}");
        }
    }
}

#[tokio::test]
async fn what_is_no_url_is_told_at_start() {
    let store = Store::open("sqlite::memory:").await.expect("a database");
    let options = Options { otlp_endpoint: Some("127.0.0.1:4318".to_owned()), ..Options::default() };
    let wrong = App::new(&SERVICE, store).options(options).start().map(drop).expect_err("no URL");
    assert!(wrong.to_string().contains("`otlp_endpoint` is `127.0.0.1:4318`"), "{wrong}");
}
