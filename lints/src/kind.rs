//! The kinds of declaration that lints and messages tell apart.

/// The kinds of declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Service,
    Scope,
    Resource,
    Singleton,
    Type,
    Union,
    /// The member that tells the variants of a union apart.
    Discriminator,
    /// Of a union.
    Variant,
    Enum,
    EnumValue,
    Error,
    /// A declared one.
    Annotation,
    Field,
    Parameter,
    /// `list`, `get`, ...
    Standard,
    Action,
    CollectionAction,
    Query,
    /// Of the service.
    Operation,
}

impl Kind {
    /// The word for messages.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Service => "service",
            Kind::Scope => "scope",
            Kind::Resource => "resource",
            Kind::Singleton => "singleton",
            Kind::Type => "type",
            Kind::Union => "union",
            Kind::Discriminator => "discriminator",
            Kind::Variant => "variant",
            Kind::Enum => "enum",
            Kind::EnumValue => "value",
            Kind::Error => "error",
            Kind::Annotation => "annotation",
            Kind::Field => "field",
            Kind::Parameter => "parameter",
            Kind::Standard | Kind::Operation => "operation",
            Kind::Action => "action",
            Kind::CollectionAction => "collection action",
            Kind::Query => "query",
        }
    }

    /// True for an operation that the schema gives its name.
    pub fn is_named_operation(self) -> bool {
        matches!(self, Kind::Action | Kind::CollectionAction | Kind::Query | Kind::Operation)
    }
}
