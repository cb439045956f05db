//! `service.rs`: the static data of the whole service.

use std::collections::BTreeMap;

use atlas9_descriptor::Service;
use atlas9_emitters_core::Options;
use atlas9_ir::Ir;
use proc_macro2::TokenStream;
use quote::quote;

use super::descriptor::{Embedded, service as described};
use super::docs;
use super::scope::Scope;
use crate::lower::Lowered;
use crate::names;

/// The items of the file. Errors of the standard library are not listed: every server knows them.
pub(crate) fn items(ir: &Ir, scope: &Scope, lowered: &Lowered, embedded: &Embedded) -> TokenStream {
    let resources = ir
        .resources
        .values()
        .map(|resource| scope.own(&names::module(resource), &names::descriptor(&resource.name)));
    let declared = ir.errors.values().filter(|error| !names::is_standard(error));
    let errors = declared.map(|error| scope.own("errors", &names::descriptor(&error.name)));
    let (resources, errors): (Vec<_>, Vec<_>) = (resources.collect(), errors.collect());
    let docs = docs::declared(
        &ir.service.docs,
        &format!("The service `{}`.", ir.service.name),
        &ir.place(ir.service.span),
    );
    let ty = scope.descriptor("Service");
    let value = described(scope, lowered.service, &resources, &errors, embedded);
    quote!(#docs pub static SERVICE: #ty = #value;)
}

/// A file of another emitter.
pub(crate) struct Sibling {
    /// The emitter.
    emitter: &'static str,
    /// The path below its folder.
    path: String,
    /// The folder, relative to this emitter's.
    folder: String,
}

/// Where the OpenAPI document, the reference and the migrations of a database are; nothing where nobody writes them.
pub(crate) struct Siblings {
    openapi: Option<Sibling>,
    docs: Option<Sibling>,
    sqlite: Option<Sibling>,
    postgres: Option<Sibling>,
}

impl Siblings {
    /// Those of the package, under the emitter's options.
    pub(crate) fn find(options: &Options, siblings: &BTreeMap<String, String>) -> Siblings {
        let sibling = |emitter: &'static str, path: &str| {
            let folder = siblings.get(emitter)?.clone();
            Some(Sibling { emitter, path: path.to_owned(), folder })
        };
        let migration = |database: &str| {
            let wanted = options.has("databases", database);
            wanted.then(|| sibling("sql", &format!("{database}/0001_create.up.sql"))).flatten()
        };
        Siblings {
            openapi: sibling("openapi", "openapi.json"),
            docs: sibling("docs", "index.html"),
            sqlite: migration("sqlite"),
            postgres: migration("postgres"),
        }
    }

    /// The emitter and the path of each that is there.
    pub(crate) fn embeds(&self) -> Vec<(String, String)> {
        let all = [&self.openapi, &self.docs, &self.sqlite, &self.postgres].into_iter().flatten();
        all.map(|sibling| (sibling.emitter.to_owned(), sibling.path.clone())).collect()
    }
}

/// What stands in the files of other emitters, as the generated code reads it.
pub(crate) fn embedded(scope: &Scope, siblings: &Siblings) -> Embedded {
    // The files lie beside the module's folder, and the code in it.
    let text = |sibling: &Sibling| {
        let path = format!("../{}/{}", sibling.folder, sibling.path);
        quote!(include_str!(#path))
    };
    let migrations = |sibling: &Option<Sibling>| match sibling {
        Some(sibling) => {
            let (ty, up) = (scope.descriptor("Migration"), text(sibling));
            quote!(&[#ty { version: 1, description: "create", up: #up }])
        }
        None => quote!(&[]),
    };
    Embedded {
        openapi: siblings.openapi.as_ref().map_or_else(|| quote!(""), text),
        docs: siblings.docs.as_ref().map_or_else(|| quote!(""), text),
        sqlite: migrations(&siblings.sqlite),
        postgres: migrations(&siblings.postgres),
    }
}

/// What the whole module is, in one line.
pub(crate) fn title(service: &Service) -> String {
    format!("The service `{}`, version {}.", service.name, service.version)
}
