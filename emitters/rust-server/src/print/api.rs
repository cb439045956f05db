//! `api.rs`: the builder of the whole service.

use atlas9_ir::{Ir, Resource};
use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, all, ident};
use super::{docs, operations};
use crate::names;

/// The names that the file defines.
pub(crate) fn taken() -> impl Iterator<Item = String> {
    std::iter::once("Api".to_owned())
}

/// The items of the file.
pub(crate) fn items(ir: &Ir, scope: &Scope) -> TokenStream {
    let (app, store, service) =
        (scope.runtime("App"), scope.runtime("Store"), scope.own("service", "SERVICE"));
    let resources = all(ir.resources.values().map(|resource| method(scope, resource)));
    let docs = docs::declared(
        "",
        &format!("The service `{}` on a database; then say what is code in it.", ir.service.name),
        &ir.place(ir.service.span),
    );
    let (operations, rest) = (operations::methods(ir, scope), rest(scope));
    quote! {
        #docs
        pub fn api(store: #store) -> Api { Api(#app::new(&#service, store)) }

        /// A server that is being put together.
        #[must_use]
        pub struct Api(#app);

        impl Api { #resources #operations #rest }
    }
}

fn method(scope: &Scope, resource: &Resource) -> TokenStream {
    let module = names::module(resource);
    let builder = scope.own(&module, &names::builder(resource));
    let (name, call) = (ident(&module), scope.prelude("FnOnce"));
    let docs = docs::ours(&format!("What is code in the operations of `{}`.", resource.name));
    quote! {
        #docs
        pub fn #name(self, code: impl #call(#builder) -> #builder) -> Self {
            Self(code(#builder(self.0)).0)
        }
    }
}

/// What every server has.
fn rest(scope: &Scope) -> TokenStream {
    let (app, authenticator, options) =
        (scope.runtime("App"), scope.runtime("Authenticator"), scope.runtime("Options"));
    let (server, error) = (scope.runtime("Server"), scope.runtime("StartError"));
    let (send, sync, result, any) =
        (scope.prelude("Send"), scope.prelude("Sync"), scope.prelude("Result"), scope.std("any", "Any"));
    quote! {
        /// Who finds the caller behind a bearer token or an API key.
        pub fn authenticator(self, authenticator: impl #authenticator) -> Self {
            Self(self.0.authenticator(authenticator))
        }

        /// Other settings.
        pub fn options(self, options: #options) -> Self { Self(self.0.options(options)) }

        /// Something that code gets back from the context by its type: a client, a queue.
        pub fn state<T: #any + #send + #sync>(self, state: T) -> Self { Self(self.0.state(state)) }

        /// The server without its types.
        pub fn app(self) -> #app { self.0 }

        /// Prepares the server.
        ///
        /// # Errors
        /// Everything that does not fit together, at once: an action without code, a missing authenticator.
        pub fn start(self) -> #result<#server, #error> { self.0.start() }
    }
}
