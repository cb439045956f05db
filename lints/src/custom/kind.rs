//! The kinds of declaration that a custom lint can look at.

/// One kind, as `kind` has it in expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the words of the language")]
pub enum CustomKind {
    Service,
    Resource,
    Singleton,
    /// A structure or a refined scalar.
    Type,
    Union,
    Variant,
    Enum,
    /// Of an enum.
    Value,
    Error,
    Field,
    Parameter,
    /// `list`, `get`, ... of a resource, and those of the service.
    Operation,
    /// Of a resource or of all of them.
    Action,
    Query,
}

use CustomKind::{
    Action, Enum, Error, Field, Operation, Parameter, Query, Resource, Service, Singleton, Type, Union,
    Value, Variant,
};

/// The word that stands for every kind.
const ANY: &str = "any";

/// Every kind.
const ALL: &[CustomKind] = &[
    Service, Resource, Singleton, Type, Union, Variant, Enum, Value, Error, Field, Parameter, Operation,
    Action, Query,
];

impl CustomKind {
    /// Every word that `match` takes.
    pub fn words() -> Vec<&'static str> {
        ALL.iter().map(|kind| kind.word()).chain([ANY]).collect()
    }

    /// The kinds that a word of `match` stands for: a singleton is a resource too, an action or a query an operation.
    pub fn parse(word: &str) -> &'static [CustomKind] {
        match word {
            ANY => ALL,
            "resource" => &[Resource, Singleton],
            "operation" => &[Operation, Action, Query],
            _ => {
                let one = ALL.iter().position(|kind| kind.word() == word);
                one.and_then(|at| ALL.get(at..=at)).unwrap_or_default()
            }
        }
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Service => "service",
            Resource => "resource",
            Singleton => "singleton",
            Type => "type",
            Union => "union",
            Variant => "variant",
            Enum => "enum",
            Value => "value",
            Error => "error",
            Field => "field",
            Parameter => "parameter",
            Operation => "operation",
            Action => "action",
            Query => "query",
        }
    }

    /// What a declaration of this kind can belong to.
    pub(crate) fn owners(self) -> &'static [CustomKind] {
        match self {
            Variant => &[Union],
            Value => &[Enum],
            Field => &[Resource, Singleton, Type, Error],
            Parameter => &[Operation, Action, Query],
            Operation => &[Resource, Singleton, Service],
            Action | Query => &[Resource, Singleton],
            Service | Resource | Singleton | Type | Union | Enum | Error => &[],
        }
    }
}
