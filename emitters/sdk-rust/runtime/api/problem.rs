//! Answers that are errors (RFC 9457).

use std::fmt;
use std::ops::Deref;

use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Kind, Response};

/// An answer that is an error. Every error of the service is one, or holds one.
#[derive(Clone)]
pub struct Problem(Box<Inner>);

#[derive(Clone)]
struct Inner {
    response: Response,
    kind: Kind,
    retryable: bool,
    sent: Sent,
}

/// The members that errors have on the wire.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Sent {
    code: String,
    kind: String,
    title: String,
    detail: String,
    instance: String,
    remedy: String,
    retryable: Option<bool>,
    errors: Vec<Failure>,
}

/// One failure of a request that has several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Failure {
    /// Its place in the body, a JSON pointer such as `#/price/amount`.
    pub pointer: String,
    /// The parameter of the path or the query.
    pub parameter: String,
    /// The header.
    pub header: String,
    /// What is wrong, for programs.
    pub code: String,
    /// What is wrong, for people.
    pub detail: String,
}

impl Problem {
    /// The problem that an answer is.
    pub(super) fn of(response: Response) -> Self {
        // What is no problem has a status at least.
        let mut sent: Sent = serde_json::from_slice(&response.body).unwrap_or_default();
        let kind = match sent.kind.as_str() {
            "" => Kind::of_status(response.status),
            word => Kind::of_word(word),
        };
        if sent.code.is_empty() {
            kind.as_str().clone_into(&mut sent.code);
        }
        let retryable = sent.retryable.unwrap_or(matches!(response.status, 408 | 429 | 502..=504));
        Self(Box::new(Inner { response, kind, retryable, sent }))
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.response.status
    }

    /// Tells which error it is.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0.sent.code
    }

    /// Tells of which kind it is.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// Names the error, for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.0.sent.title
    }

    /// Says what went wrong this time, for people.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.0.sent.detail
    }

    /// Names this occurrence.
    #[must_use]
    pub fn instance(&self) -> &str {
        &self.0.sent.instance
    }

    /// True when the same request may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// What can be done about it.
    #[must_use]
    pub fn remedy(&self) -> &str {
        &self.0.sent.remedy
    }

    /// All failures of the request, each with its place.
    #[must_use]
    pub fn failures(&self) -> &[Failure] {
        &self.0.sent.errors
    }

    /// The server's name for the request; quote it when you ask for help.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.response.request_id()
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.response.headers
    }

    /// The answer as it was sent.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.0.response.body
    }
}

impl AsRef<Problem> for Problem {
    fn as_ref(&self) -> &Problem {
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match [self.detail(), self.title()].into_iter().find(|text| !text.is_empty()) {
            Some(text) => f.write_str(text),
            None => write!(f, "the server answered with status {}", self.status()),
        }
    }
}

/// Without the body and the headers.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("status", &self.status())
            .field("code", &self.code())
            .field("kind", self.kind())
            .field("detail", &self.detail())
            .field("failures", &self.failures())
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Problem {}

/// An error that the service declares: what it carries, which its fields are read from, and the problem that it is.
#[derive(Clone)]
pub struct Declared<T>(Box<(T, Problem)>);

impl<T: DeserializeOwned> Declared<T> {
    /// Reads what the problem carries.
    ///
    /// # Errors
    /// Gives the problem back where it does not carry that.
    pub fn read(problem: Problem) -> Result<Self, Problem> {
        match serde_json::from_slice(problem.body()) {
            Ok(carried) => Ok(Self(Box::new((carried, problem)))),
            Err(_) => Err(problem),
        }
    }
}

impl<T> Declared<T> {
    /// The problem, with all that every error has.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.0.1
    }

    /// The problem alone.
    #[must_use]
    pub fn into_problem(self) -> Problem {
        self.0.1
    }
}

impl<T> Deref for Declared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Declared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
