//! Fields.

use atlas9_descriptor::{Access, Deprecation, Field, Links, Place, Store};
use proc_macro2::TokenStream;
use quote::quote;

use super::{expr, option, texts, types};
use crate::print::scope::{Scope, ident};

pub(super) fn fields(scope: &Scope, fields: &[Field]) -> TokenStream {
    let fields = fields.iter().map(|one| field(scope, one));
    quote!(&[#(#fields),*])
}

/// `Field::new(...)` and a call for whatever is not as `new` makes it.
fn field(scope: &Scope, field: &Field) -> TokenStream {
    let ty = scope.descriptor("Field");
    let (name, kind) = (field.name, types::ty(scope, &field.ty));
    let mut made = quote!(#ty::new(#name, #kind));
    if field.wire != field.name {
        let wire = field.wire;
        made.extend(quote!(.wire(#wire)));
    }
    if field.optional {
        made.extend(quote!(.optional()));
    }
    if field.access != Access::ReadWrite {
        made.extend(variant(scope, "access", "Access", &field.access));
    }
    if let Some(managed) = &field.managed {
        made.extend(variant(scope, "managed", "Managed", managed));
    }
    if let Some(default) = &field.default {
        let default = expr::literal(scope, default);
        made.extend(quote!(.default(#default)));
    }
    if field.unique {
        made.extend(quote!(.unique()));
    }
    if field.sensitive {
        made.extend(quote!(.sensitive()));
    }
    if !field.requires.is_empty() {
        let scopes = texts(field.requires);
        made.extend(quote!(.requires(#scopes)));
    }
    made.extend(deprecated(scope, field.deprecated));
    match field.store {
        Store::Column => {}
        Store::Links(links) => made.extend(self::links(scope, links)),
        store => made.extend(variant(scope, "store", "Store", &store)),
    }
    match field.place {
        Place::Body => {}
        Place::Header(name) => {
            let ty = scope.descriptor("Place");
            made.extend(quote!(.place(#ty::Header(#name))));
        }
        place => made.extend(variant(scope, "place", "Place", &place)),
    }
    made
}

fn links(scope: &Scope, links: &Links) -> TokenStream {
    let (store, ty) = (scope.descriptor("Store"), scope.descriptor("Links"));
    let Links { table, key, .. } = links;
    let owner = texts(links.owner);
    let tenant = option(scope, links.tenant.map(|column| quote!(#column)));
    quote!(.store(#store::Links(&#ty { table: #table, tenant: #tenant, owner: #owner, key: #key })))
}

/// `.access(Access::ReadOnly)`; the name of a variant is what Debug shows of it.
fn variant(scope: &Scope, call: &str, ty: &'static str, value: &dyn std::fmt::Debug) -> TokenStream {
    let (call, ty, name) = (ident(call), scope.descriptor(ty), ident(&format!("{value:?}")));
    quote!(.#call(#ty::#name))
}

/// `.deprecated(...)`, or nothing.
pub(super) fn deprecated(scope: &Scope, deprecation: Option<Deprecation>) -> TokenStream {
    let Some(deprecation) = deprecation else { return TokenStream::new() };
    let deprecation = self::deprecation(scope, deprecation);
    quote!(.deprecated(#deprecation))
}

/// The value of a `Deprecation`.
pub(super) fn deprecation(scope: &Scope, deprecation: Deprecation) -> TokenStream {
    let ty = scope.descriptor("Deprecation");
    let text = |text: Option<&str>| option(scope, text.map(|text| quote!(#text)));
    let since = text(deprecation.since);
    let on = text(deprecation.on);
    let sunset = text(deprecation.sunset);
    let replacement = text(deprecation.replacement);
    let reason = text(deprecation.reason);
    quote!(#ty { since: #since, on: #on, sunset: #sunset, replacement: #replacement, reason: #reason })
}
