//! The kinds of check: which nodes a lint looks at, and with which function.

use atlas9_diagnostics::SourceMap;
use atlas9_ir::{Allow, ErrorDecl, Ir, Resource, Service, TypeDecl};

use crate::facts::Facts;
use crate::finding::Finding;
use crate::node::{
    Declaration, ExampleNode, FieldNode, IndexNode, ListField, OperationNode, RuleNode, TypeUse,
};
use crate::{Config, LINTS, Lint};

/// What a check may know beside its node.
pub(crate) struct Context<'a> {
    pub ir: &'a Ir,
    /// To place fixes; what the API says is read from the model alone.
    pub sources: &'a SourceMap,
    pub config: &'a Config,
    /// What lints ask of the model as a whole, found out when the first one asks.
    pub facts: Facts<'a>,
}

/// Lints with what they do.
pub(crate) type Looks<F> = Vec<(&'static Lint, F)>;

/// One line a kind of node: how a lint names it, what it is, and the list of active lints that look at it.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident($node:ty) in $list:ident;)*) => {
        /// What a lint looks at.
        #[derive(Debug)]
        pub(crate) enum Check {
            $($(#[$doc])* $kind(fn(&Context<'_>, &$node) -> Option<Finding>),)*
        }

        /// The lints that are not allowed, by kind of node.
        #[derive(Default)]
        pub(crate) struct Active {
            $(pub $list: Looks<fn(&Context<'_>, &$node) -> Option<Finding>>,)*
        }

        impl Active {
            /// Those of the registry that a configuration leaves on.
            pub fn new(config: &Config) -> Active {
                let mut active = Active::default();
                let on = LINTS.iter().filter(|lint| config.of(lint).level().is_some());
                for (lint, check) in on.flat_map(|lint| lint.checks.iter().map(move |check| (lint, check))) {
                    match *check {
                        $(Check::$kind(look) => active.$list.push((lint, look)),)*
                    }
                }
                active
            }
        }
    };
}

kinds! {
    /// Every `@allow`.
    Allow(Allow) in allows;
    /// Everything that has a name: declarations, fields, parameters, operations, values of enums.
    Declaration(Declaration<'_>) in declarations;
    /// Declared errors.
    Error(ErrorDecl) in errors;
    /// The examples of resources.
    Example(ExampleNode<'_>) in examples;
    /// Fields and parameters.
    Field(FieldNode<'_>) in fields;
    /// Declared indexes.
    Index(IndexNode<'_>) in indexes;
    /// The fields that a list can be filtered and sorted by.
    ListField(ListField<'_>) in list_fields;
    /// Operations of resources and of the service.
    Operation(OperationNode<'_>) in operations;
    /// The model as a whole, once.
    Package(Ir) in packages;
    /// Resources.
    Resource(Resource) in resources;
    /// The rules of resources.
    Rule(RuleNode<'_>) in rules;
    /// The service; none in a library.
    Service(Service) in services;
    /// Declared types: structures, unions, enums and refined scalars.
    Type(TypeDecl) in types;
    /// The types of fields, parameters and refined scalars, those inside lists and maps too.
    TypeUse(TypeUse<'_>) in type_uses;
}
