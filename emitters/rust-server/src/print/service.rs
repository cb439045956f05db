//! `service.rs`: the static data of the whole service.

use std::collections::BTreeMap;

use atlas9_descriptor::Service;
use atlas9_emitters_core::Options;
use atlas9_ir::Ir;
use proc_macro2::TokenStream;
use quote::quote;

use super::descriptor::{Embedded, error, service as described};
use super::docs;
use super::scope::Scope;
use crate::names;

/// The items of the file.
pub(crate) fn items(ir: &Ir, scope: &Scope, service: &Service, embedded: &Embedded) -> TokenStream {
    let resources: Vec<_> = ir
        .resources
        .values()
        .map(|resource| scope.own(&names::module(resource), &names::descriptor(&resource.name)))
        .collect();
    let typed = names::typed_errors(ir);
    let errors: Vec<_> = service
        .errors
        .iter()
        .map(|one| match typed.iter().find(|error| error.code == one.code) {
            Some(error) => scope.own("errors", &names::descriptor(&error.name)),
            None => error(scope, one),
        })
        .collect();
    let docs = docs::declared(
        &ir.service.docs,
        &format!("The service `{}`.", ir.service.name),
        &ir.place(ir.service.span),
    );
    let ty = scope.descriptor("Service");
    let value = described(scope, service, &resources, &errors, embedded);
    quote!(#docs pub static SERVICE: #ty = #value;)
}

/// What the other emitters of the run write, as the generated code reads it.
pub(crate) fn embedded(scope: &Scope, options: &Options, siblings: &BTreeMap<String, String>) -> Embedded {
    let migrations = |database: &str| match siblings.get("sql").filter(|_| options.has("databases", database))
    {
        None => quote!(&[]),
        Some(folder) => {
            let ty = scope.descriptor("Migration");
            // The files lie beside the module's folder, and this one in it.
            let path = format!("../{folder}/{database}/0001_create.up.sql");
            quote!(&[#ty { version: 1, description: "create", up: include_str!(#path) }])
        }
    };
    let openapi = match siblings.get("openapi") {
        None => quote!(""),
        Some(folder) => {
            let path = format!("../{folder}/openapi.json");
            quote!(include_str!(#path))
        }
    };
    Embedded { openapi, sqlite: migrations("sqlite"), postgres: migrations("postgres") }
}

/// What the whole module is, in one line.
pub(crate) fn title(service: &Service) -> String {
    format!("The service `{}`, version {}.", service.name, service.version)
}
