//! Something current that leads to something that is on its way out.

use atlas9_diagnostics::Span;
use atlas9_ir::{
    Deprecation, ErrorId, OperationKind, Resource, Service, Type, TypeDecl, TypeDeclKind, TypeKind,
};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{OperationNode, Owner, TypeUse};

pub(crate) const CHECKS: &[Check] = &[
    Check::TypeUse(in_type),
    Check::Operation(in_operation),
    Check::Service(in_service),
    Check::Resource(in_resource),
    Check::Type(in_union),
];

fn in_type(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    if is_silent(node.owner) || node.field.is_some_and(|field| field.deprecated.is_some()) {
        return None;
    }
    told(node.name, used(context, node.ty)?)
}

fn in_operation(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let operation = node.operation;
    let leaves = node.resource.is_some_and(|resource| resource.deprecated.is_some());
    if leaves || operation.deprecated.is_some() || operation.kind.batch().is_some() {
        return None;
    }
    let raised = raised(context, &operation.raises).filter_map(|used| told(&operation.name, used));
    let OperationKind::Action(action) = &operation.kind else { return Finding::several(raised) };
    let params = action.params.iter().map(|param| &param.field).filter(|field| field.deprecated.is_none());
    let taken = params.filter_map(|field| {
        let symbol = || format!("{}.{}.{}", node.owner, operation.name, field.name);
        Some(told(&field.name, inside(context, &field.ty)?)?.at(field.span).about(symbol()))
    });
    let answered = action.returns.as_ref().and_then(|ty| told(&operation.name, inside(context, ty)?));
    Finding::several(raised.chain(taken).chain(answered))
}

fn in_service(context: &Context<'_>, service: &Service) -> Option<Finding> {
    Finding::several(raised(context, &service.raises).filter_map(|used| told(&service.name, used)))
}

fn in_resource(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let parent = context.ir.resources.get(resource.parent?)?;
    let deprecation = parent.deprecated.as_ref().filter(|_| resource.deprecated.is_none())?;
    told(&resource.name, (&parent.name, parent.span, deprecation))
}

fn in_union(context: &Context<'_>, decl: &TypeDecl) -> Option<Finding> {
    let TypeDeclKind::Union { variants, .. } = &decl.kind else { return None };
    if decl.deprecated.is_some() {
        return None;
    }
    let current = variants.iter().filter(|variant| variant.deprecated.is_none());
    Finding::several(current.filter_map(|variant| {
        let structure = context.ir.types.get(variant.structure)?;
        let used = (structure.name.as_str(), structure.span, structure.deprecated.as_ref()?);
        Some(told(&variant.name, used)?.at(variant.span).about(format!("{}.{}", decl.name, variant.name)))
    }))
}

/// The deprecated ones of some errors.
fn raised<'a>(context: &'a Context<'_>, errors: &'a [ErrorId]) -> impl Iterator<Item = Used<'a>> + 'a {
    let errors = errors.iter().filter_map(|error| context.ir.errors.get(*error));
    errors.filter_map(|error| Some((error.name.as_str(), error.span, error.deprecated.as_ref()?)))
}

/// The deprecated declaration that a type names, or is a list or a map of.
fn inside<'a>(context: &'a Context<'_>, ty: &'a Type) -> Option<Used<'a>> {
    match &ty.kind {
        TypeKind::List { item: inner, .. } | TypeKind::Map { value: inner, .. } => inside(context, inner),
        _ => used(context, ty),
    }
}

type Used<'a> = (&'a str, Span, &'a Deprecation);

/// The deprecated declaration that a type names itself; what stands inside a list or a map is a use of its own.
fn used<'a>(context: &'a Context<'_>, ty: &'a Type) -> Option<Used<'a>> {
    match &ty.kind {
        TypeKind::Named(id) => {
            let decl = context.ir.types.get(*id)?;
            Some((&decl.name, decl.span, decl.deprecated.as_ref()?))
        }
        TypeKind::Ref(id) => {
            let resource = context.ir.resources.get(*id)?;
            Some((&resource.name, resource.span, resource.deprecated.as_ref()?))
        }
        _ => None,
    }
}

/// True for what has nothing to be told here.
fn is_silent(owner: Owner<'_>) -> bool {
    match owner {
        Owner::Resource(resource) => resource.deprecated.is_some(),
        Owner::Type(decl) => decl.deprecated.is_some(),
        Owner::Error(error) => error.deprecated.is_some(),
        // Parameters are looked at with their operation, which knows its resource.
        Owner::Operation(..) => true,
        Owner::Package | Owner::Service(_) | Owner::Annotation(_) => false,
    }
}

fn told(user: &str, (name, span, deprecation): Used<'_>) -> Option<Finding> {
    let help = match &deprecation.replacement {
        Some(replacement) => format!("use `{replacement}`, which replaces it, or deprecate `{user}` too"),
        None => format!("use something that stays, or deprecate `{user}` too"),
    };
    let finding = Finding::new(
        format!("`{user}` stays, but leads to `{name}`, which is deprecated"),
        "leads to what will go",
        help,
    );
    Some(finding.and(span, "deprecated here"))
}
