//! What is seen of a server: its log, its counters, and the traces that requests belong to.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use atlas9_server::{Cx, LogFormat, Metrics, Options, Output, Problem, Record, handler, listen, log_to};
use serde_json::{Value, json};

use crate::harness::{Api, TOKEN, apis, apis_with, app, call};
use crate::start::get;

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// Loggers of single tests come and go, and what none of them wants to know at the time is not even asked for any more. One that is
/// there for good wants to know everything.
fn somebody_listens() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let _ = tracing::subscriber::set_global_default(log_to(LogFormat::Json, "info", std::io::sink));
    });
}

#[tokio::test]
async fn logs_with_stable_names() {
    somebody_listens();
    let api =
        apis_with(Options { slow_request: Duration::from_secs(60), ..Options::default() }).await.remove(0);
    let log = Log::default();
    let writer = log.clone();
    let _logging = tracing::subscriber::set_default(log_to(LogFormat::Json, "info", move || writer.clone()));
    let get = || {
        call("GET", "/v1/books?titel=secret").header("traceparent", PARENT).header("x-request-id", "my-id")
    };
    let found = api.check(call("GET", "/v1/authors").header("x-request-id", "my-id"), 200, json!({})).await;
    api.check(get(), 400, json!({"code": "malformed"})).await;
    api.check(call("GET", "/livez"), 200, json!({})).await;
    api.store.close().await;
    api.check(call("GET", "/v1/authors").header("traceparent", PARENT), 503, json!({})).await;
    let lines = log.lines();
    assert_eq!(lines.len(), 3, "one line a request, none for a probe: {lines:?}");
    let names = [
        "code",
        "duration_ms",
        "level",
        "message",
        "method",
        "operation",
        "principal",
        "request_id",
        "route",
        "span_id",
        "status",
        "target",
        "timestamp",
        "trace_id",
    ];
    for line in &lines[..2] {
        assert_eq!(sorted_names(line), names, "{line}");
    }
    let mut failed: Vec<&str> = names.to_vec();
    failed.push("cause");
    failed.sort_unstable();
    assert_eq!(sorted_names(&lines[2]), failed, "{}", lines[2]);
    assert_eq!(found.header("x-request-id"), "my-id");
    let values =
        |line: &Value, names: &[&str]| names.iter().map(|name| line[name].clone()).collect::<Vec<_>>();
    let told = [
        "level",
        "message",
        "target",
        "request_id",
        "method",
        "route",
        "operation",
        "principal",
        "status",
        "code",
    ];
    assert_eq!(
        values(&lines[0], &told),
        [
            json!("INFO"),
            json!("request"),
            json!("atlas9::request"),
            json!("my-id"),
            json!("GET"),
            json!("/v1/authors"),
            json!("Author.list"),
            json!("development"),
            json!(200),
            json!("")
        ]
    );
    assert_eq!(values(&lines[1], &["status", "code"]), [json!(400), json!("malformed")]);
    assert_eq!(
        values(&lines[2], &["level", "status", "code"]),
        [json!("ERROR"), json!(503), json!("unavailable")]
    );
    let trace = |line: &Value| line["trace_id"].as_str().unwrap_or_default().to_owned();
    assert_eq!((trace(&lines[1]), trace(&lines[2])), (PARENT[3..35].to_owned(), PARENT[3..35].to_owned()));
    assert_ne!(lines[1]["span_id"], lines[2]["span_id"]);
    let text = log.text();
    assert!(!text.contains(TOKEN) && !text.contains("secret"), "{text}");
}

#[tokio::test]
async fn warns_of_what_is_slow() {
    somebody_listens();
    let api = apis_with(Options { slow_request: Duration::ZERO, ..Options::default() }).await.remove(0);
    let log = Log::default();
    let writer = log.clone();
    let _logging = tracing::subscriber::set_default(log_to(LogFormat::Json, "warn", move || writer.clone()));
    api.check(call("GET", "/v1/authors"), 200, json!({})).await;
    let lines = log.lines();
    assert_eq!(
        (lines.len(), &lines[0]["level"], &lines[0]["message"]),
        (1, &json!("WARN"), &json!("slow request"))
    );
}

/// What code sees of traces.
type Told = Arc<Mutex<Vec<(String, Option<String>, String)>>>;

