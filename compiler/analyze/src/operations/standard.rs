//! The standard operations of a resource.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Delete, HttpMethod, Managed, Operation, OperationKind};
use atlas9_syntax::ast;

use super::address::Address;
use super::clauses::Clauses;
use super::{Here, list};
use crate::resources::Entry;

/// The verbs, in the order of the language.
pub(super) const VERBS: [&str; 7] = ["list", "get", "create", "update", "replace", "delete", "undelete"];

/// The place of an operation among those of its resource: the verbs in their order, each with its batch, then all others.
pub(super) fn rank(operation: &Operation) -> usize {
    let of_verb = |name: &str| VERBS.iter().position(|verb| *verb == name).unwrap_or(VERBS.len()) * 2;
    match operation.kind {
        OperationKind::Action(_) => of_verb(""),
        OperationKind::BatchCreate(_) => of_verb("create") + 1,
        OperationKind::BatchDelete(_) => of_verb("delete") + 1,
        _ => of_verb(&operation.name),
    }
}

/// Reads a standard operation with its address. Nothing for any other one.
pub(super) fn read(
    here: Here<'_, '_>,
    ast: &ast::Operation,
    clauses: &Clauses<'_>,
    requires: &[String],
) -> Option<(OperationKind, Address)> {
    let (_, resource) = here.resource.filter(|_| ast.kind == ast::OperationKind::Standard)?;
    let kind = match ast.verb.text.as_str() {
        "list" => OperationKind::List(list::read(here, clauses, requires)),
        "get" => OperationKind::Get,
        "create" => OperationKind::Create,
        "update" => OperationKind::Update,
        "replace" => OperationKind::Replace,
        "delete" => OperationKind::Delete(Delete {
            soft_keep_days: clauses.soft_keep_days,
            force: clauses.force.is_some(),
        }),
        _ => {
            undeletable(here, resource, ast);
            OperationKind::Undelete
        }
    };
    let (method, path) = address(resource, &kind);
    Some((kind, Address { method, path, span: ast.verb.span, known: true }))
}

fn undeletable(here: Here<'_, '_>, resource: &Entry<'_>, ast: &ast::Operation) {
    let soft = here.shape.fields.iter().any(|field| field.managed == Some(Managed::DeletedAt));
    if !soft && !here.broken && !here.shape.open {
        here.at.report(
            Diagnostic::error(
                codes::E0441,
                format!("nothing of a deleted `{}` is kept", resource.ast.name.text),
            )
            .at(ast.verb.span, "cannot be taken back")
            .help("make the delete a soft one: `delete soft(keep: 30d)`"),
        );
    }
}

fn address(resource: &Entry<'_>, kind: &OperationKind) -> (HttpMethod, String) {
    let (all, one) = (&resource.path, &resource.item_path);
    match kind {
        OperationKind::List(_) => (HttpMethod::Get, all.clone()),
        OperationKind::Create => (HttpMethod::Post, all.clone()),
        OperationKind::Get => (HttpMethod::Get, one.clone()),
        OperationKind::Update => (HttpMethod::Patch, one.clone()),
        OperationKind::Replace => (HttpMethod::Put, one.clone()),
        OperationKind::Delete(_) => (HttpMethod::Delete, one.clone()),
        _ => (HttpMethod::Post, format!("{one}/undelete")),
    }
}
