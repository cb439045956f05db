//! What holds for the whole service.

use atlas9_diagnostics::Span;
use serde::{Deserialize, Serialize};

use crate::{Applied, Docs, ErrorId, Operation, Pagination, Reserved};

/// A service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Documentation.
    pub docs: Docs,
    /// Where its name stands.
    pub span: Span,
    /// From its keyword to the closing brace.
    #[serde(default)]
    pub extent: Span,
    /// The API's version (semver).
    pub version: String,
    /// What every path begins with, `/v1`; empty for none.
    pub base_path: String,
    /// How lists are paged that do not say it themselves.
    pub paginate: Pagination,
    /// How names are spelt on the wire.
    pub wire_case: WireCase,
    /// The least time between a deprecation and its sunset, in days.
    pub deprecation_notice_days: Option<u32>,
    /// How often a client may call.
    pub rate_limit: Option<RateLimit>,
    /// Errors that every operation can answer.
    pub raises: Vec<ErrorId>,
    /// How clients say who they are; empty when every operation is open.
    pub auth: Vec<AuthScheme>,
    /// What it offers that fits no resource.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
    /// Declared annotations on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Applied>,
    /// Names of operations that are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<Reserved>,
}

/// How names are spelt on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WireCase {
    /// `author_id`
    #[default]
    SnakeCase,
    /// `authorId`
    CamelCase,
}

/// `600 per minute`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RateLimit {
    /// How many requests.
    pub requests: u32,
    /// In how many seconds.
    pub seconds: u32,
}

/// A way for clients to say who they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuthScheme {
    /// The kind.
    pub kind: AuthKind,
    /// Documentation.
    pub docs: Docs,
    /// What a token can allow.
    pub scopes: Vec<Scope>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuthKind {
    /// `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// `X-API-Key`.
    ApiKey,
}

/// Something that a token can allow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scope {
    /// Its name.
    pub name: String,
    /// What it allows.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}
