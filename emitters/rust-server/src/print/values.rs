//! Structs that hold the values of fields, and how they become records and come from them.
//!
//! The implementations are written out: derives were measured to cost several times as much to compile.

use atlas9_ir::{Field, Ir, TypeId};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::scope::{Scope, all, ident};
use super::{docs, rust_type};
use crate::names;

/// A struct to be printed.
pub(crate) struct Values<'a> {
    pub(crate) ir: &'a Ir,
    pub(crate) scope: &'a Scope,
    /// Its name.
    pub(crate) name: Ident,
    /// Its doc comment.
    pub(crate) docs: TokenStream,
    /// Its fields, each with its place in the record.
    pub(crate) fields: Vec<(usize, &'a Field)>,
    /// Where the record's fields are described.
    pub(crate) descriptor: TokenStream,
    /// The type of the field that is a resource's key.
    pub(crate) key: Option<Ident>,
    /// The structure that it is, if it is one.
    pub(crate) owner: Option<TypeId>,
    /// What a missing field means.
    pub(crate) shape: Shape,
}

/// What a missing field means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// There are none.
    Whole,
    /// It stays as it is.
    Update,
}

impl Values<'_> {
    /// The struct with all of its implementations.
    pub(crate) fn print(&self) -> TokenStream {
        let parts = [self.definition(), self.reads(), self.writes(), self.clone(), self.debug()];
        let default = (self.shape == Shape::Update).then(|| self.default());
        all(parts.into_iter().chain(default))
    }

    fn definition(&self) -> TokenStream {
        let Values { name, docs, .. } = self;
        let fields = self.fields.iter().map(|(_, field)| {
            let docs = field_docs(field);
            let (name, ty) = (ident(&names::member(field)), self.ty(field));
            quote!(#docs pub #name: #ty)
        });
        quote!(#docs pub struct #name { #(#fields),* })
    }

    fn ty(&self, field: &Field) -> TokenStream {
        if let (true, Some(key)) = (field.key, &self.key) {
            return quote!(#key);
        }
        if self.shape == Shape::Whole {
            return rust_type::of_field(self.ir, self.scope, field, self.owner);
        }
        let value = rust_type::value(self.ir, self.scope, &field.ty);
        let wrapper = match self.ir.resolve(&field.ty).1 {
            true => self.scope.value("Patch"),
            false => self.scope.prelude("Option"),
        };
        quote!(#wrapper<#value>)
    }

    fn reads(&self) -> TokenStream {
        let Values { name, scope, .. } = self;
        let (from, record, mismatch) =
            (scope.value("FromRecord"), scope.value("Record"), scope.value("Mismatch"));
        let (result, ok) = (scope.prelude("Result"), scope.prelude("Ok"));
        let mutable = (!self.fields.is_empty()).then(|| quote!(mut));
        let argument = if self.fields.is_empty() { quote!(_) } else { quote!(#mutable record) };
        let fields = self.fields.iter().map(|(index, field)| {
            let (member, index) = (ident(&names::member(field)), Literal::usize_unsuffixed(*index));
            let take = match (self.shape, self.ir.resolve(&field.ty).1) {
                (Shape::Whole, _) => quote!(take),
                (Shape::Update, false) => quote!(take_set),
                (Shape::Update, true) => quote!(take_patch),
            };
            quote!(#member: record.#take(#index)?)
        });
        quote! {
            impl #from for #name {
                fn from_record(#argument: #record) -> #result<#name, #mismatch> {
                    #ok(#name { #(#fields),* })
                }
            }
        }
    }

    fn writes(&self) -> TokenStream {
        let Values { name, scope, descriptor, .. } = self;
        let (into, record) = (scope.value("IntoRecord"), scope.value("Record"));
        let puts = self.fields.iter().map(|(index, field)| {
            let (member, index) = (ident(&names::member(field)), Literal::usize_unsuffixed(*index));
            let put = match (self.shape, self.ir.resolve(&field.ty).1) {
                (Shape::Whole, _) => quote!(put),
                (Shape::Update, false) => quote!(put_set),
                (Shape::Update, true) => quote!(put_patch),
            };
            quote!(record.#put(#index, self.#member);)
        });
        let body = match self.fields.is_empty() {
            true => quote!(#record::new(#descriptor)),
            false => quote!(let mut record = #record::new(#descriptor); #(#puts)* record),
        };
        quote!(impl #into for #name { fn into_record(self) -> #record { #body } })
    }

    fn clone(&self) -> TokenStream {
        let (name, clone) = (&self.name, self.scope.prelude("Clone"));
        let fields = self.fields.iter().map(|(_, field)| {
            let member = ident(&names::member(field));
            // `Patch` is never copied.
            let patch = self.shape == Shape::Update && self.ir.resolve(&field.ty).1;
            match rust_type::is_copy(self.ir, &field.ty) && !patch {
                true => quote!(#member: self.#member),
                false => quote!(#member: self.#member.clone()),
            }
        });
        quote!(impl #clone for #name { fn clone(&self) -> #name { #name { #(#fields),* } } })
    }

    /// Shown by the record, which knows what must not be shown.
    fn debug(&self) -> TokenStream {
        let (name, scope) = (&self.name, self.scope);
        let (debug, formatter, result) =
            (scope.std("fmt", "Debug"), scope.std("fmt", "Formatter"), quote!(::std::fmt::Result));
        let into = scope.value("IntoRecord");
        let title = name.to_string();
        quote! {
            impl #debug for #name {
                fn fmt(&self, f: &mut #formatter<'_>) -> #result {
                    #into::into_record(self.clone()).debug(#title, f)
                }
            }
        }
    }

    /// Compared as records.
    pub(crate) fn partial_eq(&self) -> TokenStream {
        let (name, eq, into) = (&self.name, self.scope.prelude("PartialEq"), self.scope.value("IntoRecord"));
        quote! {
            impl #eq for #name {
                fn eq(&self, other: &#name) -> bool {
                    #into::into_record(self.clone()) == #into::into_record(other.clone())
                }
            }
        }
    }

    /// Nothing changes.
    fn default(&self) -> TokenStream {
        let (name, default) = (&self.name, self.scope.prelude("Default"));
        let fields = self.fields.iter().map(|(_, field)| {
            let member = ident(&names::member(field));
            let unset = match self.ir.resolve(&field.ty).1 {
                true => {
                    let patch = self.scope.value("Patch");
                    quote!(#patch::Unset)
                }
                false => self.scope.prelude("None"),
            };
            quote!(#member: #unset)
        });
        quote! {
            impl #name {
                /// Changes nothing.
                #[must_use]
                pub const fn unchanged() -> #name { #name { #(#fields),* } }
            }
            impl #default for #name { fn default() -> #name { #name::unchanged() } }
        }
    }
}

/// A field's documentation: the schema's, what is to be known of its end, or its name.
fn field_docs(field: &Field) -> TokenStream {
    let mut text = field.docs.clone();
    if let Some(deprecation) = &field.deprecated {
        let since = deprecation.since.as_deref().map(|since| format!(" since {since}")).unwrap_or_default();
        let reason = deprecation.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
        text.push_str(&format!("\n\nDeprecated{since}{reason}"));
    }
    docs::part(text.trim_start(), &format!("`{}`", field.name))
}
