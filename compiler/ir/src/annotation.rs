//! Annotations that a schema declares itself, for the lints and emitters of others.

use atlas9_diagnostics::Span;
use serde::{Deserialize, Serialize};

use crate::{Docs, Field, Id, Value};

/// A declared annotation.
pub type AnnotationId = Id<AnnotationDecl>;

/// `annotation owner(team: string) on resource, operation`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnnotationDecl {
    /// Its name, without the sign.
    pub name: String,
    /// The namespace that declares it.
    pub namespace: String,
    /// Documentation.
    pub docs: Docs,
    /// Where its name stands.
    pub span: Span,
    /// What it takes.
    pub params: Vec<Field>,
    /// What it may stand on.
    pub targets: Vec<AnnotationTarget>,
}

/// What an annotation may stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the words of the language")]
pub enum AnnotationTarget {
    Service,
    /// Resources and singletons.
    Resource,
    /// Structures and refined scalars.
    Type,
    Enum,
    Union,
    Error,
    /// Fields of resources, structures and errors.
    Field,
    Operation,
    Parameter,
    /// Values of enums.
    Value,
    /// Variants of unions.
    Variant,
}

/// A declared annotation in use: `@owner(team: "books")`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Applied {
    /// Which one.
    pub annotation: AnnotationId,
    /// A value for each parameter, in their order, defaults included; null for an optional one that is left out.
    pub arguments: Vec<(String, Value)>,
    /// Where it stands.
    pub span: Span,
}
