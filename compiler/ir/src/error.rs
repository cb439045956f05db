//! Errors that an API declares, and the closed set of their kinds.

use atlas9_diagnostics::Span;
use serde::{Deserialize, Serialize};

use crate::{Applied, Deprecation, Docs, Field, History, Id, Reserved, TargetNames};

/// A declared error.
pub type ErrorId = Id<ErrorDecl>;

/// An error that operations can answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorDecl {
    /// Its name, `AlreadyPublished`.
    pub name: String,
    /// Its code on the wire, `already_published`.
    pub code: String,
    /// The namespace that declares it.
    pub namespace: String,
    /// Documentation.
    pub docs: Docs,
    /// Where its name stands.
    pub span: Span,
    /// What fixes its status.
    pub kind: ErrorKind,
    /// The message; `{field}` stands for the value of one of its fields.
    pub message: String,
    /// What the reader can do about it; empty where none is declared.
    pub remedy: String,
    /// What the problem carries beside the standard members.
    pub fields: Vec<Field>,
    /// Set when it is on its way out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecation>,
    /// When it came, and what it was called before.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History,
    /// What clients in one language call it, where its author says so.
    #[serde(default, skip_serializing_if = "TargetNames::is_empty")]
    pub names: TargetNames,
    /// Declared annotations on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Applied>,
    /// Names of fields that are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<Reserved>,
}

/// The closed set of kinds. The kind fixes the status, who can mend it, and whether to retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the kinds of the language")]
pub enum ErrorKind {
    Malformed,
    Unauthenticated,
    Forbidden,
    NotFound,
    Conflict,
    Gone,
    PreconditionFailed,
    TooLarge,
    Invalid,
    RateLimited,
    Internal,
    Unavailable,
    Timeout,
}

/// When the same request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Retry {
    /// Never: it would fail again.
    No,
    /// After reading the resource again.
    AfterReading,
    /// After the time that `Retry-After` names.
    AfterDelay,
    /// With growing pauses.
    WithBackoff,
}

impl ErrorKind {
    /// All kinds, by status.
    pub const ALL: [ErrorKind; 13] = [
        ErrorKind::Malformed,
        ErrorKind::Unauthenticated,
        ErrorKind::Forbidden,
        ErrorKind::NotFound,
        ErrorKind::Conflict,
        ErrorKind::Gone,
        ErrorKind::PreconditionFailed,
        ErrorKind::TooLarge,
        ErrorKind::Invalid,
        ErrorKind::RateLimited,
        ErrorKind::Internal,
        ErrorKind::Unavailable,
        ErrorKind::Timeout,
    ];

    /// The word of the language, which is also the code of the standard error of that kind.
    pub fn word(self) -> &'static str {
        match self {
            ErrorKind::Malformed => "malformed",
            ErrorKind::Unauthenticated => "unauthenticated",
            ErrorKind::Forbidden => "forbidden",
            ErrorKind::NotFound => "not_found",
            ErrorKind::Conflict => "conflict",
            ErrorKind::Gone => "gone",
            ErrorKind::PreconditionFailed => "precondition_failed",
            ErrorKind::TooLarge => "too_large",
            ErrorKind::Invalid => "invalid",
            ErrorKind::RateLimited => "rate_limited",
            ErrorKind::Internal => "internal",
            ErrorKind::Unavailable => "unavailable",
            ErrorKind::Timeout => "timeout",
        }
    }

    /// The HTTP status (RFC 9110, RFC 6585).
    pub fn status(self) -> u16 {
        match self {
            ErrorKind::Malformed => 400,
            ErrorKind::Unauthenticated => 401,
            ErrorKind::Forbidden => 403,
            ErrorKind::NotFound => 404,
            ErrorKind::Conflict => 409,
            ErrorKind::Gone => 410,
            ErrorKind::PreconditionFailed => 412,
            ErrorKind::TooLarge => 413,
            ErrorKind::Invalid => 422,
            ErrorKind::RateLimited => 429,
            ErrorKind::Internal => 500,
            ErrorKind::Unavailable => 503,
            ErrorKind::Timeout => 504,
        }
    }

    /// When the same request may be sent again.
    pub fn retry(self) -> Retry {
        match self {
            ErrorKind::Conflict | ErrorKind::PreconditionFailed => Retry::AfterReading,
            ErrorKind::RateLimited => Retry::AfterDelay,
            ErrorKind::Unavailable | ErrorKind::Timeout => Retry::WithBackoff,
            _ => Retry::No,
        }
    }
}
