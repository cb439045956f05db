//! `types.rs`: structures, enums and refined scalars.

use atlas9_descriptor as descriptor;
use atlas9_ir::{Ir, TypeDecl, TypeDeclKind, TypeId};
use proc_macro2::TokenStream;
use quote::quote;

use super::descriptor::structure as described;
use super::enums::enumeration;
use super::scope::{Scope, all, ident};
use super::size::{self, Sizes};
use super::unions::union;
use super::values::{Shape, Values};
use super::{docs, rust_type};
use crate::lower::Declared;
use crate::names;

/// The items of the file.
pub(crate) fn items(ir: &Ir, scope: &Scope, declared: &[Declared]) -> TokenStream {
    let sizes = Sizes::new(ir);
    all(ir.types.iter().zip(declared).map(|((id, decl), made)| match (made, &decl.kind) {
        (Declared::Union(of), TypeDeclKind::Union { variants, .. }) => {
            union(ir, scope, decl, of, size::of_union(&sizes, variants))
        }
        _ => item(ir, scope, id, decl, made),
    }))
}

/// The names that the file defines.
pub(crate) fn taken(ir: &Ir) -> impl Iterator<Item = String> {
    ir.types.values().map(names::ty)
}

fn item(ir: &Ir, scope: &Scope, id: TypeId, decl: &TypeDecl, declared: &Declared) -> TokenStream {
    match (declared, &decl.kind) {
        (Declared::Structure(of), TypeDeclKind::Structure { .. }) => structure(ir, scope, id, of),
        (Declared::Enum(of), TypeDeclKind::Enum { closed, values }) => {
            enumeration(ir, scope, decl, of, *closed, values)
        }
        (_, TypeDeclKind::Alias(of)) => {
            let docs = docs::declared(&decl.docs, &title(decl), &ir.place(decl.span));
            let (name, of) = (ident(&names::ty(decl)), rust_type::value(ir, scope, of));
            quote!(#docs pub type #name = #of;)
        }
        // The descriptors are made from the same declarations, kind by kind.
        (_, TypeDeclKind::Structure { .. } | TypeDeclKind::Union { .. } | TypeDeclKind::Enum { .. }) => {
            TokenStream::new()
        }
    }
}

fn structure(ir: &Ir, scope: &Scope, id: TypeId, of: &descriptor::Structure) -> TokenStream {
    let decl = &ir.types[id];
    let TypeDeclKind::Structure { fields, .. } = &decl.kind else { return TokenStream::new() };
    let constant = ident(&names::descriptor(&decl.name));
    let values = Values {
        ir,
        scope,
        name: ident(&names::ty(decl)),
        docs: docs::declared(&decl.docs, &title(decl), &ir.place(decl.span)),
        fields: fields.iter().enumerate().collect(),
        descriptor: quote!(&#constant.fields),
        key: None,
        owner: Some(id),
        shape: Shape::Whole,
    };
    let name = &values.name;
    let (structure, value_of) = (described(scope, of), as_value(scope, &values));
    let ty = scope.descriptor("Structure");
    let summary = docs::ours(&format!("What the server knows of `{name}`."));
    let constant = quote!(#summary pub static #constant: #ty = #structure;);
    all([constant, values.print(), values.partial_eq(), value_of])
}

/// A structure stands in fields, so it is a value too.
fn as_value(scope: &Scope, values: &Values<'_>) -> TokenStream {
    let name = &values.name;
    let (from, into, value) = (scope.value("FromValue"), scope.value("IntoValue"), scope.value("Value"));
    let (from_record, into_record, record) =
        (scope.value("FromRecord"), scope.value("IntoRecord"), scope.value("Record"));
    let (mismatch, result) = (scope.value("Mismatch"), scope.prelude("Result"));
    quote! {
        impl #from for #name {
            fn from_value(value: #value) -> #result<#name, #mismatch> {
                #from_record::from_record(<#record as #from>::from_value(value)?)
            }
        }
        impl #into for #name {
            fn into_value(self) -> #value { #value::Record(#into_record::into_record(self)) }
        }
    }
}

/// What stands for documentation that is missing.
pub(super) fn title(decl: &TypeDecl) -> String {
    format!("`{}`.", decl.name)
}
