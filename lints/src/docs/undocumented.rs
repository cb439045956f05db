//! A declaration without documentation.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Kind};
use crate::{OptionDefault, OptionSpec};

const ALSO: OptionSpec = OptionSpec {
    lint: "undocumented",
    name: "also",
    default: OptionDefault::Words(&[]),
    meaning: "what else must be documented: `field`, `parameter`, `value`, `variant`.",
};

/// Fields and the standard operations mostly say what they are; what else is declared does not.
const DOCUMENTED: &[Kind] = &[
    Kind::Service,
    Kind::Scope,
    Kind::Resource,
    Kind::Singleton,
    Kind::Type,
    Kind::Enum,
    Kind::Union,
    Kind::Error,
    Kind::Annotation,
    Kind::Action,
    Kind::CollectionAction,
    Kind::Query,
    Kind::Operation,
];

pub(crate) const OPTIONS: &[OptionSpec] = &[ALSO];

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let also = || context.config.words(&ALSO).iter().any(|kind| kind == node.kind.word());
    let silent = node.docs.trim().is_empty() && (DOCUMENTED.contains(&node.kind) || also());
    silent.then(|| {
        Finding::new(
            format!("the {} `{}` has no documentation", node.kind.word(), node.name),
            "what is it?",
            help(node.kind),
        )
    })
}

fn help(kind: Kind) -> &'static str {
    match kind {
        Kind::Scope => "say behind its name, in quotes, what it allows",
        _ => "say in a `///` line above it what it is",
    }
}
