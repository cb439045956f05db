//! Why calls fail.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use super::{BoxError, Failure, Kind, OperationError, Problem, Response};

/// Why a call failed. `E` is what the operation's own errors are; [`Error::general`] forgets them.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = Problem> {
    /// The service answered with an error.
    Api(E),
    /// No answer came: the connection failed.
    Connection(ConnectionError),
    /// No answer came in the time that the call, or its attempt, was given.
    Timeout(TimeoutError),
    /// The answer is not what the service declares.
    Decode(DecodeError),
    /// The request could not be made; nothing was sent.
    Request(RequestError),
}

impl<E> Error<E> {
    /// The same with what a function makes of the service's error.
    pub fn map<F>(self, made: impl FnOnce(E) -> F) -> Error<F> {
        match self {
            Self::Api(error) => Error::Api(made(error)),
            Self::Connection(error) => Error::Connection(error),
            Self::Timeout(error) => Error::Timeout(error),
            Self::Decode(error) => Error::Decode(error),
            Self::Request(error) => Error::Request(error),
        }
    }
}

impl<E: OperationError> Error<E> {
    /// What the service answered; nothing where no answer came, or none that could be read.
    pub fn problem(&self) -> Option<&Problem> {
        if let Self::Api(error) = self { Some(error.as_ref()) } else { None }
    }

    /// The answer, where the service answered.
    pub fn response(&self) -> Option<&Response> {
        match self {
            Self::Api(error) => Some(error.as_ref().response()),
            Self::Decode(error) => Some(error.response()),
            Self::Connection(_) | Self::Timeout(_) | Self::Request(_) => None,
        }
    }

    /// The HTTP status, where the service answered.
    pub fn status(&self) -> Option<u16> {
        self.response().map(|response| response.status)
    }

    /// Which error it is, where the service answered with one.
    pub fn code(&self) -> Option<&str> {
        self.problem().map(Problem::code)
    }

    /// Of which kind it is, where the service answered with an error.
    pub fn kind(&self) -> Option<&Kind> {
        self.problem().map(Problem::kind)
    }

    /// True when the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(error) => error.as_ref().is_retryable(),
            Self::Connection(_) | Self::Timeout(_) => true,
            Self::Decode(_) | Self::Request(_) => false,
        }
    }

    /// What can be done about it, where the service says so.
    pub fn remedy(&self) -> Option<&str> {
        self.problem().map(Problem::remedy).filter(|remedy| !remedy.is_empty())
    }

    /// All failures of the request, each with its place; none where the service did not answer.
    pub fn failures(&self) -> &[Failure] {
        self.problem().map_or(&[], Problem::failures)
    }

    /// The server's name for the request.
    pub fn request_id(&self) -> Option<&str> {
        self.response().and_then(Response::request_id)
    }

    /// The same error, whatever the operation.
    pub fn general(self) -> Error {
        self.map(Into::into)
    }
}

impl<E> From<RequestError> for Error<E> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Connection(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Api(error) => error.source(),
            Self::Connection(error) => error.source(),
            Self::Request(error) => error.source(),
            Self::Timeout(_) | Self::Decode(_) => None,
        }
    }
}

/// No answer came: the connection failed.
#[derive(Debug)]
pub struct ConnectionError(pub(super) reqwest::Error);

impl fmt::Display for ConnectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_connect() { "no connection could be made" } else { "the connection failed" })
    }
}

impl std::error::Error for ConnectionError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// No answer came in time.
#[derive(Clone, Copy, Debug)]
pub struct TimeoutError(pub(super) Duration);

impl TimeoutError {
    /// The time that there was.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.0
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no answer within {:?}", self.0)
    }
}

impl std::error::Error for TimeoutError {}

/// An answer that is not what the service declares.
#[derive(Debug)]
pub struct DecodeError(Box<(Response, serde_json::Error)>);

impl DecodeError {
    pub(super) fn new(response: Response, cause: serde_json::Error) -> Self {
        Self(Box::new((response, cause)))
    }

    /// The answer.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.0.0
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (response, cause) = self.0.as_ref();
        write!(f, "the answer with status {} cannot be read: {cause}", response.status)?;
        response.write_id(f)
    }
}

impl std::error::Error for DecodeError {}

/// A request that could not be made: a value that cannot be sent, a key that could not be had, or a hook that refused it.
#[derive(Debug)]
pub struct RequestError {
    why: Cow<'static, str>,
    cause: Option<BoxError>,
}

impl RequestError {
    pub(super) fn new(why: impl Into<Cow<'static, str>>) -> Self {
        Self { why: why.into(), cause: None }
    }

    pub(super) fn caused(why: &'static str, cause: impl Into<BoxError>) -> Self {
        Self { why: why.into(), cause: Some(cause.into()) }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the request could not be made: {}", self.why)
    }
}

impl std::error::Error for RequestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

/// Settings with which no client can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(pub(super) String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}
