//! What an operation is given beside keys: the body of a create, an update or a replace, the parameters of an action.

use atlas9_ir::{Field, Ir, Operation, OperationKind, Resource};
use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::scope::{Scope, ident};
use super::values::{Shape, Values};
use crate::names;

/// The input of an operation of a resource, or nothing where it has none.
pub(crate) fn of_resource(ir: &Ir, scope: &Scope, resource: &Resource, operation: &Operation) -> TokenStream {
    let constant = ident(&names::descriptor(&resource.name));
    let own = |taken: fn(&Field) -> bool| {
        resource.fields.iter().enumerate().filter(|(_, field)| taken(field)).collect()
    };
    let (shape, fields): (Shape, Vec<(usize, &Field)>) = match &operation.kind {
        OperationKind::Create => (Shape::Whole, own(Field::creatable)),
        OperationKind::Update => (Shape::Update, own(Field::updatable)),
        OperationKind::Replace => (Shape::Whole, own(Field::updatable)),
        OperationKind::Action(_) => {
            let name = &operation.name;
            return of_action(ir, scope, Some(resource), operation, quote!(#constant.params(#name)));
        }
        OperationKind::List(_)
        | OperationKind::Get
        | OperationKind::Delete(_)
        | OperationKind::Undelete
        | OperationKind::BatchCreate(_)
        | OperationKind::BatchDelete(_) => return TokenStream::new(),
    };
    let what = format!("The body of `{}` of `{}`.", operation.name, names::ty(resource));
    let values = Values {
        ir,
        scope,
        name: ident(&names::input(Some(resource), operation)),
        docs: docs::declared(&operation.docs, &what, &ir.place(operation.span)),
        fields,
        descriptor: quote!(#constant.fields),
        key: resource.key().map(|_| ident(&names::id(resource))),
        owner: None,
        shape,
    };
    values.print()
}

/// The parameters of an action, or nothing where it has none. `described` is the expression for their descriptors.
pub(crate) fn of_action(
    ir: &Ir,
    scope: &Scope,
    resource: Option<&Resource>,
    operation: &Operation,
    described: TokenStream,
) -> TokenStream {
    let OperationKind::Action(action) = &operation.kind else { return TokenStream::new() };
    if action.params.is_empty() {
        return TokenStream::new();
    }
    let what = match resource {
        Some(resource) => {
            format!("What `{}` of `{}` is given.", operation.name, names::ty(resource))
        }
        None => format!("What `{}` is given.", operation.name),
    };
    let values = Values {
        ir,
        scope,
        name: ident(&names::input(resource, operation)),
        docs: docs::declared(&operation.docs, &what, &ir.place(operation.span)),
        fields: action.params.iter().map(|param| &param.field).enumerate().collect(),
        descriptor: described,
        key: None,
        owner: None,
        shape: Shape::Whole,
    };
    values.print()
}
