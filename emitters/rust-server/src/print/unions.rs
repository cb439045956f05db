//! Unions: an enum with a structure in each variant.
//!
//! An open union is printed like a closed one: what a request holds and what the server stores is always a known variant. A
//! new variant in the schema makes the compiler point at each `match` that does not know it yet.

use atlas9_descriptor as descriptor;
use atlas9_ir::{Ir, TypeDecl, TypeDeclKind, Variant};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::descriptor::union as described;
use super::docs;
use super::scope::{Scope, all, ident};
use super::types::title;
use crate::names;

/// A union with its descriptor and its implementations. `large` is the attribute of one with a large variant.
pub(crate) fn union(
    ir: &Ir,
    scope: &Scope,
    decl: &TypeDecl,
    of: &descriptor::Union,
    large: Option<TokenStream>,
) -> TokenStream {
    let TypeDeclKind::Union { variants, .. } = &decl.kind else { return TokenStream::new() };
    let printed = Printed {
        scope,
        name: ident(&names::ty(decl)),
        variants: variants.iter().map(|variant| Part::of(ir, variant)).collect(),
    };
    let docs = docs::declared(&decl.docs, &title(decl), &ir.place(decl.span));
    let (ty, constant, union) =
        (scope.descriptor("Union"), ident(&names::descriptor(&decl.name)), described(scope, of));
    let summary = docs::ours(&format!("What the server knows of `{}`.", printed.name));
    let constant = quote!(#summary pub static #constant: #ty = #union;);
    all([
        constant,
        printed.definition(&quote!(#docs #large)),
        printed.reads(),
        printed.writes(),
        printed.plain(),
    ])
}

/// A variant.
struct Part<'a> {
    name: Ident,
    structure: Ident,
    declared: &'a Variant,
}

impl<'a> Part<'a> {
    fn of(ir: &Ir, variant: &'a Variant) -> Part<'a> {
        Part {
            name: ident(&names::union_variant(variant)),
            structure: ident(&names::ty(&ir.types[variant.structure])),
            declared: variant,
        }
    }
}

struct Printed<'a> {
    scope: &'a Scope,
    name: Ident,
    variants: Vec<Part<'a>>,
}

impl Printed<'_> {
    fn definition(&self, docs: &TokenStream) -> TokenStream {
        let name = &self.name;
        let variants = self.variants.iter().map(|Part { name, structure, declared }| {
            let docs = docs::part(&declared.docs, &format!("`{}`", declared.name));
            quote!(#docs #name(#structure),)
        });
        quote!(#docs pub enum #name { #(#variants)* })
    }

    fn reads(&self) -> TokenStream {
        let (name, scope) = (&self.name, self.scope);
        let (from, value, from_record) =
            (scope.value("FromValue"), scope.value("Value"), scope.value("FromRecord"));
        let (mismatch, result, ok, err) =
            (scope.value("Mismatch"), scope.prelude("Result"), scope.prelude("Ok"), scope.prelude("Err"));
        let title = name.to_string();
        let arms = self.variants.iter().map(|part| {
            let (text, variant) = (&part.declared.name, &part.name);
            quote!(#text => #ok(#name::#variant(#from_record::from_record(record)?)),)
        });
        quote! {
            impl #from for #name {
                fn from_value(value: #value) -> #result<#name, #mismatch> {
                    let (variant, record) = value.into_variant()?;
                    match variant.as_str() { #(#arms)* _ => #err(#mismatch::unknown_variant(#title)) }
                }
            }
        }
    }

    fn writes(&self) -> TokenStream {
        let (name, scope) = (&self.name, self.scope);
        let (into, value) = (scope.value("IntoValue"), scope.value("Value"));
        let arms = self.variants.iter().map(|part| {
            let (text, variant) = (&part.declared.name, &part.name);
            quote!(#name::#variant(structure) => #value::variant(#text, structure),)
        });
        quote! {
            impl #into for #name {
                fn into_value(self) -> #value { match self { #(#arms)* } }
            }
        }
    }

    /// What every type has. Two are the same when their values are.
    fn plain(&self) -> TokenStream {
        let (name, scope) = (&self.name, self.scope);
        let (clone, partial_eq, into) =
            (scope.prelude("Clone"), scope.prelude("PartialEq"), scope.value("IntoValue"));
        let (debug, formatter) = (scope.std("fmt", "Debug"), scope.std("fmt", "Formatter"));
        let variants: Vec<_> = self.variants.iter().map(|part| &part.name).collect();
        let shown: Vec<String> = variants.iter().map(|name| name.to_string()).collect();
        quote! {
            impl #clone for #name {
                fn clone(&self) -> #name {
                    match self { #(#name::#variants(structure) => #name::#variants(structure.clone()),)* }
                }
            }
            impl #debug for #name {
                fn fmt(&self, f: &mut #formatter<'_>) -> ::std::fmt::Result {
                    match self {
                        #(#name::#variants(structure) => f.debug_tuple(#shown).field(structure).finish(),)*
                    }
                }
            }
            impl #partial_eq for #name {
                fn eq(&self, other: &#name) -> bool {
                    #into::into_value(self.clone()) == #into::into_value(other.clone())
                }
            }
        }
    }
}
