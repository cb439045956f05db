//! The nodes that lints look at, each with its place and its name.

use atlas9_diagnostics::{FileId, Span};
use atlas9_ir::{
    Allow, AnnotationDecl, Deprecation, ErrorDecl, Example, Field, FieldPath, Index, Ir, Operation, Resource,
    Rule, Service, Type, TypeDecl,
};

pub(crate) use crate::kind::Kind;

/// What every node can say of itself.
pub(crate) trait Node: Sync {
    /// Where it stands.
    fn span(&self) -> Span;
    /// What it is called, `Book.title`.
    fn symbol(&self) -> String;
}

/// What a field or a type belongs to.
#[derive(Clone, Copy)]
pub(crate) enum Owner<'a> {
    /// Nothing: it stands at the top of a file.
    Package,
    Service(&'a Service),
    Resource(&'a Resource),
    /// A structure, an enum or a refined scalar.
    Type(&'a TypeDecl),
    Error(&'a ErrorDecl),
    /// The parameters of a declared annotation.
    Annotation(&'a AnnotationDecl),
    /// The parameters of an operation, with the name of what offers it.
    Operation(&'a str, &'a Operation),
}

impl Owner<'_> {
    /// The name of what belongs to it.
    fn member(self, name: &str) -> String {
        match self {
            Owner::Package => name.to_owned(),
            Owner::Service(service) => format!("{}.{name}", service.name),
            Owner::Resource(resource) => format!("{}.{name}", resource.name),
            Owner::Type(decl) => format!("{}.{name}", decl.name),
            Owner::Error(error) => format!("{}.{name}", error.name),
            Owner::Annotation(decl) => format!("{}.{name}", decl.name),
            Owner::Operation(owner, operation) => format!("{owner}.{}.{name}", operation.name),
        }
    }
}

/// Something that has a name.
pub(crate) struct Declaration<'a> {
    pub kind: Kind,
    pub name: &'a str,
    pub docs: &'a str,
    pub span: Span,
    pub owner: Owner<'a>,
    pub deprecated: Option<&'a Deprecation>,
}

/// A type where it is used.
pub(crate) struct TypeUse<'a> {
    /// The type; inside a list or a map, that of an item.
    pub ty: &'a Type,
    /// The name of the field, parameter or refined scalar that has it.
    pub name: &'a str,
    pub span: Span,
    pub owner: Owner<'a>,
    /// The field or parameter; nothing for a refined scalar.
    pub field: Option<&'a Field>,
}

impl<'a> TypeUse<'a> {
    /// True for the whole type of a field, false inside a list or a map and for a refined scalar.
    pub fn of_field(&self) -> bool {
        self.field.is_some_and(|field| std::ptr::eq(&field.ty, self.ty))
    }

    /// The type of an item of this one.
    pub fn inner(&self, ty: &'a Type) -> TypeUse<'a> {
        TypeUse { ty, ..*self }
    }
}

/// An operation of a resource or of the service.
pub(crate) struct OperationNode<'a> {
    /// The resource; the service's own operations have none.
    pub resource: Option<&'a Resource>,
    /// The name of the resource or of the service.
    pub owner: &'a str,
    pub operation: &'a Operation,
}

/// A field that a list can be filtered or sorted by.
pub(crate) struct ListField<'a> {
    pub resource: &'a Resource,
    pub operation: &'a Operation,
    pub clause: Clause,
    pub path: &'a FieldPath,
    pub span: Span,
}

/// The clauses of a list that name fields which an index can serve.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clause {
    Filter,
    Sort,
}

/// A field or a parameter.
pub(crate) struct FieldNode<'a> {
    pub field: &'a Field,
    /// What it is: a field or a parameter.
    pub kind: Kind,
    pub owner: Owner<'a>,
}

/// A rule of a resource.
pub(crate) struct RuleNode<'a> {
    pub resource: &'a Resource,
    pub rule: &'a Rule,
}

/// An example of a resource.
pub(crate) struct ExampleNode<'a> {
    pub resource: &'a Resource,
    pub example: &'a Example,
}

/// An index of a resource.
pub(crate) struct IndexNode<'a> {
    pub resource: &'a Resource,
    pub index: &'a Index,
    /// Its place among the resource's indexes.
    pub position: usize,
}

impl Node for Declaration<'_> {
    fn span(&self) -> Span {
        self.span
    }

    fn symbol(&self) -> String {
        self.owner.member(self.name)
    }
}

impl Node for FieldNode<'_> {
    fn span(&self) -> Span {
        self.field.span
    }

    fn symbol(&self) -> String {
        self.owner.member(&self.field.name)
    }
}

impl Node for RuleNode<'_> {
    fn span(&self) -> Span {
        self.rule.span
    }

    fn symbol(&self) -> String {
        format!("{}.{}", self.resource.name, self.rule.name)
    }
}

impl Node for ExampleNode<'_> {
    fn span(&self) -> Span {
        self.example.span
    }

    fn symbol(&self) -> String {
        format!("{}.{}", self.resource.name, self.example.name)
    }
}

impl Node for TypeUse<'_> {
    fn span(&self) -> Span {
        self.span
    }

    fn symbol(&self) -> String {
        self.owner.member(self.name)
    }
}

impl Node for OperationNode<'_> {
    fn span(&self) -> Span {
        self.operation.span
    }

    fn symbol(&self) -> String {
        format!("{}.{}", self.owner, self.operation.name)
    }
}

impl Node for ListField<'_> {
    fn span(&self) -> Span {
        self.span
    }

    fn symbol(&self) -> String {
        Owner::Resource(self.resource).member(&self.operation.name)
    }
}

impl Node for IndexNode<'_> {
    fn span(&self) -> Span {
        self.index.span
    }

    fn symbol(&self) -> String {
        self.resource.name.clone()
    }
}

impl Node for Resource {
    fn span(&self) -> Span {
        self.span
    }

    fn symbol(&self) -> String {
        self.name.clone()
    }
}

impl Node for TypeDecl {
    fn span(&self) -> Span {
        self.span
    }

    fn symbol(&self) -> String {
        self.name.clone()
    }
}

impl Node for Ir {
    /// Of a library, which has no service, the beginning of its first file.
    fn span(&self) -> Span {
        match self.files.iter().position(|file| file.package.is_empty()) {
            Some(first) if self.is_library() => {
                Span::new(FileId(u32::try_from(first).unwrap_or(u32::MAX)), 0, 0)
            }
            _ => self.service.span,
        }
    }

    fn symbol(&self) -> String {
        self.service.name.clone()
    }
}

impl Node for ErrorDecl {
    fn span(&self) -> Span {
        self.span
    }

    fn symbol(&self) -> String {
        self.name.clone()
    }
}

impl Node for Service {
    fn span(&self) -> Span {
        self.span
    }

    fn symbol(&self) -> String {
        self.name.clone()
    }
}

impl Node for Allow {
    fn span(&self) -> Span {
        self.span
    }

    fn symbol(&self) -> String {
        String::new()
    }
}
