//! Problems: every answer that is not a success (RFC 9457).

mod catalogue;
mod challenge;
mod failure;
mod render;

pub(crate) use catalogue::MOST_FAILURES;
pub(crate) use challenge::{Challenge, needed};
pub use failure::{Failure, Place, Pointer};

use std::borrow::Cow;
use std::fmt;

use atlas9_descriptor::{ErrorType, Field, Retry, Service};

use crate::Record;
use crate::value::Value;

/// An answer that is not a success. Made by one of its constructors, by a declared error with [`Problem::declared`], or by
/// the error enums of generated code.
#[derive(Clone)]
pub struct Problem {
    inner: Box<Inner>,
}

#[derive(Clone)]
struct Inner {
    status: u16,
    code: Cow<'static, str>,
    kind: &'static str,
    title: Cow<'static, str>,
    detail: String,
    /// What the detail was made of: it may show fields that not every caller may see.
    message: Option<&'static str>,
    remedy: Cow<'static, str>,
    retryable: bool,
    fields: Option<Record>,
    scopes: Vec<&'static str>,
    errors: Vec<Failure>,
    headers: Vec<(&'static str, String)>,
    /// Why the caller was not let in; said in the words of the service's schemes.
    challenge: Option<Challenge>,
    cause: Option<String>,
}

impl Problem {
    /// A declared error with the values of its fields, in the error's order. Its message becomes the detail.
    pub fn declared(error: &'static ErrorType, fields: Record) -> Problem {
        let detail = interpolate(error.message, &fields, &|_| true);
        let retryable = matches!(error.retry, Retry::AfterDelay | Retry::WithBackoff);
        let mut problem = Problem::new(error.status, error.code, error.kind, error.title, detail);
        problem.inner.remedy = Cow::Borrowed(error.remedy);
        problem.inner.retryable = retryable;
        problem.inner.fields = Some(fields);
        problem.inner.message = Some(error.message);
        problem
    }

    fn new(
        status: u16,
        code: impl Into<Cow<'static, str>>,
        kind: &'static str,
        title: impl Into<Cow<'static, str>>,
        detail: impl Into<String>,
    ) -> Problem {
        let inner = Inner {
            status,
            code: code.into(),
            kind,
            title: title.into(),
            detail: detail.into(),
            message: None,
            remedy: Cow::Borrowed(""),
            retryable: false,
            fields: None,
            scopes: Vec::new(),
            errors: Vec::new(),
            headers: Vec::new(),
            challenge: None,
            cause: None,
        };
        Problem { inner: Box::new(inner) }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.inner.status
    }

    /// The code, `already_published`.
    pub fn code(&self) -> &str {
        &self.inner.code
    }

    /// The kind, `conflict`.
    pub fn kind(&self) -> &'static str {
        self.inner.kind
    }

    /// What happened, for the caller.
    pub fn detail(&self) -> &str {
        &self.inner.detail
    }

    /// What is wrong with single fields and parameters.
    pub fn errors(&self) -> &[Failure] {
        &self.inner.errors
    }

    /// What happened, for the log only.
    pub fn cause(&self) -> Option<&str> {
        self.inner.cause.as_deref()
    }

    /// Another detail.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Problem {
        self.inner.detail = detail.into();
        self.inner.message = None;
        self
    }

    /// What the caller can do about it.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<Cow<'static, str>>) -> Problem {
        self.inner.remedy = remedy.into();
        self
    }

    /// That the same request may succeed later.
    #[must_use]
    pub(crate) fn retryable(mut self) -> Problem {
        self.inner.retryable = true;
        self
    }

    /// What is wrong with single fields and parameters.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<Failure>) -> Problem {
        self.inner.errors = errors;
        self
    }

    /// The same, of an item of a batch: what is wrong is told where the item stands. `key` is the member that has its key.
    pub(crate) fn of_item(mut self, place: usize, key: &str) -> Problem {
        let mut item = Pointer::default();
        item.push("items");
        item.push(&place.to_string());
        let caller = self.inner.status < 500;
        if self.inner.errors.is_empty() && caller {
            let failure = Failure::body(&item, self.inner.code.clone(), self.inner.detail.clone());
            self.inner.errors.push(failure);
            return self;
        }
        for failure in &mut self.inner.errors {
            match &failure.place {
                Place::Body(pointer) => {
                    let within = pointer.strip_prefix('#').unwrap_or_default();
                    failure.place = Place::Body(format!("{item}{within}"));
                }
                Place::Parameter(name) if name == key => {
                    let mut member = item.clone();
                    member.push(key);
                    failure.place = Place::Body(member.to_string());
                }
                Place::Parameter(_) | Place::Header(_) => {}
            }
        }
        self
    }

    /// What happened, for the log only; the caller never sees it.
    #[must_use]
    pub fn with_cause(mut self, cause: impl fmt::Display) -> Problem {
        self.inner.cause = Some(cause.to_string());
        self
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Problem {
        self.inner.headers.push((name, value.into()));
        self
    }

    pub(crate) fn headers(&self) -> &[(&'static str, String)] {
        &self.inner.headers
    }

    /// The same with the title of the error of this code, and with its remedy where the service declares it itself: those of the
    /// standard library know less of what happened than this problem does.
    pub(crate) fn in_words_of(self, service: &Service) -> Problem {
        let mut problem = self.challenged(service.auth);
        let Some(error) = service.error(&problem.inner.code) else { return problem };
        problem.inner.title = Cow::Borrowed(error.title);
        let own = service.errors.iter().any(|own| own.code == error.code);
        if !error.remedy.is_empty() && (own || problem.inner.remedy.is_empty()) {
            problem.inner.remedy = Cow::Borrowed(error.remedy);
        }
        problem
    }
}

/// Replaces `{field}` by the field's value where it is shown, and by dots where it is not. A name that is no field stays as it is.
fn interpolate(message: &str, fields: &Record, shows: &dyn Fn(&Field) -> bool) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let field = |name: &str| fields.fields().iter().find(|field| field.name == name);
        match after.split_once('}').and_then(|(name, tail)| Some((field(name)?, tail))) {
            Some((field, tail)) => {
                let value = fields.get(field.name).unwrap_or(&Value::Null);
                out.push_str(&if shows(field) { value.plain() } else { "...".to_owned() });
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out + rest
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("status", &self.inner.status)
            .field("code", &self.inner.code)
            .field("detail", &self.inner.detail)
            .field("errors", &self.inner.errors)
            .field("cause", &self.inner.cause)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.inner.title, self.inner.code, self.inner.detail)
    }
}

impl std::error::Error for Problem {}
