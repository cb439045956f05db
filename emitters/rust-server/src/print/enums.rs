//! Enums: the known values, and in an open one any other that a newer version wrote.

use atlas9_descriptor as descriptor;
use atlas9_ir::{EnumValue, Ir, TypeDecl};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::descriptor::enumeration as described;
use super::docs;
use super::scope::{Scope, all, ident};
use super::types::title;
use crate::names;

/// An enum with its descriptor and its implementations.
pub(crate) fn enumeration(
    ir: &Ir,
    scope: &Scope,
    decl: &TypeDecl,
    of: &descriptor::Enum,
    closed: bool,
    values: &[EnumValue],
) -> TokenStream {
    let printed = Printed {
        scope,
        name: ident(&names::ty(decl)),
        values: values.iter().map(|value| (ident(&names::variant(value)), value)).collect(),
        unknown: (!closed).then(|| ident(names::unknown_variant(values))),
    };
    let docs = docs::declared(&decl.docs, &title(decl), &ir.place(decl.span));
    let (ty, constant, enumeration) =
        (scope.descriptor("Enum"), ident(&names::descriptor(&decl.name)), described(scope, of));
    let summary = docs::ours(&format!("What the server knows of `{}`.", printed.name));
    let constant = quote!(#summary pub static #constant: #ty = #enumeration;);
    all([
        constant,
        printed.definition(&docs),
        printed.text(),
        printed.parse(),
        printed.plain(),
        printed.value(),
    ])
}

struct Printed<'a> {
    scope: &'a Scope,
    name: Ident,
    values: Vec<(Ident, &'a EnumValue)>,
    /// The variant for what is not known, in an open enum.
    unknown: Option<Ident>,
}

impl Printed<'_> {
    fn definition(&self, docs: &TokenStream) -> TokenStream {
        let name = &self.name;
        let variants = self.values.iter().map(|(variant, value)| {
            let docs = docs::part(&value.docs, &format!("`{}`", value.name));
            quote!(#docs #variant,)
        });
        let unknown = self.unknown.as_ref().map(|unknown| {
            let text = self.scope.prelude("String");
            quote! {
                /// A value that a newer version of the schema has.
                #unknown(#text),
            }
        });
        quote!(#docs pub enum #name { #(#variants)* #unknown })
    }

    fn text(&self) -> TokenStream {
        let name = &self.name;
        let arms = self.values.iter().map(|(variant, value)| {
            let text = &value.name;
            quote!(#name::#variant => #text,)
        });
        let unknown = self.unknown.as_ref().map(|unknown| quote!(#name::#unknown(value) => value,));
        let lifetime = self.unknown.is_none().then(|| quote!('static));
        quote! {
            impl #name {
                /// The value as it is stored and stands in JSON.
                #[must_use]
                pub fn as_str(&self) -> &#lifetime str { match self { #(#arms)* #unknown } }
            }
        }
    }

    fn parse(&self) -> TokenStream {
        let (name, scope) = (&self.name, self.scope);
        let arms = |some: Option<TokenStream>| {
            all(self.values.iter().map(|(variant, value)| {
                let text = &value.name;
                match &some {
                    Some(some) => quote!(#text => #some(#name::#variant),),
                    None => quote!(#text => #name::#variant,),
                }
            }))
        };
        if let Some(unknown) = &self.unknown {
            let (from, arms) = (scope.prelude("From"), arms(None));
            return quote! {
                impl #from<&str> for #name {
                    fn from(value: &str) -> #name {
                        match value { #arms other => #name::#unknown(other.to_owned()) }
                    }
                }
            };
        }
        let (option, none) = (scope.prelude("Option"), scope.prelude("None"));
        let arms = arms(Some(scope.prelude("Some")));
        quote! {
            impl #name {
                /// The value of that text.
                #[must_use]
                pub fn parse(value: &str) -> #option<#name> { match value { #arms _ => #none } }
            }
        }
    }

    /// What every type has.
    fn plain(&self) -> TokenStream {
        let (name, scope) = (&self.name, self.scope);
        let (clone, eq, partial_eq) =
            (scope.prelude("Clone"), scope.prelude("Eq"), scope.prelude("PartialEq"));
        let arms = self.values.iter().map(|(variant, _)| quote!(#name::#variant => #name::#variant,));
        let unknown = self
            .unknown
            .as_ref()
            .map(|unknown| quote!(#name::#unknown(value) => #name::#unknown(value.clone()),));
        let shown = ["Debug", "Display"].map(|shown| {
            let (shown, formatter) = (scope.std("fmt", shown), scope.std("fmt", "Formatter"));
            quote! {
                impl #shown for #name {
                    fn fmt(&self, f: &mut #formatter<'_>) -> ::std::fmt::Result { f.write_str(self.as_str()) }
                }
            }
        });
        quote! {
            impl #clone for #name { fn clone(&self) -> #name { match self { #(#arms)* #unknown } } }
            impl #partial_eq for #name {
                fn eq(&self, other: &#name) -> bool { self.as_str() == other.as_str() }
            }
            impl #eq for #name {}
            #(#shown)*
        }
    }

    fn value(&self) -> TokenStream {
        let (name, scope) = (&self.name, self.scope);
        let (from, into, value) = (scope.value("FromValue"), scope.value("IntoValue"), scope.value("Value"));
        let (mismatch, result, ok, err) =
            (scope.value("Mismatch"), scope.prelude("Result"), scope.prelude("Ok"), scope.prelude("Err"));
        let title = name.to_string();
        let known = match self.unknown {
            Some(_) => quote!(#value::Text(text) => #ok(#name::from(text.as_str())),),
            None => quote! {
                #value::Text(text) => #name::parse(&text)
                    .ok_or_else(|| #mismatch::new(#title, &#value::Text(text))),
            },
        };
        quote! {
            impl #from for #name {
                fn from_value(value: #value) -> #result<#name, #mismatch> {
                    match value { #known other => #err(#mismatch::new(#title, &other)) }
                }
            }
            impl #into for #name {
                fn into_value(self) -> #value { #value::Text(self.as_str().to_owned()) }
            }
        }
    }
}
