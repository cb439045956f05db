//! One boundary for all cases: a request goes into the router, what comes out is compared. Every case runs on SQLite and on
//! the PostgreSQL that `tests/all` starts.

use atlas9_server::descriptor::Service;
use atlas9_server::{App, Options, Principal, Problem, StaticToken, Store, handler};
use axum::body::Body;
use axum::http::{Request, Response};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::bookstore::SERVICE;
use crate::code;

/// May do everything.
pub const TOKEN: &str = "full";

/// A server on a database of its own.
pub struct Api {
    pub router: axum::Router,
    pub store: Store,
    pub database: &'static str,
    _folder: Option<tempfile::TempDir>,
}

/// Servers on every database.
pub async fn apis() -> Vec<Api> {
    apis_with(Options { cursor_secret: Some(vec![7; 32]), ..Options::default() }).await
}

/// Servers on every database, with settings.
pub async fn apis_with(options: Options) -> Vec<Api> {
    let mut apis = Vec::new();
    for (database, url, folder) in databases().await {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let router = app(store.clone(), options.clone()).start().expect("a server").router();
        apis.push(Api { router, store, database, _folder: Some(folder) });
    }
    apis
}

/// The URLs of new, empty databases.
pub async fn databases() -> Vec<(&'static str, String, tempfile::TempDir)> {
    let folder = || tempfile::tempdir().expect("a folder");
    let file = folder();
    let path = format!("sqlite://{}", file.path().join("bookstore.db").display());
    let mut found =
        vec![("SQLite in memory", "sqlite::memory:".to_owned(), folder()), ("SQLite in a file", path, file)];
    let server = postgres();
    let schema = format!("t{}", uuid::Uuid::new_v4().simple());
    let store = sqlx::PgPool::connect(&server).await.expect("PostgreSQL at ATLAS9_POSTGRES");
    let create = sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
    sqlx::query(create).execute(&store).await.expect("a schema");
    found.push(("PostgreSQL", format!("{server}?options[search_path]={schema}"), folder()));
    found
}

/// The database that every server of PostgreSQL has, in which each case makes a schema of its own.
fn postgres() -> String {
    let server = std::env::var("ATLAS9_POSTGRES")
        .expect("ATLAS9_POSTGRES is not set: run tests/all, which starts a PostgreSQL server");
    format!("{server}/postgres")
}

/// The bookstore with its code.
pub fn app(store: Store, options: Options) -> App {
    app_of(&SERVICE, store, options)
}

/// A bookstore of another description with the same code.
pub fn app_of(service: &'static Service, store: Store, options: Options) -> App {
    App::new(service, store)
        .options(options)
        .authenticator(Tokens)
        .state(code::Factor(2))
        .handler("Book", "reprice", code::reprice_handler())
        .handler("Author", "create", code::create_author_handler())
}

/// `full` has every scope, `reader` may read, `nobody` may nothing.
struct Tokens;

impl atlas9_server::Authenticator for Tokens {
    fn authenticate<'a>(
        &'a self,
        token: &'a str,
    ) -> handler::BoxFuture<'a, Result<Option<Principal>, Problem>> {
        Box::pin(async move {
            match token {
                "reader" => Ok(Some(Principal::new("reader", ["books_read"]))),
                "nobody" => Ok(Some(Principal::new("nobody", Vec::<String>::new()))),
                "down" => Err(Problem::unavailable(1, "the key server is down")),
                other => StaticToken::development(TOKEN, &SERVICE).authenticate(other).await,
            }
        })
    }
}

/// A request.
#[derive(Clone)]
pub struct Call {
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, Vec<u8>)>,
    body: Vec<u8>,
}

/// A request with the token that may do everything: `call("GET", "/v1/books")`.
pub fn call(method: &'static str, path: impl Into<String>) -> Call {
    let headers = vec![("authorization", format!("Bearer {TOKEN}").into_bytes())];
    Call { method, path: path.into(), headers, body: Vec::new() }
}

impl Call {
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Call {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into().into_bytes()));
        self
    }

    /// A header that need not be ASCII.
    pub fn raw_header(mut self, name: &'static str, value: &[u8]) -> Call {
        self.headers.push((name, value.to_vec()));
        self
    }

    pub fn without(mut self, name: &str) -> Call {
        self.headers.retain(|(known, _)| *known != name);
        self
    }

    pub fn json(self, body: Value) -> Call {
        self.raw("application/json", body.to_string())
    }

    pub fn raw(mut self, media: &'static str, body: impl Into<Vec<u8>>) -> Call {
        self.body = body.into();
        self.header("content-type", media)
    }
}

