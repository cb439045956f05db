//! An action that does what an operation of the language does, under another name.

use atlas9_ir::{ActionTarget, OperationKind, Resource};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::{OptionDefault, OptionSpec};

const ALLOWED: OptionSpec = OptionSpec {
    lint: "verb_synonym",
    name: "allowed",
    default: OptionDefault::Words(&[]),
    meaning: "names that mean something of their own here, such as `modify`.",
};

/// Words with the operation that they mean, for each target of an action.
const OF_ITEM: &[(&str, &str)] = &[
    ("change", "update"),
    ("destroy", "delete"),
    ("edit", "update"),
    ("erase", "delete"),
    ("fetch", "get"),
    ("modify", "update"),
    ("patch", "update"),
    ("read", "get"),
    ("remove", "delete"),
    ("restore", "undelete"),
    ("retrieve", "get"),
];
const OF_COLLECTION: &[(&str, &str)] =
    &[("add", "create"), ("insert", "create"), ("make", "create"), ("new", "create"), ("post", "create")];
const OF_QUERY: &[(&str, &str)] = &[
    ("all", "list"),
    ("fetch", "list"),
    ("fetch_all", "list"),
    ("find", "list"),
    ("find_all", "list"),
    ("get_all", "list"),
    ("index", "list"),
    ("list_all", "list"),
    ("read", "list"),
    ("retrieve", "list"),
];

pub(crate) const OPTIONS: &[OptionSpec] = &[ALLOWED];

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let (resource, operation) = (node.resource?, node.operation);
    let OperationKind::Action(action) = &operation.kind else { return None };
    let synonyms = match action.target {
        ActionTarget::Item => OF_ITEM,
        ActionTarget::Collection => OF_COLLECTION,
        ActionTarget::Query => OF_QUERY,
        ActionTarget::Service => return None,
    };
    let (_, standard) = synonyms.iter().find(|(word, _)| is(&operation.name, word, resource))?;
    let impossible = resource.singleton && !matches!(*standard, "get" | "update");
    if impossible || context.config.words(&ALLOWED).iter().any(|word| word == operation.name) {
        return None;
    }
    Some(Finding::new(
        format!("`{}` is another word for `{standard}`", operation.name),
        format!("sounds like `{standard}`"),
        format!("declare `{standard}`, or call it by what it does beside that"),
    ))
}

/// True for `remove`, `remove_book` and `remove_books`.
fn is(name: &str, word: &str, resource: &Resource) -> bool {
    let Some(rest) = name.strip_prefix(word) else { return false };
    let thing = rest.strip_prefix('_');
    rest.is_empty() || thing.is_some_and(|thing| thing == resource.snake || thing == resource.plural)
}