#[tokio::test(flavor = "multi_thread")]
async fn passes_traces_on() {
    let api = apis().await.remove(0);
    let told = Told::default();
    let remember = handler::call1(
        async |cx: &mut Cx, _: Record| -> Result<Record, Problem> {
            let seen = (cx.traceparent(), cx.tracestate().map(str::to_owned), cx.trace_id().to_owned());
            cx.state::<Told>()?.lock().expect("a lock").push(seen);
            Err(Problem::conflict("It is only looked at."))
        },
        |input| Ok((input.body,)),
        Output::Record,
    );
    let app = app(api.store.clone(), Options::default())
        .state(Arc::clone(&told))
        .handler("Author", "create", remember);
    let api = Api::of(app.start().expect("a server").router(), api.store.clone());
    let author = || call("POST", "/v1/authors").json(json!({"name": "A"}));
    api.send(author().header("traceparent", PARENT).header("tracestate", "a=b, c=d")).await;
    api.send(author().header("traceparent", "00-zz-1-1").header("tracestate", "a=b")).await;
    let told = told.lock().expect("a lock").clone();
    let [(parent, state, id), (made, none, _)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((state.as_deref(), id.as_str()), (Some("a=b,c=d"), &PARENT[3..35]));
    assert!(parent.starts_with(&PARENT[..36]) && parent.ends_with("-01") && parent != PARENT, "{parent}");
    assert!(none.is_none() && made.len() == 55 && !made.contains("zz"), "{made}");
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_requests() {
    for api in apis().await {
        let other = Api::of(
            app(api.store.clone(), Options::default()).start().expect("a server").router(),
            api.store.clone(),
        );
        let create = call("POST", "/v1/authors").json(json!({"name": "A"})).header("idempotency-key", "k1");
        for _ in 0..2 {
            api.check(create.clone(), 201, json!({})).await;
        }
        api.check(call("GET", "/v1/authors/x/y/z"), 404, json!({})).await;
        api.check(call("BREW", "/v1/authors"), 405, json!({})).await;
        let id = "00000000-0000-7000-8000-000000000000";
        api.check(
            call("POST", format!("/v1/books/{id}/retire")).json(json!({"reason": "x"})),
            404,
            json!({}),
        )
        .await;
        api.check(call("GET", "/livez"), 200, json!({})).await;
        let text = metrics(&api).await;
        let counted = |text: &str| -> Vec<String> {
            // Connections come back to their pool in their own time.
            text.lines().filter(|line| !line.contains("_pool_")).map(str::to_owned).collect()
        };
        let own = metrics(&api).await;
        assert_eq!(counted(&text), counted(&own), "asking for the counters is not counted");
        for line in [
            "atlas9_requests_total{operation=\"Author.create\",method=\"POST\",status=\"201\"} 2",
            "atlas9_requests_total{operation=\"\",method=\"GET\",status=\"404\"} 1",
            "atlas9_requests_total{operation=\"\",method=\"other\",status=\"405\"} 1",
            "atlas9_request_duration_seconds_count{operation=\"Author.create\"} 2",
            "atlas9_idempotent_replays_total{operation=\"Author.create\"} 1",
            "atlas9_problems_total{code=\"method_not_allowed\",status=\"405\"} 1",
            "atlas9_deprecated_uses_total{operation=\"Book.retire\",kind=\"operation\",element=\"Book.retire\",client=\"development\"} 1",
            "atlas9_requests_in_flight 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{}: no `{line}` in\n{text}", api.database);
        }
        assert!(text.contains("atlas9_pool_connections{pool="), "{text}");
        assert!(!text.contains("livez") && !text.contains("/x/y"), "{text}");
        assert!(!metrics(&other).await.contains("Author.create"), "two servers do not mix");
    }
}

async fn metrics(api: &Api) -> String {
    let reply = api.send(call("GET", "/metrics").without("authorization")).await;
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, "text/plain; version=0.0.4; charset=utf-8")
    );
    String::from_utf8(reply.bytes).expect("text")
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_counters_where_they_belong() {
    let api = apis_with(Options { metrics: Metrics::Off, ..Options::default() }).await.remove(0);
    api.check(call("GET", "/metrics"), 404, json!({})).await;
    let [inside, outside] =
        [listen("127.0.0.1:0").await, listen("127.0.0.1:0").await].map(|bound| bound.expect("a port"));
    let [inside_at, outside_at] = [&inside, &outside].map(|bound| bound.local_addr().expect("an address"));
    drop(inside);
    let options = Options { metrics: Metrics::At(inside_at), ..Options::default() };
    let server = app(api.store.clone(), options).start().expect("a server");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(server.serve_on(outside, async {
        let _ = stopped.await;
    }));
    assert!(get(outside_at, "/metrics").await.starts_with("HTTP/1.1 404"));
    assert!(get(inside_at, "/metrics").await.contains("# TYPE atlas9_requests_total counter"));
    assert!(get(inside_at, "/v1/authors").await.starts_with("HTTP/1.1 404"));
    stop.send(()).expect("a server that listens");
    serving.await.expect("no panic").expect("a good end");
    assert!(tokio::net::TcpStream::connect(inside_at).await.is_err());
}

/// What was logged.
#[derive(Clone, Default)]
struct Log {
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.bytes.lock().expect("a lock").clone()).expect("text")
    }

    fn lines(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes.lock().expect("a lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn sorted_names(line: &Value) -> Vec<&str> {
    let mut names: Vec<&str> =
        line.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names
}
