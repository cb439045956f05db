//! What many cases begin with.

use serde_json::{Value, json};

use crate::harness::{Api, call};

/// Makes something and returns its key.
pub async fn make(api: &Api, path: &str, body: Value) -> String {
    let made = api.check(call("POST", path).json(body), 201, json!({})).await;
    let location = made.header("location").to_owned();
    location.rsplit('/').next().unwrap_or_default().to_owned()
}

pub async fn person(api: &Api, name: &str) -> String {
    make(api, "/v1/people", json!({"name": name, "salary": "7"})).await
}

pub async fn genre(api: &Api, code: &str) -> String {
    make(api, "/v1/genres", json!({"code": code})).await
}

/// A book with authors.
pub async fn book(api: &Api, title: &str, authors: &[&str]) -> String {
    make(api, "/v1/books", json!({"title": title, "author_ids": authors})).await
}

/// A failure at a place of the body.
pub fn at(pointer: &str, code: &str) -> Value {
    json!({"pointer": pointer, "code": code})
}

/// A problem with these failures.
pub fn errors(failures: &[Value]) -> Value {
    json!({"errors": failures})
}
