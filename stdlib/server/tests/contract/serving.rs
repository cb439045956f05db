//! What a listening server bounds, and how it ends.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use atlas9_server::{App, Options, listen};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::harness::{TOKEN, apis, apis_with, app, call};
use crate::start::get;

#[tokio::test(flavor = "multi_thread")]
async fn limits_heads() {
    let options = Options { uri_length: 100, header_count: 10, header_bytes: 1000, ..Options::default() };
    let api = apis_with(options.clone()).await.remove(0);
    let long = format!("/v1/books?q={}", "x".repeat(100));
    api.check(call("GET", long.clone()), 414, json!({"code": "uri_too_long", "kind": "too_large"})).await;
    let large = json!({"code": "headers_too_large", "kind": "too_large", "retryable": false});
    api.check(call("GET", "/v1/books").header("x-much", "x".repeat(1000)), 431, large.clone()).await;
    let mut many = call("GET", "/v1/books");
    for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] {
        many = many.header(name, "x");
    }
    api.check(many, 431, large).await;
    // Also where HTTP itself reads the head.
    let server = Running::start(app(api.store.clone(), options)).await;
    assert!(get(server.address, &long).await.contains("\"code\":\"uri_too_long\""));
    let headers: String = (0..40).map(|place| format!("x-{place}: {}\r\n", "y".repeat(80))).collect();
    let answer = server
        .send(&format!("GET /v1/books HTTP/1.1\r\nhost: x\r\n{headers}connection: close\r\n\r\n"))
        .await;
    assert!(answer.starts_with("HTTP/1.1 431") && answer.contains("application/problem+json"), "{answer}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_what_is_worked_on() {
    let api = apis_with(Options { concurrent_requests: 0, ..Options::default() }).await.remove(0);
    let busy =
        api.check(call("GET", "/v1/books"), 503, json!({"code": "unavailable", "retryable": true})).await;
    assert_eq!(busy.header("retry-after"), "1");
    api.check(call("GET", "/readyz"), 200, json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closes_slow_connections() {
    let api = apis().await.remove(0);
    let options =
        Options { header_timeout: Duration::from_millis(200), connections: 1, ..Options::default() };
    let server = Running::start(app(api.store.clone(), options)).await;
    for begun in ["", "P", "PRI * HTTP/2.0\r\n", "GET /livez HTTP/1.1\r\nhost"] {
        let asked = Instant::now();
        let answer = server.send(begun).await;
        assert!(
            !answer.starts_with("HTTP/1.1 200") && asked.elapsed() < Duration::from_secs(5),
            "{begun}: {answer}"
        );
        // The only connection that there may be is free again.
        assert!(get(server.address, "/livez").await.starts_with("HTTP/1.1 200"), "{begun}");
    }
    server.stop().await;
}

/// However late the request is by then: a client that is slow is told so, and is no failure of the server's.
#[tokio::test(flavor = "multi_thread")]
async fn gives_up_on_slow_bodies() {
    let api = apis().await.remove(0);
    let options = Options { timeout: Duration::from_millis(300), ..Options::default() };
    let server = Running::start(app(api.store.clone(), options)).await;
    let begun = format!(
        "POST /v1/authors HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {TOKEN}\r\n\
         content-type: application/json\r\ncontent-length: 20\r\n\r\n{{"
    );
    for _ in 0..5 {
        let answer = server.send(&begun).await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(answer.contains("\"code\":\"request_timeout\""), "{answer}");
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn finishes_what_it_took() {
    let api = apis().await.remove(0);
    let done = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&done);
    let options = Options { shutdown_delay: Duration::from_millis(500), ..Options::default() };
    let app = app(api.store.clone(), options).after_commit("Author", move |_| {
        let counted = Arc::clone(&counted);
        async move {
            tokio::time::sleep(Duration::from_millis(900)).await;
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    let server = Running::start(app).await;
    assert!(get(server.address, "/readyz").await.starts_with("HTTP/1.1 200"));
    let body = "{\"name\": \"A\"}";
    let create = format!(
        "POST /v1/authors HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {TOKEN}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    // A request whose body is still on its way when the server is told to stop.
    let mut begun = TcpStream::connect(server.address).await.expect("a connection");
    begun.write_all(create.as_bytes()).await.expect("a head");
    tokio::time::sleep(Duration::from_millis(100)).await;
    let Running { address, stop, serving } = server;
    stop.send(()).expect("a server that listens");
    tokio::time::sleep(Duration::from_millis(100)).await;
    let ready = get(address, "/readyz").await;
    assert!(ready.starts_with("HTTP/1.1 503") && ready.contains("retry-after: 1"), "{ready}");
    assert!(get(address, "/livez").await.starts_with("HTTP/1.1 200"));
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert!(TcpStream::connect(address).await.is_err(), "nothing new is taken");
    begun.write_all(body.as_bytes()).await.expect("a body");
    let mut answer = String::new();
    begun.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    serving.await.expect("no panic").expect("a good end");
    assert_eq!(done.load(Ordering::SeqCst), 1, "what was to be done after the commit is done");
}

#[tokio::test(flavor = "multi_thread")]
async fn does_not_wait_for_ever() {
    let api = apis().await.remove(0);
    let options = Options { shutdown_grace: Duration::from_millis(300), ..Options::default() };
    let app = app(api.store.clone(), options).after_commit("Author", |_| std::future::pending());
    let server = Running::start(app).await;
    let body = "{\"name\": \"A\"}";
    let create = format!(
        "POST /v1/authors HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {TOKEN}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    assert!(server.send(&create).await.starts_with("HTTP/1.1 201"));
    let told = Instant::now();
    server.stop().await;
    assert!(told.elapsed() < Duration::from_secs(5), "{:?}", told.elapsed());
}

/// A server that listens.
struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), atlas9_server::StartError>>,
}

impl Running {
    async fn start(app: App) -> Running {
        let listener = listen("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let server = app.start().expect("a server");
        let serving = tokio::spawn(server.serve_on(listener, async {
            let _ = stopped.await;
        }));
        Running { address, stop, serving }
    }

    /// Sends text on a connection of its own; what comes until that is closed.
    async fn send(&self, text: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        stream.write_all(text.as_bytes()).await.expect("a request");
        let mut answer = Vec::new();
        // What is closed with something unread is reset.
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn stop(self) {
        self.stop.send(()).expect("a server that listens");
        self.serving.await.expect("no panic").expect("a good end");
    }
}
