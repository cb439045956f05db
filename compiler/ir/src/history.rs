//! What a declaration says of its past.

use atlas9_diagnostics::Span;
use serde::{Deserialize, Serialize};

/// When an element came, and what it was called before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct History {
    /// `@added("1.3.0")`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<Added>,
    /// `@renamed(from: old)`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed: Option<Renamed>,
}

impl History {
    /// True when nothing is said.
    pub fn is_empty(&self) -> bool {
        self.added.is_none() && self.renamed.is_none()
    }
}

/// `@added("1.3.0")`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Added {
    /// The version of the API that has it first (semver).
    pub version: String,
    /// Where the annotation stands.
    pub span: Span,
}

/// `@renamed(from: old, since: "1.3.0")`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Renamed {
    /// The name that it had.
    pub from: String,
    /// The version that gave it the new name (semver), where that is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Where the annotation stands.
    pub span: Span,
}

/// A name that was in use and must not come back with another meaning: `reserved isbn10`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reserved {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}
