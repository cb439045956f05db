//! What is asked of both servers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Bytes;
use axum::http::{Request, header};
use http_body_util::Full;
use serde_json::Value;
use uuid::Uuid;

use crate::Failed;
use crate::args::TOKEN;
use crate::client::{Answer, Connection};

/// An operation of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Operation {
    Get,
    FirstPage,
    DeepPage,
    Filtered,
    Create,
    Patch,
}

impl Operation {
    pub fn title(self) -> &'static str {
        match self {
            Operation::Get => "get",
            Operation::FirstPage => "list 50, first page",
            Operation::DeepPage => "list 50, half-way down",
            Operation::Filtered => "list 50, filtered",
            Operation::Create => "create",
            Operation::Patch => "patch with If-Match",
        }
    }
}

/// The list that is paged through.
pub const LIST: &str = "/v1/books?limit=50&sort=-created_at";
/// The list with filters.
pub const FILTERED: &str = "/v1/books?limit=50&sort=-created_at&status=published&price.amount.lt=50";

/// What is in the database of one server.
pub struct Rows {
    pub authors: Vec<Uuid>,
    pub books: Vec<Uuid>,
    /// The path of a page half-way down, with a cursor of this server.
    pub deep: String,
    /// The next ISBN to be made.
    pub isbn: AtomicU64,
    pub bare: bool,
}

/// One connection's work.
pub struct Worker {
    operation: Operation,
    rows: Arc<Rows>,
    place: usize,
    turn: u64,
    tag: String,
}

impl Worker {
    /// A worker; for a patch it has a book of its own, whose entity tag it asks for first.
    ///
    /// # Errors
    /// When that fails.
    pub async fn new(
        operation: Operation,
        rows: Arc<Rows>,
        place: usize,
        connection: &mut Connection,
    ) -> Result<Worker, Failed> {
        let mut worker = Worker { operation, rows, place, turn: 0, tag: String::new() };
        if operation == Operation::Patch {
            let answer = connection.send(worker.get(place)?).await?;
            worker.tag = tag(&answer)?;
        }
        Ok(worker)
    }

    /// Sends one request and checks its answer.
    ///
    /// # Errors
    /// When the status is not the expected one.
    pub async fn once(&mut self, connection: &mut Connection) -> Result<(), Failed> {
        let request = self.request()?;
        let answer = connection.send(request).await?;
        let expected = if self.operation == Operation::Create { 201 } else { 200 };
        if answer.status != expected {
            let body = String::from_utf8_lossy(&answer.body);
            return Err(format!("{}: {} {body}", self.operation.title(), answer.status));
        }
        if self.operation == Operation::Patch {
            self.tag = tag(&answer)?;
        }
        self.turn += 1;
        Ok(())
    }

    fn request(&self) -> Result<Request<Full<Bytes>>, Failed> {
        match self.operation {
            Operation::Get => self.get(self.scattered(self.rows.books.len())),
            Operation::FirstPage => request(self.rows.bare, "GET", LIST, &[], Bytes::new()),
            Operation::DeepPage => request(self.rows.bare, "GET", &self.rows.deep, &[], Bytes::new()),
            Operation::Filtered => request(self.rows.bare, "GET", FILTERED, &[], Bytes::new()),
            Operation::Create => self.create(),
            Operation::Patch => self.patch(),
        }
    }

    fn get(&self, index: usize) -> Result<Request<Full<Bytes>>, Failed> {
        request(self.rows.bare, "GET", &self.path(index)?, &[], Bytes::new())
    }

    fn create(&self) -> Result<Request<Full<Bytes>>, Failed> {
        let isbn = self.rows.isbn.fetch_add(1, Ordering::Relaxed);
        let author = self.rows.authors.get(self.scattered(self.rows.authors.len())).ok_or("no authors")?;
        let body = book(isbn, author);
        let key = format!("key-{isbn}");
        let keyed: &[(&str, &str)] = if self.rows.bare { &[] } else { &[("idempotency-key", &key)] };
        request(self.rows.bare, "POST", "/v1/books", keyed, body.into())
    }

    fn patch(&self) -> Result<Request<Full<Bytes>>, Failed> {
        let body = format!("{{\"price\":{{\"amount\":\"{}.50\"}}}}", self.turn % 1000 + 1);
        request(self.rows.bare, "PATCH", &self.path(self.place)?, &[("if-match", &self.tag)], body.into())
    }

    fn path(&self, index: usize) -> Result<String, Failed> {
        let id = self.rows.books.get(index).ok_or("there are fewer books than connections")?;
        Ok(format!("/v1/books/{id}"))
    }

    /// An index that jumps about, the same one in each run: the multiplier of Knuth's MMIX generator.
    fn scattered(&self, length: usize) -> usize {
        let seed = self.turn.wrapping_add(u64::try_from(self.place).unwrap_or(0) << 32);
        let mixed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .rotate_left(29)
            .wrapping_mul(6_364_136_223_846_793_005);
        usize::try_from(mixed >> 33).unwrap_or(0) % length.max(1)
    }
}

/// The body that makes a book.
pub fn book(isbn: u64, author: &Uuid) -> String {
    format!(
        "{{\"isbn\":\"{isbn:013}\",\"title\":\"Dune, printing {isbn}\",\"author_id\":\"{author}\",\
         \"price\":{{\"amount\":\"9.99\",\"currency\":\"EUR\"}},\"summary\":\"Sand, spice and sandworms.\",\
         \"tags\":[\"science fiction\",\"desert\",\"classic\"]}}"
    )
}

/// A request that both servers understand.
///
/// # Errors
/// When a header cannot be sent.
pub fn request(
    bare: bool,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Bytes,
) -> Result<Request<Full<Bytes>>, Failed> {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
    if !bare {
        request = request.header(header::AUTHORIZATION, format!("Bearer {TOKEN}"));
    }
    if !body.is_empty() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Full::new(body)).map_err(crate::text)
}

fn tag(answer: &Answer) -> Result<String, Failed> {
    let tag = answer.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
    tag.map(str::to_owned).ok_or_else(|| format!("no ETag: {} {:?}", answer.status, answer.body))
}

/// The path of the page behind another one.
pub fn next(answer: &Answer) -> Result<Option<String>, Failed> {
    let page: Value = serde_json::from_slice(&answer.body).map_err(crate::text)?;
    Ok(page.get("next_cursor").and_then(Value::as_str).map(|cursor| format!("{LIST}&cursor={cursor}")))
}
