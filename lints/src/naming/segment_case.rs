//! A path that an `at` writes in another casing than that of all others.

use atlas9_ir::{OperationKind, Service};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(operation), Check::Service(service)];

fn operation(_: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let operation = node.operation;
    let named = |segment: &str| segment == operation.name;
    if !matches!(operation.kind, OperationKind::Action(_)) {
        return None;
    }
    finding(&operation.path, named)
}

fn service(_: &Context<'_>, service: &Service) -> Option<Finding> {
    finding(&service.base_path, |_| false)
}

/// The first segment with another casing. What is the operation's own name is told of that.
fn finding(path: &str, named: impl Fn(&str) -> bool) -> Option<Finding> {
    let literal = path.split('/').filter(|segment| !segment.starts_with('{'));
    let wrong = literal.into_iter().find(|segment| !is_snake(segment) && !named(segment))?;
    Some(Finding::new(
        format!("`{wrong}` in the path `{path}` is not in snake_case, in which all other paths are"),
        "another casing",
        format!("write `{}`", heck::AsSnakeCase(wrong)),
    ))
}

fn is_snake(segment: &str) -> bool {
    !segment.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'-')
}
