//! A new name, and nothing says since which version.

use atlas9_ir::{ErrorDecl, History, Resource, TypeDecl, TypeDeclKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, OperationNode};

pub(crate) const CHECKS: &[Check] = &[
    Check::Error(error),
    Check::Field(field),
    Check::Operation(operation),
    Check::Resource(resource),
    Check::Type(decl),
];

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
    let members: Vec<Finding> = match &decl.kind {
        TypeDeclKind::Enum { values, .. } => {
            values.iter().filter_map(|value| member(decl, &value.name, &value.history)).collect()
        }
        TypeDeclKind::Union { variants, .. } => {
            variants.iter().filter_map(|variant| member(decl, &variant.name, &variant.history)).collect()
        }
        _ => Vec::new(),
    };
    Finding::several(told(&decl.name, &decl.history).into_iter().chain(members))
}

fn member(decl: &TypeDecl, name: &str, history: &History) -> Option<Finding> {
    Some(told(name, history)?.about(format!("{}.{name}", decl.name)))
}

fn error(_: &Context<'_>, error: &ErrorDecl) -> Option<Finding> {
    told(&error.name, &error.history)
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
