//! A service: everything that one server offers.

use crate::resource::params;
use crate::{Field, Operation, Resource, STANDARD};

/// A service.
#[derive(Debug)]
pub struct Service {
    /// Its name.
    pub name: &'static str,
    /// The API's version.
    pub version: &'static str,
    /// What every path begins with, `/v1`.
    pub base_path: &'static str,
    /// How callers say who they are, one way being enough; empty where every operation is open.
    pub auth: &'static [Auth],
    /// Every scope.
    pub scopes: &'static [&'static str],
    /// Requests and seconds of the rate limit.
    pub rate_limit: Option<(u32, u32)>,
    /// What type URIs of problems begin with; the code follows.
    pub problem_base: &'static str,
    /// The resources, a parent before its children.
    pub resources: &'static [&'static Resource],
    /// What it offers that fits no resource.
    pub operations: &'static [Operation],
    /// Declared errors, without those of the standard library.
    pub errors: &'static [ErrorType],
    /// What is served at `/openapi.json`; empty where no OpenAPI is made.
    pub openapi: &'static str,
    /// The HTML page that is served at `/docs`; empty where none is made.
    pub docs: &'static str,
    /// Migrations for SQLite, in order.
    pub sqlite: &'static [Migration],
    /// Migrations for PostgreSQL, in order.
    pub postgres: &'static [Migration],
}

impl Service {
    /// The error of a code: the service's own or one of the standard library.
    pub fn error(&self, code: &str) -> Option<&'static ErrorType> {
        self.errors.iter().chain(&STANDARD).find(|error| error.code == code)
    }

    /// The parameters of an operation of the service; none where there is none of that name.
    pub fn params(&self, operation: &str) -> &'static [Field] {
        params(self.operations, operation)
    }
}

/// How callers say who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// A token in `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// A key in `X-API-Key`.
    ApiKey,
}

impl Auth {
    /// The header that carries it, in small letters.
    pub const fn header(self) -> &'static str {
        match self {
            Auth::Bearer => "authorization",
            Auth::ApiKey => "x-api-key",
        }
    }
}

/// An error that operations can answer.
#[derive(Clone, Copy, Debug)]
pub struct ErrorType {
    /// Its code, `already_published`.
    pub code: &'static str,
    /// Its title, `Already published`.
    pub title: &'static str,
    /// Its kind, `conflict`.
    pub kind: &'static str,
    /// The HTTP status of the kind.
    pub status: u16,
    /// When to try again.
    pub retry: Retry,
    /// The message; `{field}` stands for a field's value.
    pub message: &'static str,
    /// What the reader can do about it; may be empty.
    pub remedy: &'static str,
    /// What the problem carries beside the standard members.
    pub fields: &'static [Field],
}

/// When the same request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// One step of the database's schema, in sqlx's naming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration {
    /// Its place in the order.
    pub version: i64,
    /// What it does, in a few words.
    pub description: &'static str,
    /// The SQL that goes forward.
    pub up: &'static str,
}
