//! The builder of a resource: a method for each operation, which takes the code of it.

use atlas9_ir::{Ir, Operation, OperationKind, Resource, ResourceId};
use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::scope::{Scope, all, ident};
use super::signature::{Answer, Signature};
use crate::names;

/// The builder with its methods.
pub(crate) fn of_resource(ir: &Ir, scope: &Scope, id: ResourceId) -> TokenStream {
    let resource = &ir.resources[id];
    let name = ident(&names::builder(resource));
    let what = format!("What is code in the operations of `{}`.", names::ty(resource));
    let docs = docs::ours(&what);
    let app = scope.runtime("App");
    // What a batch does is the code of another operation.
    let own = resource.operations.iter().filter(|operation| operation.kind.batch().is_none());
    let methods = own.map(|operation| method(ir, scope, Some(id), operation));
    let (methods, hooks) = (all(methods), hooks(scope, resource));
    quote! {
        #docs
        #[must_use]
        pub struct #name(pub(super) #app);
        impl #name { #methods #hooks }
    }
}

/// The method that takes the code of an operation of a resource, or of the service.
pub(crate) fn method(ir: &Ir, scope: &Scope, id: Option<ResourceId>, operation: &Operation) -> TokenStream {
    let resource = id.map(|id| &ir.resources[id]);
    let signature = Signature::of(ir, scope, id, operation);
    let arguments = signature.arguments();
    let (function, call) = match arguments.len() {
        0 => ("Function0", "call0"),
        1 => ("Function1", "call1"),
        2 => ("Function2", "call2"),
        3 => ("Function3", "call3"),
        _ => ("Function4", "call4"),
    };
    let (function, call) =
        (scope.item("atlas9_server::handler", function), scope.item("atlas9_server::handler", call));
    let Signature { answer_type, error, .. } = &signature;
    let (result, ok) = (scope.prelude("Result"), scope.prelude("Ok"));
    let (taken, output) = (signature.taken(scope), output(scope, signature.answer));
    let input = match (taken.is_empty(), signature.keys.is_empty()) {
        (true, _) => quote!(_),
        (false, true) => quote!(input),
        (false, false) => quote!(mut input),
    };
    let name = &operation.name;
    let (method, handler) = match resource {
        Some(Resource { name: resource, .. }) => {
            (names::override_method(operation), quote!(handler(#resource, #name, code)))
        }
        None => (names::service_method(operation), quote!(service_handler(#name, code))),
    };
    let method = ident(&method);
    let docs = docs::part(&operation.docs, &said(resource, operation));
    quote! {
        #docs
        pub fn #method<F>(self, code: F) -> Self
        where
            F: for<'a> #function<'a, #(#arguments,)* Answer = #result<#answer_type, #error>>,
        {
            let code = #call(code, |#input| #ok((#(#taken,)*)), #output);
            Self(self.0.#handler)
        }
    }
}

/// How an answer is given.
fn output(scope: &Scope, answer: Answer) -> TokenStream {
    let ty = scope.runtime("Output");
    match answer {
        Answer::Nothing => quote!(#ty::nothing),
        Answer::Resource => quote!(#ty::record),
        Answer::Value => quote!(#ty::value),
        Answer::Page => quote!(#ty::Page),
        // No code is asked for several.
        Answer::Several => quote!(#ty::nothing),
    }
}

fn said(resource: Option<&Resource>, operation: &Operation) -> String {
    let name = &operation.name;
    match (resource, &operation.kind) {
        (Some(resource), OperationKind::Action(action)) if !action.needs_code() => instead(resource, name),
        (None, _) | (_, OperationKind::Action(_)) => {
            format!("What `{name}` does. The server does not start without it.")
        }
        (Some(resource), _) => instead(resource, name),
    }
}

fn instead(resource: &Resource, name: &str) -> String {
    format!("Code for `{name}` of `{}` instead of what the server does by itself.", names::ty(resource))
}

fn hooks(scope: &Scope, resource: &Resource) -> TokenStream {
    let change = scope.runtime("Change");
    let (function, problem) = (scope.item("atlas9_server::handler", "Function1"), scope.runtime("Problem"));
    let result = scope.prelude("Result");
    let (future, send, sync) = (scope.std("future", "Future"), scope.prelude("Send"), scope.prelude("Sync"));
    let (call, name) = (scope.prelude("Fn"), &resource.name);
    let before = docs::ours(&format!(
        "Looks at each change of a `{}` before it is committed; a problem rolls it back and is answered.",
        names::ty(resource)
    ));
    let after = docs::ours(&format!(
        "Does something after each committed change of a `{}`. Answers do not wait for it.",
        names::ty(resource)
    ));
    quote! {
        #before
        pub fn before_commit<F>(self, code: F) -> Self
        where
            F: for<'a> #function<'a, #change, Answer = #result<(), #problem>>,
        {
            Self(self.0.before_commit(#name, code))
        }

        #after
        pub fn after_commit<F, T>(self, code: F) -> Self
        where
            F: #call(#change) -> T + #send + #sync + 'static,
            T: #future<Output = ()> + #send + 'static,
        {
            Self(self.0.after_commit(#name, code))
        }
    }
}
