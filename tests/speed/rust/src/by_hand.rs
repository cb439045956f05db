//! A client of the bookstore as somebody writes it who needs nothing but its books.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::Method;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Deserialize, Serialize)]
pub struct Money {
    pub amount: Decimal,
    pub currency: String,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct Book {
    pub id: Uuid,
    pub isbn: String,
    pub isbn10: Option<String>,
    pub title: String,
    pub author_id: Uuid,
    pub price: Money,
    pub status: String,
    pub published_at: Option<Timestamp>,
    pub summary: Option<String>,
    pub tags: Vec<String>,
    pub supplier_note: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub deleted_at: Option<Timestamp>,
}

#[derive(Debug, Deserialize)]
pub struct Page {
    pub items: Vec<Book>,
    pub next_cursor: Option<String>,
}

pub struct Client {
    base: String,
    key: String,
    http: reqwest::Client,
}

impl Client {
    pub fn new(base: String, key: &str) -> reqwest::Result<Client> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?;
        Ok(Client { base, key: key.to_owned(), http })
    }

    pub async fn list(&self, query: &[(&str, &str)]) -> reqwest::Result<Page> {
        answer(self.request(Method::GET, "/v1/books").query(query)).await
    }

    pub async fn get(&self, id: Uuid) -> reqwest::Result<Book> {
        answer(self.request(Method::GET, &format!("/v1/books/{id}"))).await
    }

    pub async fn create(&self, book: &Book) -> reqwest::Result<Book> {
        answer(self.request(Method::POST, "/v1/books").json(book)).await
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.key)
    }
}

async fn answer<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> reqwest::Result<T> {
    request.send().await?.error_for_status()?.json().await
}