/// What came out.
pub struct Reply {
    pub status: u16,
    pub headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
    pub json: Value,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    pub fn text(&self, pointer: &str) -> String {
        self.json.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

impl Api {
    /// A router that was put together by the case.
    pub fn of(router: axum::Router, store: Store) -> Api {
        Api { router, store, database: "a database of the case", _folder: None }
    }

    /// A router on a database of [`databases`].
    pub fn on(router: axum::Router, store: Store, database: &'static str, folder: tempfile::TempDir) -> Api {
        Api { router, store, database, _folder: Some(folder) }
    }

    /// Sends a request and expects a status and, in the answer, these members with these values (others may be there). Whatever is
    /// not a success must be a whole problem.
    pub async fn check(&self, call: Call, status: u16, expected: Value) -> Reply {
        let about = format!("{}: {} {}", self.database, call.method, call.path);
        let reply = self.send(call).await;
        let shown = String::from_utf8_lossy(&reply.bytes).into_owned();
        assert_eq!(reply.status, status, "{about}: {shown}");
        if let Some(difference) = difference("", &expected, &reply.json) {
            panic!("{about}: {difference}\nin {shown}");
        }
        if status >= 400 {
            assert_problem(&about, &reply);
        }
        assert!(!reply.header("x-request-id").is_empty(), "{about}: no request id");
        reply
    }

    /// The version of a row, which its entity tag is made of.
    pub async fn version(&self, path: &str) -> i64 {
        let reply = self.check(call("GET", path), 200, serde_json::json!({})).await;
        reply.header("etag").trim_matches('"').parse().expect("an entity tag of a version")
    }

    pub async fn send(&self, call: Call) -> Reply {
        let mut request = Request::builder().method(call.method).uri(&call.path);
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(call.body)).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        read(response).await
    }
}

async fn read(response: Response<Body>) -> Reply {
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec();
    let media = parts.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let json = match bytes.is_empty() || media.starts_with("text/") {
        true => Value::Null,
        false => serde_json::from_slice(&bytes).expect("JSON"),
    };
    Reply { status: parts.status.as_u16(), headers: parts.headers, bytes, json }
}

fn assert_problem(about: &str, reply: &Reply) {
    if reply.bytes.is_empty() {
        return;
    }
    assert_eq!(reply.header("content-type"), "application/problem+json", "{about}");
    let problem = &reply.json;
    assert_eq!(problem["status"], json!(reply.status), "{about}");
    for name in ["type", "title", "detail", "instance", "code", "kind"] {
        assert!(problem[name].as_str().is_some_and(|text| !text.is_empty()), "{about}: no `{name}`");
    }
    assert!(problem["retryable"].is_boolean(), "{about}: no `retryable`");
    let id = format!("urn:uuid:{}", reply.header("x-request-id"));
    assert!(
        problem["instance"] == json!(id) || problem["instance"].to_string().contains("atlas9"),
        "{about}"
    );
}

/// Where an answer lacks something that is expected.
fn difference(at: &str, expected: &Value, found: &Value) -> Option<String> {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => expected.iter().find_map(|(name, value)| {
            difference(&format!("{at}/{name}"), value, found.get(name).unwrap_or(&json!("(missing)")))
        }),
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            let pairs = expected.iter().zip(found).enumerate();
            let mut differences = pairs.filter_map(|(index, (expected, found))| {
                difference(&format!("{at}/{index}"), expected, found)
            });
            differences.next()
        }
        _ => (expected != found).then(|| format!("at `{at}` expected {expected}, found {found}")),
    }
}

/// Makes an author and returns its key.
pub async fn author(api: &Api) -> String {
    let call = call("POST", "/v1/authors").json(json!({"name": "Frank Herbert"}));
    api.check(call, 201, json!({"name": "Frank Herbert"})).await.text("/id")
}

/// The body of a book.
pub fn dune(author: &str, isbn: u64) -> Value {
    json!({
        "isbn": format!("{isbn:013}"),
        "title": format!("Dune {isbn}"),
        "author_id": author,
        "price": {"amount": "9.99", "currency": "EUR"},
    })
}

/// Makes a book and returns its key.
pub async fn book(api: &Api, author: &str, isbn: u64) -> String {
    let call = call("POST", "/v1/books").json(dune(author, isbn));
    api.check(call, 201, json!({"status": "draft"})).await.text("/id")
}
