//! The service and its errors.

use atlas9_descriptor::{ErrorType, Service};
use proc_macro2::TokenStream;
use quote::quote;

use super::{field, operation, option, texts};
use crate::print::literal;
use crate::print::scope::{Scope, ident};

/// What stands in the files of other emitters: the code reads it at compile time instead of repeating it.
pub(crate) struct Embedded {
    /// The OpenAPI document.
    pub(crate) openapi: TokenStream,
    /// The page of the reference.
    pub(crate) docs: TokenStream,
    /// Migrations for SQLite.
    pub(crate) sqlite: TokenStream,
    /// Migrations for PostgreSQL.
    pub(crate) postgres: TokenStream,
}

/// The value of the service's `static`; `resources` and `errors` are the values of these or the paths to them.
pub(crate) fn service(
    scope: &Scope,
    service: &Service,
    resources: &[TokenStream],
    errors: &[TokenStream],
    embedded: &Embedded,
) -> TokenStream {
    let ty = scope.descriptor("Service");
    let Service { name, version, base_path, problem_base, .. } = service;
    let auth_ty = scope.descriptor("Auth");
    // The name of a variant is what Debug shows of it.
    let auth = service.auth.iter().map(|auth| ident(&format!("{auth:?}")));
    let scopes = texts(service.scopes);
    let rate_limit = option(
        scope,
        service.rate_limit.map(|(requests, seconds)| {
            let (requests, seconds) = (literal::count(requests), literal::count(seconds));
            quote!((#requests, #seconds))
        }),
    );
    let operations = service.operations.iter().map(|one| operation::operation(scope, one));
    let Embedded { openapi, docs, sqlite, postgres } = embedded;
    quote! {
        #ty {
            name: #name,
            version: #version,
            base_path: #base_path,
            auth: &[#(#auth_ty::#auth),*],
            scopes: #scopes,
            rate_limit: #rate_limit,
            problem_base: #problem_base,
            resources: &[#(&#resources),*],
            operations: &[#(#operations),*],
            errors: &[#(#errors),*],
            openapi: #openapi,
            docs: #docs,
            sqlite: #sqlite,
            postgres: #postgres,
        }
    }
}

/// The value of an error's `static`.
pub(crate) fn error(scope: &Scope, error: &ErrorType) -> TokenStream {
    let (ty, retry_ty) = (scope.descriptor("ErrorType"), scope.descriptor("Retry"));
    let ErrorType { code, title, kind, message, remedy, .. } = error;
    let status = literal::count(u32::from(error.status));
    // The name of a variant is what Debug shows of it.
    let retry = ident(&format!("{:?}", error.retry));
    let fields = field::fields(scope, error.fields);
    quote! {
        #ty {
            code: #code,
            title: #title,
            kind: #kind,
            status: #status,
            retry: #retry_ty::#retry,
            message: #message,
            remedy: #remedy,
            fields: #fields,
        }
    }
}
