//! The server itself.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::time::sleep;

use super::Seen;
use super::fault::{self, Answer, Cut, Fault};

/// A server in front of another one. It ends when it is dropped.
#[derive(Debug)]
pub struct Front {
    /// `http://127.0.0.1:PORT`
    pub url: String,
    told: Arc<Mutex<Told>>,
    _runtime: Runtime,
}

#[derive(Debug, Default)]
struct Told {
    scenario: String,
    faults: VecDeque<Fault>,
    seen: Vec<Seen>,
    /// How many requests had come when the scenario began.
    before: usize,
}

/// A connection that ends without an answer.
#[derive(Debug)]
struct Ended;

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection was cut, as it was told to be")
    }
}

impl std::error::Error for Ended {}

impl Front {
    /// Stands in front of the service at that address.
    pub fn of(service: &str) -> Front {
        let runtime = Runtime::new().expect("a runtime starts");
        let listener = runtime
            .block_on(TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))))
            .expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("a listener has an address"));
        let told = Arc::new(Mutex::new(Told::default()));
        runtime.spawn(accept(listener, service.to_owned(), Arc::clone(&told)));
        Front { url, told, _runtime: runtime }
    }

    /// All requests since the server began, but for those that tell it something.
    pub fn seen(&self) -> Vec<Seen> {
        lock(&self.told).seen.clone()
    }
}

fn lock(told: &Mutex<Told>) -> MutexGuard<'_, Told> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, service: String, told: Arc<Mutex<Told>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (service, told) = (service.clone(), Arc::clone(&told));
        tokio::spawn(async move {
            let answer = service_fn(|request| handle(request, &service, &told));
            // A client that goes away, and a connection that is cut, are what this server is for.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}

async fn handle(
    request: Request<Incoming>,
    service: &str,
    told: &Mutex<Told>,
) -> Result<Response<Body>, Ended> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(Body::new(body), usize::MAX).await.map_err(|_| Ended)?;
    if let Some(command) = parts.uri.path().strip_prefix("/_matrix/") {
        return Ok(obey(command, &body, told));
    }
    let fault = {
        let mut told = lock(told);
        let seen = Seen::of(&told.scenario, &parts, &body);
        told.seen.push(seen);
        told.faults.pop_front().unwrap_or_default()
    };
    sleep(fault.delay).await;
    if fault.cut == Some(Cut::Before) {
        return Err(Ended);
    }
    if let Some(answer) = &fault.answer {
        return Ok(made(answer));
    }
    let forwarded = Request::from_parts(parts, body);
    let service = service.to_owned();
    let answer = tokio::task::spawn_blocking(move || forward(&service, forwarded)).await;
    let answer = answer.unwrap_or_else(|error| Err(error.to_string()));
    if fault.cut == Some(Cut::After) {
        return Err(Ended);
    }
    Ok(answer.and_then(|answer| spoiled(answer, &fault)).unwrap_or_else(|why| broken(&why)))
}

/// Does what a program says.
fn obey(command: &str, body: &Bytes, told: &Mutex<Told>) -> Response<Body> {
    let text = String::from_utf8_lossy(body);
    let mut told = lock(told);
    let done = match command {
        "scenario" => named(&text).map(|name| {
            told.scenario = name;
            told.before = told.seen.len();
            told.faults.clear();
            Value::Null
        }),
        "faults" => fault::read(&text).map(|faults| {
            told.faults = faults.into();
            Value::Null
        }),
        "requests" => Ok(told.seen.iter().skip(told.before).map(Seen::json).collect()),
        other => Err(format!("nothing is known of {other}")),
    };
    match done {
        Ok(Value::Null) => made(&Answer { status: 204, headers: Vec::new(), body: String::new() }),
        Ok(json) => made(&Answer { status: 200, headers: Vec::new(), body: json.to_string() }),
        Err(why) => broken(&why),
    }
}

fn named(text: &str) -> Result<String, String> {
    let json: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    json["name"].as_str().map(str::to_owned).ok_or_else(|| "a scenario has a name".to_owned())
}

/// The service's answer with what the fault changes of it.
fn spoiled(answer: Response<String>, fault: &Fault) -> Result<Response<Body>, String> {
    let (mut parts, body) = answer.into_parts();
    let body = fault.edited(body)?;
    // The connection is this server's, and so is the length of what is sent on it.
    for name in ["connection", "content-length", "transfer-encoding"] {
        parts.headers.remove(name);
    }
    let mut answer = Response::from_parts(parts, Body::from(body));
    for (name, value) in &fault.headers {
        let name = axum::http::HeaderName::try_from(name).map_err(|error| error.to_string())?;
        answer.headers_mut().insert(name, value.try_into().map_err(|_| format!("{value} is no header"))?);
    }
    Ok(answer)
}

fn made(answer: &Answer) -> Response<Body> {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body.clone())).unwrap_or_else(|error| broken(&error.to_string()))
}

/// A mistake of the program, or a service that is not there: neither is any scenario's answer.
fn broken(why: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(why.to_owned()));
    *response.status_mut() = axum::http::StatusCode::NOT_IMPLEMENTED;
    response
}

/// The service's answer to a request.
fn forward(service: &str, request: Request<Bytes>) -> Result<Response<String>, String> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let (mut parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    parts.uri = format!("{service}{target}").parse().map_err(|error| format!("{target}: {error}"))?;
    for name in ["host", "connection", "accept-encoding"] {
        parts.headers.remove(name);
    }
    let answer = agent.run(Request::from_parts(parts, body.to_vec())).map_err(|error| error.to_string())?;
    let (parts, mut body) = answer.into_parts();
    let text = body.read_to_string().map_err(|error| error.to_string())?;
    Ok(Response::from_parts(parts, text))
}
