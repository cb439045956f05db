//! Resources.

use atlas9_descriptor::{Audited, Resource, Unique};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{expr, field, operation, option};
use crate::print::scope::Scope;

/// The value of a resource's `static`.
pub(crate) fn resource(scope: &Scope, resource: &Resource) -> TokenStream {
    let ty = scope.descriptor("Resource");
    let Resource { name, snake, table, path, events, .. } = resource;
    let parent = option(scope, resource.parent.map(|parent| quote!(#parent)));
    let fields = field::fields(scope, resource.fields);
    let key = option(
        scope,
        resource.key.map(|key| {
            let key = Literal::usize_unsuffixed(key);
            quote!(#key)
        }),
    );
    let audited = option(scope, resource.audited.map(|one| audited(scope, one)));
    let operations = resource.operations.iter().map(|one| operation::operation(scope, one));
    let rules = expr::rules(scope, resource.rules);
    let unique = resource.unique.iter().map(|one| unique(scope, one));
    quote! {
        #ty {
            name: #name,
            snake: #snake,
            table: #table,
            parent: #parent,
            path: #path,
            fields: #fields,
            key: #key,
            audited: #audited,
            events: #events,
            operations: &[#(#operations),*],
            rules: #rules,
            unique: &[#(#unique),*],
        }
    }
}

fn audited(scope: &Scope, audited: Audited) -> TokenStream {
    let ty = scope.descriptor("Audited");
    let days = audited.keep_days.map(Literal::u32_unsuffixed);
    let days = option(scope, days.map(|days| quote!(#days)));
    quote!(#ty { keep_days: #days })
}

fn unique(scope: &Scope, unique: &Unique) -> TokenStream {
    let ty = scope.descriptor("Unique");
    let (name, fields) = (unique.name, expr::paths(unique.fields));
    quote!(#ty { name: #name, fields: #fields })
}
