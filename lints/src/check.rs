//! The kinds of check: which nodes a lint looks at, and with which function.

use std::collections::BTreeSet;

use atlas9_diagnostics::SourceMap;
use atlas9_ir::{Allow, ErrorDecl, Ir, Resource, Service};

use crate::finding::Finding;
use crate::node::{Declaration, IndexNode, ListField, OperationNode, TypeUse};
use crate::words::Snakes;
use crate::{Config, Date, LINTS, Lint};

/// What a check may know beside its node.
pub(crate) struct Context<'a> {
    pub ir: &'a Ir,
    /// To place fixes; what the API says is read from the model alone.
    pub sources: &'a SourceMap,
    pub today: Option<Date>,
    /// The names of linters of others.
    pub linters: &'a BTreeSet<String>,
    /// Resources by their name in snake_case.
    pub resources: Snakes<'a>,
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
    /// Declared indexes.
    Index(IndexNode<'_>) in indexes;
    /// The fields that a list can be filtered and sorted by.
    ListField(ListField<'_>) in list_fields;
    /// Operations of resources and of the service.
    Operation(OperationNode<'_>) in operations;
    /// Resources.
    Resource(Resource) in resources;
    /// The service; none in a library.
    Service(Service) in services;
    /// The types of fields, parameters and refined scalars, those inside lists and maps too.
    TypeUse(TypeUse<'_>) in type_uses;
}
