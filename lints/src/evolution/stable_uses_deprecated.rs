//! Something current that leads to something that is on its way out.

use atlas9_diagnostics::Span;
use atlas9_ir::{Deprecation, OperationKind, Type, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{ListField, OperationNode, Owner, TypeUse};

pub(crate) const CHECKS: &[Check] =
    &[Check::TypeUse(in_type), Check::Operation(in_operation), Check::ListField(in_list)];

fn in_type(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    if is_deprecated(node.owner) || node.field.is_some_and(|field| field.deprecated.is_some()) {
        return None;
    }
    told(node.name, used(context, node.ty)?)
}

fn in_operation(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let operation = node.operation;
    if operation.deprecated.is_some() || node.resource.is_some_and(|resource| resource.deprecated.is_some()) {
        return None;
    }
    let raised = operation
        .raises
        .iter()
        .filter_map(|error| context.ir.errors.get(*error))
        .find_map(|error| Some((error.name.as_str(), error.span, error.deprecated.as_ref()?)));
    let answered = match &operation.kind {
        OperationKind::Action(action) => action.returns.as_ref().and_then(|ty| used(context, ty)),
        _ => None,
    };
    told(&operation.name, raised.or(answered)?)
}

fn in_list(context: &Context<'_>, node: &ListField<'_>) -> Option<Finding> {
    let field = context.ir.field(&node.resource.fields, node.path)?;
    let deprecation = field.deprecated.as_ref()?;
    if node.operation.deprecated.is_some() || node.resource.deprecated.is_some() {
        return None;
    }
    told(&node.operation.name, (&field.name, field.span, deprecation))
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

fn is_deprecated(owner: Owner<'_>) -> bool {
    match owner {
        Owner::Resource(resource) => resource.deprecated.is_some(),
        Owner::Type(decl) => decl.deprecated.is_some(),
        Owner::Error(error) => error.deprecated.is_some(),
        Owner::Operation(_, operation) => operation.deprecated.is_some(),
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
