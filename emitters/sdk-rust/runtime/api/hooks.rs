//! Functions that are called around calls and attempts. None sees a key, a body or a query.

use std::time::Duration;

use reqwest::header::HeaderMap;

use super::Error;

/// An error of anybody's.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// What is called around calls and attempts: the place for logs, spans and further headers. Every function does nothing unless it is
/// written. What they take of a call's time is not given back.
pub trait Hooks: Send + Sync {
    /// A call begins. What is answered lives as long as the call, and is told how it ends: a span, or a timer.
    fn before_call(&self, call: &CallInfo) -> Option<Box<dyn CallGuard>> {
        let _ = call;
        None
    }

    /// An attempt begins. The headers can be changed; the key is added after this.
    ///
    /// # Errors
    /// An error ends the call.
    fn before_attempt(&self, attempt: &AttemptInfo, headers: &mut HeaderMap) -> Result<(), BoxError> {
        let _ = (attempt, headers);
        Ok(())
    }

    /// An attempt has ended, however it went; also one that was not sent, because a hook refused it or there was no key.
    fn after_attempt(&self, result: &AttemptResult<'_>) {
        let _ = result;
    }

    /// An answer says that what was called is deprecated.
    fn on_deprecation(&self, notice: &DeprecationNotice) {
        let _ = notice;
    }
}

/// What hooks keep while a call runs. It is dropped when the call ends, and when the call's future is dropped before that.
pub trait CallGuard: Send {
    /// An attempt begins: the place to say in its headers which call it belongs to, as `traceparent` does.
    fn mark(&mut self, headers: &mut HeaderMap) {
        let _ = headers;
    }

    /// The call has ended; its answer has been read. One whose future is dropped does not come here.
    fn ended(&mut self, result: &CallResult<'_>) {
        let _ = result;
    }
}

/// A call with all its attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallInfo {
    /// The operation, `books.list`.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: String,
    /// The path with braces for its keys.
    pub route: String,
}

/// How a call ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CallResult<'a> {
    /// The call.
    pub call: &'a CallInfo,
    /// How many attempts there were.
    pub attempts: u32,
    /// The last status, where an answer came.
    pub status: Option<u16>,
    /// The server's name for the request.
    pub request_id: Option<&'a str>,
    /// The time that it took.
    pub duration: Duration,
    /// What went wrong. Its text may quote what was sent; its code does not.
    pub error: Option<&'a Error>,
}

/// One attempt of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttemptInfo {
    /// The call.
    pub call: CallInfo,
    /// The path below the base URL, without the query.
    pub path: String,
    /// 0 for the first attempt.
    pub attempt: u32,
}

/// How an attempt ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AttemptResult<'a> {
    /// The attempt.
    pub attempt: &'a AttemptInfo,
    /// The status, where an answer came.
    pub status: Option<u16>,
    /// The server's name for the request.
    pub request_id: Option<&'a str>,
    /// The time that it took.
    pub duration: Duration,
    /// What went wrong. Its text may quote what was sent; its code does not.
    pub error: Option<&'a Error>,
}

/// What an answer says about the end of an operation (RFC 9745, RFC 8594).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeprecationNotice {
    /// The operation.
    pub operation: &'static str,
    /// The header as sent: `@` and a Unix time in seconds.
    pub deprecation: Option<String>,
    /// The header with the time after which it may be gone.
    pub sunset: Option<String>,
    /// The header that may name a page about it.
    pub link: Option<String>,
}
