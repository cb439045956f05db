//! What calls answer.

use std::fmt;

use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{json, wire};

/// An answer as it came.
#[derive(Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it was sent.
    pub body: Vec<u8>,
}

impl Response {
    /// The server's name for the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.header("x-request-id")
    }

    /// The entity tag of the state in the body; hand it back with `if_match`.
    #[must_use]
    pub fn etag(&self) -> Option<&str> {
        self.header("etag")
    }

    /// A header, where it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.headers.get(name)?.as_bytes()).ok()
    }

    /// What texts of errors end with.
    pub(super) fn write_id(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.request_id().map_or(Ok(()), |id| write!(f, " (request {id})"))
    }
}

/// Without the body and the headers.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

/// What a call answers, and the answer as it came.
#[derive(Clone, Debug)]
pub struct Answered<T> {
    /// What the body says.
    pub value: T,
    /// The answer as it came.
    pub response: Response,
}

/// How what an operation answers stands in a body.
pub trait Form<T> {
    /// Reads it.
    ///
    /// # Errors
    /// When the body is something else.
    fn read(body: &[u8]) -> serde_json::Result<T>;
}

/// Not at all: the body is empty.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

/// As JSON.
#[derive(Clone, Copy, Debug)]
pub struct Json;

/// As an object with `items`.
#[derive(Clone, Copy, Debug)]
pub struct Items;

/// As JSON in which the value is text.
#[derive(Clone, Copy, Debug)]
pub struct Text;

/// As an object with `items` in which the values are text.
#[derive(Clone, Copy, Debug)]
pub struct TextItems;

#[derive(Deserialize)]
struct Listed<T> {
    items: Vec<T>,
}

impl Form<()> for Nothing {
    fn read(_: &[u8]) -> serde_json::Result<()> {
        Ok(())
    }
}

impl<T: DeserializeOwned> Form<T> for Json {
    fn read(body: &[u8]) -> serde_json::Result<T> {
        json::read(body)
    }
}

impl<T: DeserializeOwned> Form<Vec<T>> for Items {
    fn read(body: &[u8]) -> serde_json::Result<Vec<T>> {
        json::read::<Listed<T>>(body).map(|listed| listed.items)
    }
}

impl<T: DeserializeOwned> Form<Option<Vec<T>>> for Items {
    fn read(body: &[u8]) -> serde_json::Result<Option<Vec<T>>> {
        Ok(json::read::<Option<Listed<T>>>(body)?.map(|listed| listed.items))
    }
}

impl<T: wire::AsText> Form<T> for Text {
    fn read(body: &[u8]) -> serde_json::Result<T> {
        json::read::<wire::Text<T>>(body).map(|text| text.0)
    }
}

impl<T: wire::AsText> Form<Vec<T>> for TextItems {
    fn read(body: &[u8]) -> serde_json::Result<Vec<T>> {
        let listed: Listed<wire::Text<T>> = json::read(body)?;
        Ok(listed.items.into_iter().map(|text| text.0).collect())
    }
}

impl<T: wire::AsText> Form<Option<Vec<T>>> for TextItems {
    fn read(body: &[u8]) -> serde_json::Result<Option<Vec<T>>> {
        let listed: Option<Listed<wire::Text<T>>> = json::read(body)?;
        Ok(listed.map(|listed| listed.items.into_iter().map(|text| text.0).collect()))
    }
}
