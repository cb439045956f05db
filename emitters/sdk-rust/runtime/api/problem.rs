//! Answers that are errors (RFC 9457).

use std::fmt;
use std::ops::Deref;

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

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
#[derive(Clone)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

/// Each member by itself: one that is odd is as if it were missing, and what is no problem has a status at least.
impl Sent {
    fn read(body: &[u8]) -> Self {
        let members: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
        let failures = members.get("errors").and_then(Value::as_array).into_iter().flatten();
        Self {
            code: text(&members, "code"),
            kind: text(&members, "kind"),
            title: text(&members, "title"),
            detail: text(&members, "detail"),
            instance: text(&members, "instance"),
            remedy: text(&members, "remedy"),
            retryable: members.get("retryable").and_then(Value::as_bool),
            errors: failures.filter_map(Value::as_object).map(Failure::read).collect(),
        }
    }
}

impl Failure {
    fn read(members: &Map<String, Value>) -> Self {
        Self {
            pointer: text(members, "pointer"),
            parameter: text(members, "parameter"),
            header: text(members, "header"),
            code: text(members, "code"),
            detail: text(members, "detail"),
        }
    }
}

fn text(members: &Map<String, Value>, name: &str) -> String {
    members.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// What to do about an answer that sends the caller elsewhere.
fn redirection(response: &Response) -> Option<String> {
    if !(300..400).contains(&response.status) || response.status == 304 {
        return None;
    }
    let place = response.header("location").map(|place| format!(" to {place}")).unwrap_or_default();
    Some(format!("The server redirects{place}: set the base URL to where the service is."))
}

impl Problem {
    /// The problem that an answer is.
    pub(super) fn of(response: Response) -> Self {
        let mut sent = Sent::read(&response.body);
        if let Some(told) = redirection(&response) {
            sent.detail = told;
        }
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

    /// The answer as it came.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.0.response
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

/// `409 isbn_taken: There is such a book. (request 7f3a)`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status(), self.code())?;
        if let Some(text) = [self.detail(), self.title()].into_iter().find(|text| !text.is_empty()) {
            write!(f, ": {text}")?;
        }
        self.0.response.write_id(f)
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

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn texts_say_what_and_what_to_do() {
        let check = |status, header: (&'static str, &'static str), body: &str, expected: &str| {
            let headers = HeaderMap::from_iter([(
                HeaderName::from_static(header.0),
                HeaderValue::from_static(header.1),
            )]);
            let response = Response { status, headers, body: body.into() };
            assert_eq!(Problem::of(response).to_string(), expected);
        };
        let odd = r#"{"code":"taken","title":7,"detail":"There is one.","errors":[{"pointer":1},2]}"#;
        check(409, ("x-request-id", "a1"), odd, "409 taken: There is one. (request a1)");
        check(503, ("x-other", "a1"), "<html>", "503 unavailable");
        let told = "302 redirect: The server redirects to /a: set the base URL to where the service is.";
        check(302, ("location", "/a"), "", told);
        let told = "302 redirect: The server redirects: set the base URL to where the service is.";
        check(302, ("x-other", "/a"), "", told);
        check(304, ("location", "/a"), "", "304 not_modified");
    }
}
