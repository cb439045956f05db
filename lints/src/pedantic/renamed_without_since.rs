//! A new name, and nothing says since which version.

use atlas9_ir::{History, Resource, TypeDecl};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, OperationNode};

pub(crate) const CHECKS: &[Check] =
    &[Check::Field(field), Check::Operation(operation), Check::Resource(resource), Check::Type(decl)];

fn field(_: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    told(&node.field.name, &node.field.history)
}

fn operation(_: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    told(&node.operation.name, &node.operation.history)
}

fn resource(_: &Context<'_>, resource: &Resource) -> Option<Finding> {
    told(&resource.name, &resource.history)
}

fn decl(_: &Context<'_>, decl: &TypeDecl) -> Option<Finding> {
    told(&decl.name, &decl.history)
}

fn told(name: &str, history: &History) -> Option<Finding> {
    let renamed = history.renamed.as_ref().filter(|renamed| renamed.since.is_none())?;
    let finding = Finding::new(
        format!("nothing says since which version `{}` is called `{name}`", renamed.from),
        "no `since`",
        format!("add it: `@renamed(from: {}, since: \"1.3.0\")`", renamed.from),
    );
    Some(finding.at(renamed.span))
}
