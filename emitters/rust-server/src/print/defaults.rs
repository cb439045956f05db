//! What the server does by itself, as functions that code of the user's can call.

use atlas9_ir::{Ir, Operation, OperationKind, Resource, ResourceId};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs;
use super::scope::{Scope, all, ident};
use super::signature::{Answer, Given, Signature};
use crate::names;

/// A function for each operation that the server can do by itself.
pub(crate) fn functions(ir: &Ir, scope: &Scope, id: ResourceId) -> TokenStream {
    let resource = &ir.resources[id];
    let able = resource.operations.iter().filter(|operation| names::has_default(ir, id, operation));
    all(able.map(|operation| function(ir, scope, id, resource, operation)))
}

fn function(
    ir: &Ir,
    scope: &Scope,
    id: ResourceId,
    resource: &Resource,
    operation: &Operation,
) -> TokenStream {
    let signature = Signature::of(ir, scope, Some(id), operation);
    let Signature { answer_type, .. } = &signature;
    let (cx, result, problem) = (scope.runtime("Cx"), scope.prelude("Result"), scope.runtime("Problem"));
    let keys = signature.keys.iter().map(|(name, ty)| quote!(#name: #ty));
    let input = signature.input.as_ref().map(|(given, ty)| match given {
        Given::Force => quote!(force: #ty),
        Given::Body | Given::List | Given::Items | Given::Keys => quote!(input: #ty),
    });
    let arguments = keys.chain(input);
    let body = body(scope, &signature, resource, operation);
    let text = format!("`{}` of `{}` as the server does it by itself.", operation.name, names::ty(resource));
    let docs = docs::ours(&format!("{text}\n\n# Errors\nWith what the caller is answered instead."));
    let name = ident(&names::member(operation));
    quote! {
        #docs
        pub async fn #name(cx: &mut #cx, #(#arguments),*) -> #result<#answer_type, #problem> { #body }
    }
}

fn body(scope: &Scope, signature: &Signature, resource: &Resource, operation: &Operation) -> TokenStream {
    let constant = ident(&names::descriptor(&resource.name));
    let call = ident(match &operation.kind {
        OperationKind::Action(_) => "action",
        OperationKind::Delete(delete) if delete.force => "delete_with",
        _ => operation.name.as_str(),
    });
    let call = quote!(::atlas9_server::default::#call);
    let into = scope.value("IntoRecord");
    let keys: Vec<_> = signature.keys.iter().map(|(name, _)| name).collect();
    let path = path(scope, &keys);
    let done = match &operation.kind {
        OperationKind::List(_) => return quote!(#call(cx, &#constant, #path, &input).await),
        OperationKind::Create => return create(scope, resource, &call, &path),
        OperationKind::Delete(delete) if delete.force => {
            quote!(#call(cx, &#constant, #path, force).await?)
        }
        // The server has no batch by itself: it does the single operation again and again.
        OperationKind::BatchCreate(_) | OperationKind::BatchDelete(_) => return TokenStream::new(),
        OperationKind::Get | OperationKind::Delete(_) | OperationKind::Undelete => {
            quote!(#call(cx, &#constant, #path).await?)
        }
        OperationKind::Update | OperationKind::Replace => {
            quote!(#call(cx, &#constant, #path, #into::into_record(input)).await?)
        }
        OperationKind::Action(action) => {
            let name = &operation.name;
            let params = match action.params.is_empty() {
                true => {
                    let record = scope.value("Record");
                    quote!(#record::new(&[]))
                }
                false => quote!(#into::into_record(input)),
            };
            quote!(#call(cx, &#constant, #name, #path, #params).await?)
        }
    };
    let may_be_nothing = matches!(operation.kind, OperationKind::Delete(_));
    given(scope, signature.answer, &done, may_be_nothing)
}

/// A created row also holds what the server gives: keys, times, defaults.
fn create(scope: &Scope, resource: &Resource, call: &TokenStream, parents: &TokenStream) -> TokenStream {
    let constant = ident(&names::descriptor(&resource.name));
    let (into, from, ok) = (scope.value("IntoRecord"), scope.value("FromRecord"), scope.prelude("Ok"));
    quote! {
        let record = #into::into_record(input);
        let record = ::atlas9_server::default::prepared(cx, &#constant, #parents, record)?;
        let record = #call(cx, &#constant, record).await?;
        #ok(#from::from_record(record)?)
    }
}

fn path(scope: &Scope, keys: &[&Ident]) -> TokenStream {
    let into = scope.value("IntoValue");
    quote!(&[#(#into::into_value(#keys)),*])
}

/// What the server did as the function's answer.
fn given(scope: &Scope, answer: Answer, done: &TokenStream, may_be_nothing: bool) -> TokenStream {
    let (ok, from) = (scope.prelude("Ok"), scope.value("FromRecord"));
    match answer {
        Answer::Nothing => quote!(#done; #ok(())),
        _ if may_be_nothing => {
            let problem = scope.runtime("Problem");
            quote! {
                let record = #done.ok_or_else(|| #problem::internal("the server answered nothing"))?;
                #ok(#from::from_record(record)?)
            }
        }
        _ => quote!(let record = #done; #ok(#from::from_record(record)?)),
    }
}
