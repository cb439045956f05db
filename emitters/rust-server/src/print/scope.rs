//! How generated code names what it does not define itself, as tokens.

use std::collections::BTreeSet;

use atlas9_emitters_core::rust;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// The names of one generated file.
pub(crate) struct Scope(rust::Scope);

impl Scope {
    /// The file of a module that defines these names.
    pub(crate) fn new(module: &str, taken: impl IntoIterator<Item = String>) -> Scope {
        Scope(rust::Scope::new(&format!("super::{module}"), taken))
    }

    /// Something of the runtime's descriptors.
    pub(crate) fn descriptor(&self, name: &str) -> TokenStream {
        self.item("atlas9_server::descriptor", name)
    }

    /// Something of the runtime.
    pub(crate) fn runtime(&self, name: &str) -> TokenStream {
        self.item("atlas9_server", name)
    }

    /// A value's type, or a trait of values.
    pub(crate) fn value(&self, name: &str) -> TokenStream {
        self.item("atlas9_server::value", name)
    }

    /// Something of the standard library.
    pub(crate) fn std(&self, module: &str, name: &str) -> TokenStream {
        self.item(&format!("std::{module}"), name)
    }

    /// Something that another file of the generated code defines.
    pub(crate) fn own(&self, module: &str, name: &str) -> TokenStream {
        self.item(&format!("super::{module}"), name)
    }

    /// Something that every Rust file sees without an import: `Option`, `Ok`, `String`.
    pub(crate) fn prelude(&self, name: &str) -> TokenStream {
        path(&self.0.prelude(name))
    }

    /// Something of a module, imported where the file has no other use for the name.
    pub(crate) fn item(&self, module: &str, name: &str) -> TokenStream {
        path(&self.0.item(module, name))
    }

    /// The `use` lines for everything that was asked for and stands in the code.
    pub(crate) fn imports(&self, code: &TokenStream) -> TokenStream {
        let mut written = BTreeSet::new();
        identifiers(code.clone(), &mut written);
        let modules = self.0.imports(|name| written.contains(name));
        all(modules.into_iter().map(|(module, names)| {
            let parts = module.split("::").map(ident);
            let names: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
            match names.as_slice() {
                [one] => quote!(use #(#parts::)*#one;),
                _ => quote!(use #(#parts::)*{#(#names),*};),
            }
        }))
    }
}

fn identifiers(code: TokenStream, found: &mut BTreeSet<String>) {
    for token in code {
        match token {
            TokenTree::Group(group) => identifiers(group.stream(), found),
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// A path as tokens; one that begins with `::` is whole.
fn path(path: &str) -> TokenStream {
    let whole = path.strip_prefix("::");
    let parts = whole.unwrap_or(path).split("::").map(ident);
    if whole.is_some() { quote!(#(::#parts)*) } else { quote!(#(#parts)::*) }
}

/// A name as an identifier. What cannot be one, which no checked model holds, becomes one that cannot mean anything else.
pub(crate) fn ident(name: &str) -> Ident {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let good = plain && name != "_" && name.bytes().next().is_some_and(|byte| !byte.is_ascii_digit());
    Ident::new(if good { name } else { "not_a_name" }, Span::call_site())
}

/// Several pieces of code as one.
pub(crate) fn all<T: ToTokens>(parts: impl IntoIterator<Item = T>) -> TokenStream {
    parts.into_iter().map(ToTokens::into_token_stream).collect()
}
