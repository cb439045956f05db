//! `testing.rs`: the server in memory with a typed call for each operation, for the tests of the user's crate.

use atlas9_ir::{Ir, Operation, Resource, ResourceId};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs;
use super::scope::{Scope, all, ident};
use super::signature::{Answer, Given, Signature};
use crate::names;

/// The module of the file.
pub(crate) const TESTING: &str = "testing";

/// The items of the file.
pub(crate) fn items(ir: &Ir, scope: &Scope) -> TokenStream {
    let resources = all(ir.resources.iter().map(|(id, resource)| of_resource(ir, scope, id, resource)));
    all([start(ir, scope), client(ir, scope), resources])
}

/// The names that the file defines.
pub(crate) fn taken(ir: &Ir) -> impl Iterator<Item = String> {
    std::iter::once("Client".to_owned()).chain(ir.resources.values().map(names::calls))
}

fn start(ir: &Ir, scope: &Scope) -> TokenStream {
    let (api, store, error) = (scope.own("api", "Api"), scope.runtime("Store"), scope.runtime("StartError"));
    let (call, result, ok) = (scope.prelude("FnOnce"), scope.prelude("Result"), scope.prelude("Ok"));
    let tester = tester(scope);
    let docs = docs::ours(&format!(
        "The service `{}` in memory with its code, called by somebody with every scope.\n\n# Errors\nWhat stands in the way, all of it.",
        ir.service.name
    ));
    quote! {
        #docs
        pub async fn start(code: impl #call(#store) -> #api) -> #result<Client, #error> {
            #ok(Client(#tester::start(|store| code(store).app()).await?))
        }
    }
}

fn tester(scope: &Scope) -> TokenStream {
    scope.item("atlas9_server::testing", "Tester")
}

/// The whole service, as one caller sees it.
fn client(ir: &Ir, scope: &Scope) -> TokenStream {
    let (tester, principal) = (tester(scope), scope.runtime("Principal"));
    let (deref, clone) = (scope.std("ops", "Deref"), scope.prelude("Clone"));
    let resources = all(ir.resources.values().map(|resource| {
        let (method, calls) = (ident(&names::module(resource)), ident(&names::calls(resource)));
        let docs = docs::ours(&format!("Calls of `{}`.", resource.name));
        quote!(#docs pub fn #method(&self) -> #calls<'_> { #calls(&self.0) })
    }));
    let operations = ir.service.operations.iter();
    let operations = all(operations
        .map(|operation| call(ir, scope, None, operation, &ident(&names::service_method(operation)))));
    quote! {
        /// The server, as one caller sees it. It has what every [`atlas9_server::testing::Tester`] has too: requests as they are, the time.
        pub struct Client(pub #tester);
        impl Client {
            /// The same server as this caller sees it, with these scopes and this tenant.
            #[must_use]
            pub fn as_caller(&self, caller: #principal) -> Client { Client(self.0.as_caller(caller)) }
            /// The same server as nobody in particular sees it.
            #[must_use]
            pub fn anonymous(&self) -> Client { Client(self.0.anonymous()) }
            /// The same, whose requests have a header: `If-Match`, `Idempotency-Key`.
            #[must_use]
            pub fn with_header(&self, name: &'static str, value: &str) -> Client {
                Client(self.0.with_header(name, value))
            }
            #resources
            #operations
        }
        impl #clone for Client {
            fn clone(&self) -> Client { Client(self.0.clone()) }
        }
        impl #deref for Client {
            type Target = #tester;
            fn deref(&self) -> &#tester { &self.0 }
        }
    }
}

fn of_resource(ir: &Ir, scope: &Scope, id: ResourceId, resource: &Resource) -> TokenStream {
    let (name, tester) = (ident(&names::calls(resource)), tester(scope));
    let docs = docs::ours(&format!("Calls of `{}`.", names::ty(resource)));
    let calls = all(resource.operations.iter().map(|operation| {
        let method = ident(&names::member(operation));
        call(ir, scope, Some(id), operation, &method)
    }));
    quote! {
        #docs
        pub struct #name<'t>(&'t #tester);
        impl #name<'_> { #calls }
    }
}

/// The typed call of an operation.
fn call(
    ir: &Ir,
    scope: &Scope,
    id: Option<ResourceId>,
    operation: &Operation,
    method: &Ident,
) -> TokenStream {
    let signature = Signature::of(ir, scope, id, operation);
    let (refusal, result) = (scope.item("atlas9_server::testing", "Refusal"), scope.prelude("Result"));
    let into = scope.value("IntoValue");
    let (argument, sent) = sent(scope, &signature);
    let arguments = signature.keys.iter().map(|(name, ty)| quote!(#name: #ty)).chain(argument);
    let keys = signature.keys.iter().map(|(name, _)| quote!(#into::into_value(#name)));
    let (call, answer) = answer(ir, scope, id, &signature);
    let (owner, name) = (id.map_or("", |id| ir.resources[id].name.as_str()), &operation.name);
    let docs = docs::part(&operation.docs, &format!("Calls `{}`.", operation.name));
    quote! {
        #docs
        pub async fn #method(&self, #(#arguments),*) -> #result<#answer, #refusal> {
            self.0.#call([#owner, #name], &[#(#keys),*], #sent).await
        }
    }
}

/// The argument beside the keys, and what is sent of it.
fn sent(scope: &Scope, signature: &Signature) -> (Option<TokenStream>, TokenStream) {
    let sent = scope.item("atlas9_server::testing", "Sent");
    let into = scope.value("IntoRecord");
    match &signature.input {
        None => (None, quote!(#sent::Nothing)),
        Some((Given::Body, ty)) => {
            (Some(quote!(input: #ty)), quote!(#sent::Record(#into::into_record(input))))
        }
        Some((Given::List, _)) => (Some(quote!(query: &str)), quote!(#sent::Query(query.to_owned()))),
        Some((Given::Force, _)) => (Some(quote!(force: bool)), quote!(#sent::Force(force))),
        Some((Given::Items, ty)) => {
            let items = quote!(items.into_iter().map(#into::into_record).collect());
            (Some(quote!(items: #ty)), quote!(#sent::Items(#items)))
        }
        Some((Given::Keys, ty)) => {
            let into = scope.value("IntoValue");
            let keys = quote!(ids.into_iter().map(#into::into_value).collect());
            (Some(quote!(ids: #ty)), quote!(#sent::Keys(#keys)))
        }
    }
}

/// The runtime's method that reads the answer, and the answer's type.
fn answer(ir: &Ir, scope: &Scope, id: Option<ResourceId>, signature: &Signature) -> (Ident, TokenStream) {
    let ty = &signature.answer_type;
    match signature.answer {
        Answer::Nothing => (ident("nothing"), quote!(())),
        Answer::Resource => (ident("record"), ty.clone()),
        Answer::Value => (ident("value"), ty.clone()),
        Answer::Several => (ident("batch"), ty.clone()),
        Answer::Page => {
            let listed = scope.item("atlas9_server::testing", "Listed");
            let of = id.map_or_else(|| quote!(()), |id| super::rust_type::resource(ir, scope, id));
            (ident("list"), quote!(#listed<#of>))
        }
    }
}
