//! The groups of lints, each with its level.

use crate::{Profile, Setting};

/// A group of lints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// What cannot have been meant.
    Correctness,
    /// What a database that is spread over machines asks for.
    Distributed,
    /// Documentation.
    Docs,
    /// What clients are told when something fails.
    Errors,
    /// Deprecation and versions.
    Evolution,
    /// Names.
    Naming,
    /// Lists: pages, filters, sorting.
    Pagination,
    /// Matters of taste.
    Pedantic,
    /// Who may do what, and what must not leak.
    Security,
    /// Resources, their operations and their types.
    Shape,
    /// Tables and indexes.
    Storage,
}

impl Group {
    /// All groups, by name.
    pub const ALL: [Group; 11] = [
        Group::Correctness,
        Group::Distributed,
        Group::Docs,
        Group::Errors,
        Group::Evolution,
        Group::Naming,
        Group::Pagination,
        Group::Pedantic,
        Group::Security,
        Group::Shape,
        Group::Storage,
    ];

    /// Its name, in configurations and as a folder.
    pub fn name(self) -> &'static str {
        match self {
            Group::Correctness => "correctness",
            Group::Distributed => "distributed",
            Group::Docs => "docs",
            Group::Errors => "errors",
            Group::Evolution => "evolution",
            Group::Naming => "naming",
            Group::Pagination => "pagination",
            Group::Pedantic => "pedantic",
            Group::Security => "security",
            Group::Shape => "shape",
            Group::Storage => "storage",
        }
    }

    /// What its lints are about, one sentence.
    pub fn summary(self) -> &'static str {
        match self {
            Group::Correctness => "What cannot have been meant.",
            Group::Distributed => "What a database that is spread over machines asks for.",
            Group::Docs => "Documentation.",
            Group::Errors => "What clients are told when something fails.",
            Group::Evolution => "Deprecation and versions.",
            Group::Naming => "Names.",
            Group::Pagination => "Lists: pages, filters, sorting.",
            Group::Pedantic => "Matters of taste, and what only some services need.",
            Group::Security => "Who may do what, and what must not leak.",
            Group::Shape => "Resources, their operations and their types.",
            Group::Storage => "Tables and indexes.",
        }
    }

    /// The level of its lints in a profile where nobody sets one.
    pub fn level(self, profile: Profile) -> Setting {
        match (self, profile) {
            (Group::Correctness, _) => Setting::Deny,
            (Group::Distributed, Profile::Distributed) | (Group::Pedantic, Profile::Strict) => Setting::Warn,
            (Group::Distributed | Group::Pedantic, _)
            | (Group::Docs | Group::Naming | Group::Shape, Profile::Relaxed) => Setting::Allow,
            _ => Setting::Warn,
        }
    }
}
