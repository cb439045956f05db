//! A call in the making: what it can be told, and how it is sent.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

use super::answer::{Answered, Form, Json};
use super::error::DecodeError;
use super::{Draft, Error, Items, NumberedPage, Page, Paged, Pages, Problem, Transport};

/// What an operation is.
pub trait Operation {
    /// What it answers.
    type Answer;
    /// How that stands in a body.
    type Form: Form<Self::Answer>;
    /// Its errors.
    type Error: OperationError;
    /// Its name, `books.publish`.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// The path below the base URL, with braces for keys.
    const PATH: &'static str;
    /// True where an `Idempotency-Key` is honoured, which every call has then.
    const IDEMPOTENT: bool = false;
}

/// The errors of an operation: each is a [`Problem`], or holds one.
pub trait OperationError:
    AsRef<Problem> + From<Problem> + Into<Problem> + std::error::Error + 'static
{
}

impl OperationError for Problem {}

/// An operation whose calls have an idempotency key.
pub trait Keyed: Operation {}

/// An operation that may depend on the state that it changes.
pub trait Conditional: Operation {}

/// An operation that gives deleted ones, too, where it is told to.
pub trait ShowsDeleted: Operation {}

/// An operation that also deletes what would hold it, where it is told to.
pub trait Forceable: Operation {}

/// A list that can be searched.
pub trait Searched: Operation {}

/// Any call, of what this package does not know.
#[derive(Clone, Copy, Debug)]
pub struct Anything;

impl Operation for Anything {
    type Answer = Value;
    type Form = Json;
    type Error = Problem;
    const NAME: &'static str = "request";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/";
}

/// A call of an operation. Nothing is sent before [`Call::send`].
#[must_use = "a call is not sent before `send`"]
pub struct Call<O> {
    pub(crate) draft: Draft,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(transport: &Transport) -> Self {
        Self::of(Draft::new(transport, O::NAME, O::METHOD, O::PATH, O::IDEMPOTENT))
    }

    /// Sends the call.
    ///
    /// # Errors
    /// When the service answers with an error, or does not answer, or the request cannot be made.
    pub async fn send(self) -> Result<O::Answer, Error<O::Error>> {
        Ok(self.send_raw().await?.value)
    }

    /// Sends the call, and gives the answer as it came beside what it says: its status, headers and entity tag.
    ///
    /// # Errors
    /// When the service answers with an error, or does not answer, or the request cannot be made.
    pub async fn send_raw(self) -> Result<Answered<O::Answer>, Error<O::Error>> {
        let (outcome, running) = self.draft.send().await;
        let outcome = outcome.and_then(|response| match O::Form::read(&response.body) {
            Ok(value) => Ok(Answered { value, response }),
            Err(cause) => Err(Error::Decode(DecodeError::new(response, cause))),
        });
        running.end(outcome.as_ref().map(|answered| &answered.response));
        outcome.map_err(|error| error.map(O::Error::from))
    }
}

impl<O> Call<O> {
    pub(crate) fn of(draft: Draft) -> Self {
        Self { draft, operation: PhantomData }
    }

    /// The time that the whole call may take, with its retries and pauses; `None` for no limit.
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.draft.limits.timeout = limit.into();
        self
    }

    /// The time that one attempt may take; `None` for no limit.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.draft.limits.attempt_timeout = limit.into();
        self
    }

    /// How often a failed attempt is repeated. A write is only repeated under its idempotency key.
    pub fn retries(mut self, times: u32) -> Self {
        self.draft.limits.retries = times;
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.draft.header(name, value);
        self
    }

    /// Adds a parameter to the query, for what this package does not know.
    pub fn query(mut self, name: &'static str, value: &str) -> Self {
        self.draft.query(name, value);
        self
    }
}

impl Call<Anything> {
    /// The body.
    pub fn body(mut self, body: Value) -> Self {
        self.draft.body(body);
        self
    }
}

impl<O: Keyed> Call<O> {
    /// The key under which the call happens once, however often it is sent; made anew for each call unless it is given.
    pub fn idempotency_key(mut self, key: &str) -> Self {
        self.draft.idempotency_key(key);
        self
    }
}

impl<O: Conditional> Call<O> {
    /// The entity tag of the state that the change is based on; another state is a problem of the kind `PreconditionFailed`.
    pub fn if_match(mut self, etag: &str) -> Self {
        self.draft.header("If-Match", etag);
        self
    }
}

impl<O: ShowsDeleted> Call<O> {
    /// Gives those, too, that are deleted and still kept.
    pub fn show_deleted(mut self) -> Self {
        self.draft.query("show_deleted", true);
        self
    }
}

impl<O: Forceable> Call<O> {
    /// Also deletes what refers to it and would hold it.
    pub fn force(mut self) -> Self {
        self.draft.query("force", true);
        self
    }
}

impl<O: Searched> Call<O> {
    /// Words to be found.
    pub fn search(mut self, words: &str) -> Self {
        self.draft.query("q", words);
        self
    }
}

impl<O: Operation<Answer: Paged> + 'static> Call<O> {
    /// The most items on a page. More than the service allows is cut to that.
    pub fn limit(mut self, items: u32) -> Self {
        self.draft.query("limit", items);
        self
    }

    /// Also counts the items of all pages.
    pub fn count(mut self) -> Self {
        self.draft.query("count", true);
        self
    }

    /// Page after page, each fetched when it is asked for. They end, too, on a cursor that does not move.
    pub fn pages(self) -> Pages<O> {
        Pages::of(self)
    }

    /// Item after item over all pages.
    pub fn items(self) -> Items<O> {
        Items::of(self)
    }
}

impl<T, O: Operation<Answer = Page<T>>> Call<O> {
    /// Where to go on: the next cursor of an earlier page of the same list.
    pub fn cursor(mut self, cursor: &str) -> Self {
        self.draft.query("cursor", cursor);
        self
    }
}

impl<T, O: Operation<Answer = NumberedPage<T>>> Call<O> {
    /// Which page is the first one to read; 1 where nothing is said.
    pub fn page(mut self, number: i64) -> Self {
        self.draft.query("page", number);
        self
    }
}

impl<O> Clone for Call<O> {
    fn clone(&self) -> Self {
        Self::of(self.draft.clone())
    }
}

/// Without keys, query and body.
impl<O> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.draft).finish()
    }
}
