//! That both servers give the same answers: what is compared must be the same work.

use axum::body::Bytes;
use axum::http::HeaderMap;
use serde_json::Value;

use crate::Failed;
use crate::client::{Answer, Connection};
use crate::operation::{FILTERED, LIST, Rows, book, request};
use crate::process::Process;

/// Headers whose values differ from run to run.
const CHANGING: [&str; 4] = ["date", "x-request-id", "ratelimit", "location"];

/// Method, path, headers and body of a request.
type Asked<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str);

/// Compares what two servers answer, with their headers.
///
/// # Errors
/// The first difference.
pub async fn same(servers: [&Process; 2], rows: &Rows) -> Result<(), Failed> {
    let [one, two] = servers;
    let (mut one, mut two) = (Connection::open(&one.address).await?, Connection::open(&two.address).await?);
    let id = rows.books.first().ok_or("no books")?;
    let author = rows.authors.first().ok_or("no authors")?;
    let one_book = format!("/v1/books/{id}");
    let made = book(9_799_999_999_999, author);
    let requests: [Asked<'_>; 9] = [
        ("GET", &one_book, &[], ""),
        ("GET", LIST, &[], ""),
        ("GET", FILTERED, &[], ""),
        ("GET", "/v1/books?limit=3&sort=title", &[], ""),
        ("GET", &one_book, &[("if-none-match", "\"1\"")], ""),
        ("POST", "/v1/books", &[("idempotency-key", "same")], &made),
        ("POST", "/v1/books", &[("idempotency-key", "same")], &made),
        ("PATCH", &one_book, &[("if-match", "\"9\"")], "{\"title\":\"x\"}"),
        ("PATCH", &one_book, &[("if-match", "\"1\"")], "{\"title\":\"Another title\",\"summary\":null}"),
    ];
    for (method, path, headers, body) in requests {
        if rows.bare && headers.iter().any(|(name, _)| *name == "idempotency-key") {
            continue;
        }
        let ask = || request(rows.bare, method, path, headers, Bytes::from(body.to_owned()));
        let (left, right) = (one.send(ask()?).await?, two.send(ask()?).await?);
        compare(rows, &left, &right).map_err(|what| format!("{method} {path}: {what}"))?;
    }
    Ok(())
}

fn compare(rows: &Rows, left: &Answer, right: &Answer) -> Result<(), Failed> {
    let differ = |what: &str| {
        let show = |answer: &Answer| {
            format!("{} {:?}\n{}", answer.status, answer.headers, String::from_utf8_lossy(&answer.body))
        };
        Err(format!("the {what} differ:\n{}\n{}", show(left), show(right)))
    };
    if left.status != right.status {
        return differ("statuses");
    }
    // A bare server is also without these: the generated one always sends them.
    let always = ["x-request-id", "cache-control"];
    let headers = |headers: &HeaderMap| -> Vec<String> {
        let kept = headers.keys().map(|name| name.as_str().to_owned());
        let mut kept: Vec<String> =
            kept.filter(|name| !(rows.bare && always.contains(&name.as_str()))).collect();
        kept.sort();
        let values =
            kept.iter().filter(|name| !changing(name)).map(|name| format!("{name}: {:?}", headers.get(name)));
        let names = kept.iter().filter(|name| changing(name)).cloned();
        values.chain(names).collect()
    };
    if left.status < 400 && stable(headers(&left.headers)) != stable(headers(&right.headers)) {
        return differ("headers");
    }
    if left.status < 400 && body(&left.body) != body(&right.body) {
        return differ("bodies");
    }
    Ok(())
}

/// Links hold cursors, which each server makes in its own way.
fn stable(headers: Vec<String>) -> Vec<String> {
    headers
        .into_iter()
        .filter(|header| !header.starts_with("link") && !header.starts_with("content-length"))
        .collect()
}

fn changing(name: &str) -> bool {
    CHANGING.contains(&name)
}

/// The body as text without what each server makes up: keys, times, cursors.
fn body(bytes: &Bytes) -> String {
    let Ok(mut value) = serde_json::from_slice::<Value>(bytes) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let made = value.get("isbn").is_some_and(|isbn| isbn == "9799999999999");
    let fields: &[&str] =
        if made { &["id", "created_at", "updated_at"] } else { &["next_cursor", "updated_at"] };
    for field in fields {
        if let Some(value) = value.get_mut(*field) {
            *value = Value::Null;
        }
    }
    value.to_string()
}
