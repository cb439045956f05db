//! A resource's file: its key, its shapes, its errors, its builder, what the server does by itself, its descriptor.

use atlas9_descriptor as descriptor;
use atlas9_ir::{Ir, Resource, ResourceId};
use proc_macro2::TokenStream;
use quote::quote;

use super::descriptor::resource as described;
use super::scope::{Scope, all, ident};
use super::values::{Shape, Values};
use super::{builder, defaults, docs, errors, inputs, rust_type};
use crate::names;

/// The items of the file.
///
/// `is_value` tells that the resource is answered in lists, or may be null in an answer.
pub(crate) fn items(
    ir: &Ir,
    scope: &Scope,
    id: ResourceId,
    of: &descriptor::Resource,
    is_value: bool,
) -> TokenStream {
    let resource = &ir.resources[id];
    let constant = ident(&names::descriptor(&resource.name));
    let (ty, value) = (scope.descriptor("Resource"), described(scope, of));
    let summary = docs::ours(&format!("What the server knows of `{}`.", names::ty(resource)));
    let bodies =
        resource.operations.iter().map(|operation| inputs::of_resource(ir, scope, resource, operation));
    let failures = resource
        .operations
        .iter()
        .filter(|operation| names::has_error(operation))
        .map(|operation| errors::of_operation(ir, scope, Some(resource), operation));
    let parts = [
        key(ir, scope, resource),
        whole(ir, scope, resource),
        if is_value { as_value(scope, resource) } else { TokenStream::new() },
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
    let docs = docs::ours(&format!("The key of a `{}`.", names::ty(resource)));
    let (name, id) = (ident(&names::id(resource)), scope.value("Id"));
    let (of, key) = (ident(&names::ty(resource)), rust_type::value(ir, scope, &field.ty));
    quote!(#docs pub type #name = #id<#of, #key>;)
}

fn whole(ir: &Ir, scope: &Scope, resource: &Resource) -> TokenStream {
    let values = Values {
        ir,
        scope,
        name: ident(&names::ty(resource)),
        docs: docs::declared(&resource.docs, &format!("`{}`.", resource.name), &ir.place(resource.span)),
        fields: resource.fields.iter().enumerate().collect(),
        descriptor: fields_of(resource),
        key: resource.key().map(|_| ident(&names::id(resource))),
        owner: None,
        shape: Shape::Whole,
    };
    all([values.print(), values.partial_eq()])
}

/// A list of the resource is a value, so each of them is.
fn as_value(scope: &Scope, resource: &Resource) -> TokenStream {
    let name = ident(&names::ty(resource));
    let (into, value, into_record) =
        (scope.value("IntoValue"), scope.value("Value"), scope.value("IntoRecord"));
    let (from, from_record, record) =
        (scope.value("FromValue"), scope.value("FromRecord"), scope.value("Record"));
    let (result, mismatch) = (scope.prelude("Result"), scope.value("Mismatch"));
    quote! {
        impl #from for #name {
            fn from_value(value: #value) -> #result<#name, #mismatch> {
                #from_record::from_record(<#record as #from>::from_value(value)?)
            }
        }
        impl #into for #name {
            fn into_value(self) -> #value { #value::Record(#into_record::into_record(self)) }
        }
    }
}

fn fields_of(resource: &Resource) -> TokenStream {
    let constant = ident(&names::descriptor(&resource.name));
    quote!(#constant.fields)
}
