//! Types in use and declared ones.

use atlas9_descriptor::{Enum, Reference, Scalar, Structure, Type, Union};
use proc_macro2::TokenStream;
use quote::quote;

use super::{expr, field, texts};
use crate::names;
use crate::print::literal;
use crate::print::scope::{Scope, ident};
use crate::scalars;

/// A type in use. Declared ones stand in `types.rs`, which every file of the server finds beside it.
pub(super) fn ty(scope: &Scope, ty: &Type) -> TokenStream {
    let name = scope.descriptor("Type");
    match ty {
        Type::Scalar(Scalar::String { min, max, pattern }) => {
            let (min, max) = (literal::count(*min), literal::count(*max));
            match pattern {
                Some(pattern) => quote!(#name::pattern(#pattern, #min, #max)),
                None => quote!(#name::string(#min, #max)),
            }
        }
        Type::Scalar(Scalar::Decimal { precision, scale, min: None, max: None, exclusive_max: false }) => {
            let (precision, scale) = (literal::whole((*precision).into()), literal::whole((*scale).into()));
            quote!(#name::decimal(#precision, #scale))
        }
        Type::Scalar(scalar) => {
            let scalar = scalars::descriptor(scope, scalar);
            quote!(#name::Scalar(#scalar))
        }
        Type::Structure(of) => {
            let of = ident(&names::descriptor(of.name));
            quote!(#name::Structure(&super::types::#of))
        }
        Type::Union(of) => {
            let of = ident(&names::descriptor(of.name));
            quote!(#name::Union(&super::types::#of))
        }
        Type::Enum(of) => {
            let of = ident(&names::descriptor(of.name));
            quote!(#name::Enum(&super::types::#of))
        }
        Type::Reference(of) => {
            let of = reference(scope, of);
            quote!(#name::Reference(&#of))
        }
        Type::List { item, optional, min, max } => {
            let (item, min, max) = (self::ty(scope, item), literal::count(*min), literal::count(*max));
            quote!(#name::List { item: &#item, optional: #optional, min: #min, max: #max })
        }
        Type::Map { value, optional, min, max } => {
            let (value, min, max) = (self::ty(scope, value), literal::count(*min), literal::count(*max));
            quote!(#name::Map { value: &#value, optional: #optional, min: #min, max: #max })
        }
    }
}

fn reference(scope: &Scope, reference: &Reference) -> TokenStream {
    let (name, on_delete_ty) = (scope.descriptor("Reference"), scope.descriptor("OnDelete"));
    let (resource, key) = (reference.resource, ty(scope, &reference.key));
    // The name of a variant is what Debug shows of it.
    let on_delete = ident(&format!("{:?}", reference.on_delete));
    quote!(#name { resource: #resource, key: #key, on_delete: #on_delete_ty::#on_delete })
}

/// The value of a structure's `static`.
pub(crate) fn structure(scope: &Scope, structure: &Structure) -> TokenStream {
    let (ty, fields_ty) = (scope.descriptor("Structure"), scope.descriptor("Fields"));
    let name = structure.name;
    let (fields, rules) = (field::fields(scope, &structure.fields), expr::rules(scope, structure.rules));
    quote!(#ty { name: #name, fields: #fields_ty::of(#fields), rules: #rules })
}

/// The value of a union's `static`. Its structures stand beside it.
pub(crate) fn union(scope: &Scope, union: &Union) -> TokenStream {
    let (ty, variant) = (scope.descriptor("Union"), scope.descriptor("Variant"));
    let Union { name, discriminator, wire, .. } = union;
    let variants = union.variants.iter().map(|one| {
        let (name, structure) = (one.name, ident(&names::descriptor(one.structure.name)));
        quote!(#variant { name: #name, structure: &#structure })
    });
    quote!(#ty { name: #name, discriminator: #discriminator, wire: #wire, variants: &[#(#variants),*] })
}

/// The value of an enum's `static`.
pub(crate) fn enumeration(scope: &Scope, of: &Enum) -> TokenStream {
    let ty = scope.descriptor("Enum");
    let (name, values) = (of.name, texts(of.values));
    let deprecated = of.deprecated.iter().map(|(value, deprecation)| {
        let deprecation = field::deprecation(scope, *deprecation);
        quote!((#value, #deprecation))
    });
    quote!(#ty { name: #name, values: #values, deprecated: &[#(#deprecated),*] })
}
