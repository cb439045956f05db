//! The model of an API after every name is resolved: what lints, emitters and comparisons read.
//!
//! Data only. Nothing here knows the syntax tree; everything is in an order that the source alone decides.

mod annotation;
mod arena;
mod error;
mod expr;
mod field;
mod history;
mod operation;
mod reserved;
mod resource;
mod service;
mod target_names;
mod types;
mod value;

pub use annotation::{AnnotationDecl, AnnotationId, AnnotationTarget, Applied};
pub use arena::{Arena, Id};
pub use error::{ErrorDecl, ErrorId, ErrorKind, Retry};
pub use expr::{BinaryOp, Expr, UnaryOp};
pub use field::{Deprecation, Field, FieldPath, Managed, OnDelete, Sensitivity, Visibility};
pub use history::{Added, History, Renamed, Reserved};
pub use operation::{
    Action, ActionTarget, Assigned, Batch, Delete, Expand, HttpMethod, List, Operation, OperationKind,
    Pagination, PaginationStyle, Param, ParamPlace, RaiseArgument, Raised, SetField, Transition,
};
pub use reserved::{Target, reserved};
pub use resource::{Audited, Example, Index, Resource, ResourceId, Rule};
pub use service::{AuthKind, AuthScheme, RateLimit, Scope, Service, WireCase};
pub use target_names::{Named, TargetNames};
pub use types::{EnumValue, Range, Scalar, Type, TypeDecl, TypeDeclKind, TypeId, TypeKind, Variant};
pub use value::Value;

use atlas9_diagnostics::{SourceMap, Span};
use serde::{Deserialize, Serialize};

/// The version of the JSON form. It grows by one when a reader of the old form would misread the new one;
/// `compiler/reference/ir.md` says what may change without it.
pub const FORMAT: u32 = 1;

/// The JSON Schema of the JSON form (draft 2020-12), made from the types here.
pub const SCHEMA: &str = include_str!("../schema/ir-1.json");

/// Documentation, Markdown, lines separated by `\n`. Empty where there is none. Written by the schema's author: untrusted.
pub type Docs = String;

/// A whole package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ir {
    /// The version of this form.
    pub format: u32,
    /// The package's name, from `atlas.yaml`.
    pub package: String,
    /// The package's version, from `atlas.yaml`; in the model of an earlier version, that one.
    pub version: String,
    /// The namespace of the service.
    pub namespace: String,
    /// Documentation of the namespace.
    pub docs: Docs,
    /// The files that spans point into.
    pub files: Vec<SourceName>,
    /// What holds for all operations. Its name is empty for a library: a package that declares no service.
    pub service: Service,
    /// Structures, unions, enums and refined scalars, each after those it uses where that is possible, imported ones included.
    pub types: Arena<TypeDecl>,
    /// Resources; a parent stands before its children.
    pub resources: Arena<Resource>,
    /// Errors: every declared one and every standard one that an operation can answer.
    pub errors: Arena<ErrorDecl>,
    /// Annotations that the package or its dependencies declare, as far as they are in use or its own.
    #[serde(default, skip_serializing_if = "Arena::is_empty")]
    pub annotations: Arena<AnnotationDecl>,
    /// Names of declarations that are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<Reserved>,
    /// What `@allow` says of lints, in the order of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allows: Vec<Allow>,
    /// What the package's `use` lines bring in and nothing in their files names, in the order of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unused_imports: Vec<UnusedImport>,
}

/// `@allow(float_money, "Rates have no cents.")`: findings of a lint that are wanted as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Allow {
    /// The lint's name as written; whether there is such a lint is for the lints to say.
    pub lint: String,
    /// Why.
    pub reason: String,
    /// Where the annotation stands.
    pub span: Span,
    /// The declaration that it stands on: findings that lie within are allowed.
    pub covers: Span,
}

/// An import that nothing needs: `use std.money.Money` in a file without money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnusedImport {
    /// What is imported: `std.money.Money`, `std.errors.*`, or the namespace where a list of names is not needed.
    pub name: String,
    /// The whole line, or the name in a list of which other names are needed.
    pub span: Span,
    /// True for a whole line.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
}

/// A source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceName {
    /// The path in the package, or `std/time.atlas` for the standard library.
    pub name: String,
    /// The package that it belongs to where that is another one: its name, or `std` for the standard library.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub package: String,
    /// The bytes at which lines begin.
    pub line_starts: Vec<u32>,
}

impl Ir {
    /// True when the package declares no service: it can be checked, but nothing can be generated from it.
    pub fn is_library(&self) -> bool {
        self.service.name.is_empty()
    }

    /// `books.atlas:12`: how a place is named in generated comments.
    pub fn place(&self, span: Span) -> String {
        match self.files.get(span.file.0 as usize) {
            Some(file) => {
                format!("{}:{}", file.name, file.line_starts.partition_point(|start| *start <= span.start))
            }
            None => String::new(),
        }
    }

    /// True for what another package declares, or the standard library: it is not this package's to mend.
    pub fn is_foreign(&self, span: Span) -> bool {
        self.files.get(span.file.0 as usize).is_some_and(|file| !file.package.is_empty())
    }

    /// The names and lines of a source map, for [`Ir::files`].
    pub fn source_names(sources: &SourceMap) -> Vec<SourceName> {
        sources
            .iter()
            .map(|(_, file)| {
                let breaks = file.text().bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
                let starts = breaks.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
                SourceName {
                    name: file.name().to_owned(),
                    package: String::new(),
                    line_starts: std::iter::once(0).chain(starts).collect(),
                }
            })
            .collect()
    }

    /// What a type stands for once refined scalars are followed; optional if any step on the way is.
    pub fn resolve<'a>(&'a self, ty: &'a Type) -> (&'a TypeKind, bool) {
        let (mut kind, mut optional) = (&ty.kind, ty.optional);
        while let TypeKind::Named(id) = kind {
            let TypeDeclKind::Alias(target) = &self.types[*id].kind else { break };
            kind = &target.kind;
            optional |= target.optional;
        }
        (kind, optional)
    }

    /// Every operation with the resource that offers it; those of the service, which have none, stand last.
    pub fn operations(&self) -> impl Iterator<Item = (Option<&Resource>, &Operation)> {
        let offered = |resource| move |operation| (resource, operation);
        let of_resources = self
            .resources
            .values()
            .flat_map(move |resource| resource.operations.iter().map(offered(Some(resource))));
        of_resources.chain(self.service.operations.iter().map(offered(None)))
    }

    /// The type of a resource's key: what a reference to it holds.
    pub fn key_type(&self, resource: ResourceId) -> Option<&Type> {
        self.resources[resource].key().map(|field| &field.ty)
    }

    /// The resources from the outermost parent to this one.
    pub fn lineage(&self, resource: ResourceId) -> Vec<ResourceId> {
        let mut line = vec![resource];
        let mut at = resource;
        while let Some(parent) = self.resources[at].parent {
            line.push(parent);
            at = parent;
        }
        line.reverse();
        line
    }

    /// The field that a path leads to, through structures: `price.amount`.
    pub fn field<'a>(&'a self, fields: &'a [Field], path: &FieldPath) -> Option<&'a Field> {
        let (first, rest) = path.0.split_first()?;
        let field = fields.iter().find(|field| field.name == *first)?;
        if rest.is_empty() {
            return Some(field);
        }
        let (TypeKind::Named(id), _) = self.resolve(&field.ty) else { return None };
        let TypeDeclKind::Structure { fields, .. } = &self.types[*id].kind else { return None };
        self.field(fields, &FieldPath(rest.to_vec()))
    }
}
