//! A resource that is called by a verb, or a path that says again what the method says.

use atlas9_ir::{HttpMethod, OperationKind, Resource};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::spelling::words;
use crate::{OptionDefault, OptionSpec};

const VERBS: OptionSpec = OptionSpec {
    lint: "verb_in_path",
    name: "verbs",
    default: OptionDefault::Words(&[
        "add", "assign", "cancel", "create", "delete", "edit", "fetch", "find", "generate", "get", "insert",
        "make", "manage", "modify", "perform", "remove", "retrieve", "send", "submit", "update", "verify",
    ]),
    meaning: "verbs that the name of a resource must not begin with.",
};

/// Of these, words that begin names of things too: `AddOn`, `CancelReason`, `UpdateChannel`. In front of a resource they are verbs.
const ALSO_NOUNS: &[&str] =
    &["add", "cancel", "edit", "find", "insert", "make", "send", "submit", "update", "verify"];

/// What the method GET says.
const READS: &[&str] = &["fetch", "get", "load", "read", "retrieve"];

pub(crate) const OPTIONS: &[OptionSpec] = &[VERBS];

pub(crate) const CHECKS: &[Check] = &[Check::Operation(operation), Check::Resource(resource)];

fn resource(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let mut own = words(&resource.name);
    let verb = own.next().filter(|word| word.is_one_of(context.config.words(&VERBS)))?;
    let rest = own.next();
    if verb.is_one_of(ALSO_NOUNS) {
        let thing = heck::AsSnakeCase(resource.name.get(rest?.start..)?).to_string();
        context.facts.resources().get(thing.as_str())?;
    }
    Some(Finding::new(
        format!("the resource `{}` is called by a verb", resource.name),
        "not a thing",
        match rest {
            Some(next) => format!(
                "name the thing, as in `{}`, and declare what is done with it as an operation or an action",
                &resource.name[next.start..]
            ),
            None => "name the thing that is made or changed, and declare what is done with it as an action"
                .to_owned(),
        },
    ))
}

fn operation(_: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let operation = node.operation;
    let reads = matches!(operation.kind, OperationKind::Action(_)) && operation.method == HttpMethod::Get;
    let segment = operation.path.rsplit('/').find(|segment| !segment.starts_with('{'))?;
    let mut own = words(segment);
    let verb = own.next().filter(|word| reads && word.is_one_of(READS))?;
    let next = own.next()?;
    Some(Finding::new(
        format!("`GET {}` says twice that it reads", operation.path),
        "`GET` says that",
        format!("leave `{}_` away: `{}`", verb.text, &segment[next.start..]),
    ))
}
