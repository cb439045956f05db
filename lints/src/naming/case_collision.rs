//! Two names that differ in nothing but case and underscores.

use atlas9_diagnostics::Span;
use atlas9_ir::{ErrorDecl, Field, Ir, OperationKind, Resource, TypeDecl, TypeDeclKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[
    Check::Error(error),
    Check::Operation(operation),
    Check::Package(package),
    Check::Resource(resource),
    Check::Type(type_decl),
];

fn package(_: &Context<'_>, ir: &Ir) -> Option<Finding> {
    let types = ir.types.values().map(|decl| (decl.name.as_str(), decl.span));
    let resources = ir.resources.values().map(|resource| (resource.name.as_str(), resource.span));
    let errors = ir.errors.values().map(|error| (error.name.as_str(), error.span));
    let annotations = ir.annotations.values().map(|decl| (decl.name.as_str(), decl.span));
    let operations = ir.service.operations.iter().map(|operation| (operation.name.as_str(), operation.span));
    let mut found = collisions("", types.chain(resources).chain(errors));
    found.extend(collisions("", annotations));
    found.extend(collisions(&ir.service.name, operations));
    // What another package declares comes first or not at all.
    Finding::several(found.into_iter().filter(|finding| finding.span.is_none_or(|span| !ir.is_foreign(span))))
}

fn resource(_: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let own = resource.operations.iter().filter(|operation| operation.kind.batch().is_none());
    let operations = own.map(|operation| (operation.name.as_str(), operation.span));
    let mut found = collisions(&resource.name, fields(&resource.fields));
    found.extend(collisions(&resource.name, operations));
    Finding::several(found)
}

fn error(_: &Context<'_>, error: &ErrorDecl) -> Option<Finding> {
    Finding::several(collisions(&error.name, fields(&error.fields)))
}

fn type_decl(_: &Context<'_>, decl: &TypeDecl) -> Option<Finding> {
    Finding::several(match &decl.kind {
        TypeDeclKind::Structure { fields: members, .. } => collisions(&decl.name, fields(members)),
        TypeDeclKind::Enum { values, .. } => {
            collisions(&decl.name, values.iter().map(|value| (value.name.as_str(), value.span)))
        }
        TypeDeclKind::Union { variants, .. } => {
            collisions(&decl.name, variants.iter().map(|variant| (variant.name.as_str(), variant.span)))
        }
        TypeDeclKind::Alias(_) => return None,
    })
}

fn operation(_: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::Action(action) = &node.operation.kind else { return None };
    let owner = &node.operation.name;
    Finding::several(collisions(owner, fields(action.params.iter().map(|param| &param.field))))
}

/// What the compiler added is nobody's to mend.
fn fields<'a>(fields: impl IntoIterator<Item = &'a Field>) -> impl Iterator<Item = (&'a str, Span)> {
    let own = fields.into_iter().filter(|field| !field.implied);
    own.map(|field| (field.name.as_str(), field.span))
}

/// Names that are one with another, by their place.
fn collisions<'a>(owner: &str, names: impl Iterator<Item = (&'a str, Span)>) -> Vec<Finding> {
    let mut names: Vec<_> = names.map(|(name, span)| (hash(name), span, name)).collect();
    names.sort_unstable();
    let pairs = names.windows(2).filter_map(|pair| match pair {
        [(one, first, name), (two, second, other)] if one == two && name != other => {
            folded(name).eq(folded(other)).then(|| finding(owner, (name, *first), (other, *second)))
        }
        _ => None,
    });
    pairs.collect()
}

fn finding(owner: &str, (first, first_span): (&str, Span), (name, span): (&str, Span)) -> Finding {
    let finding = Finding::new(
        format!("`{first}` and `{name}` differ in nothing but case and underscores"),
        "nearly the same name",
        "choose names that differ in a word",
    );
    let symbol = if owner.is_empty() { name.to_owned() } else { format!("{owner}.{name}") };
    finding.at(span).about(symbol).and(first_span, "the other one")
}

/// The letters and digits of a name without their case.
fn folded(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase())
}

/// FNV-1a of that: most names are told apart by it, and none has to be written down.
fn hash(name: &str) -> u64 {
    folded(name)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
