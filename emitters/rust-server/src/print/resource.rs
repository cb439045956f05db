//! A resource's file: its key, its shapes, its errors, its builder, what the server does by itself, its descriptor.

use atlas9_descriptor as descriptor;
use atlas9_ir::{Field, Ir, Operation, OperationKind, Resource, ResourceId};
use proc_macro2::TokenStream;
use quote::quote;

use super::descriptor::resource as described;
use super::scope::{Scope, all, ident};
use super::values::{Shape, Values};
use super::{builder, defaults, docs, errors, rust_type};
use crate::names;

/// The items of the file.
pub(crate) fn items(ir: &Ir, scope: &Scope, id: ResourceId, of: &descriptor::Resource) -> TokenStream {
    let resource = &ir.resources[id];
    let constant = ident(&names::descriptor(&resource.name));
    let (ty, value) = (scope.descriptor("Resource"), described(scope, of));
    let summary = docs::ours(&format!("What the server knows of `{}`.", names::ty(&resource.name)));
    let bodies = resource.operations.iter().map(|operation| body(ir, scope, resource, operation));
    let failures = resource
        .operations
        .iter()
        .filter(|operation| names::has_error(operation))
        .map(|operation| errors::of_operation(ir, scope, resource, operation));
    let parts = [
        key(ir, scope, resource),
        whole(ir, scope, resource),
        all(bodies),
        all(failures),
        builder::of_resource(ir, scope, id),
        quote!(#summary pub static #constant: #ty = #value;),
        defaults::functions(ir, scope, id),
    ];
    all(parts)
}

fn key(ir: &Ir, scope: &Scope, resource: &Resource) -> TokenStream {
    let Some(field) = resource.key() else { return TokenStream::new() };
    let docs = docs::ours(&format!("The key of a `{}`.", names::ty(&resource.name)));
    let (name, id) = (ident(&names::id(resource)), scope.value("Id"));
    let (of, key) = (ident(&names::ty(&resource.name)), rust_type::value(ir, scope, &field.ty));
    quote!(#docs pub type #name = #id<#of, #key>;)
}

fn whole(ir: &Ir, scope: &Scope, resource: &Resource) -> TokenStream {
    let values = Values {
        ir,
        scope,
        name: ident(&names::ty(&resource.name)),
        docs: docs::declared(&resource.docs, &format!("`{}`.", resource.name), &ir.place(resource.span)),
        fields: resource.fields.iter().enumerate().collect(),
        descriptor: fields_of(resource),
        key: Some(ident(&names::id(resource))),
        owner: None,
        shape: Shape::Whole,
    };
    all([values.print(), values.partial_eq()])
}

fn body(ir: &Ir, scope: &Scope, resource: &Resource, operation: &Operation) -> TokenStream {
    if !names::has_input(operation) {
        return TokenStream::new();
    }
    let (shape, fields, descriptor) = fields(resource, operation);
    let what = format!("The body of `{}` of `{}`.", operation.name, names::ty(&resource.name));
    let docs = docs::declared(&operation.docs, &what, &ir.place(operation.span));
    let name = ident(&names::input(resource, operation));
    let key = Some(ident(&names::id(resource)));
    let printed = Values { ir, scope, name, docs, fields, descriptor, key, owner: None, shape };
    printed.print()
}

/// What a missing field of the body means, its fields with their places in the record, and where they are described.
fn fields<'a>(
    resource: &'a Resource,
    operation: &'a Operation,
) -> (Shape, Vec<(usize, &'a Field)>, TokenStream) {
    let own = |taken: fn(&Field) -> bool| {
        resource.fields.iter().enumerate().filter(|(_, field)| taken(field)).collect()
    };
    match &operation.kind {
        OperationKind::Update => (Shape::Update, own(Field::updatable), fields_of(resource)),
        OperationKind::Replace => (Shape::Whole, own(Field::updatable), fields_of(resource)),
        OperationKind::Action(action) => {
            let (constant, operation) = (ident(&names::descriptor(&resource.name)), &operation.name);
            let params = quote!(#constant.params(#operation));
            (Shape::Whole, action.body().enumerate().collect(), params)
        }
        _ => (Shape::Whole, own(Field::creatable), fields_of(resource)),
    }
}

fn fields_of(resource: &Resource) -> TokenStream {
    let constant = ident(&names::descriptor(&resource.name));
    quote!(#constant.fields)
}
