//! How generated code names what it does not define itself.
//!
//! A schema may declare a type called `Option` or `Field`. So every name from outside is asked for here: it is imported
//! and short where the file defines nothing of that name, and a full path where it does.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// Names that every Rust file sees without an import, and where they come from.
const PRELUDE: [(&str, &str); 20] = [
    ("Box", "std::boxed::Box"),
    ("Clone", "std::clone::Clone"),
    ("Copy", "std::marker::Copy"),
    ("Default", "std::default::Default"),
    ("Eq", "std::cmp::Eq"),
    ("Err", "std::result::Result::Err"),
    ("Fn", "std::ops::Fn"),
    ("FnOnce", "std::ops::FnOnce"),
    ("From", "std::convert::From"),
    ("Into", "std::convert::Into"),
    ("None", "std::option::Option::None"),
    ("Ok", "std::result::Result::Ok"),
    ("Option", "std::option::Option"),
    ("PartialEq", "std::cmp::PartialEq"),
    ("Result", "std::result::Result"),
    ("Send", "std::marker::Send"),
    ("Some", "std::option::Option::Some"),
    ("String", "std::string::String"),
    ("Sync", "std::marker::Sync"),
    ("Vec", "std::vec::Vec"),
];

/// The names of one generated file.
pub(crate) struct Scope {
    /// The file's own module, `super::types` as its neighbours see it.
    home: String,
    taken: BTreeSet<String>,
    /// Imported names and their modules.
    imported: RefCell<BTreeMap<String, String>>,
}

impl Scope {
    /// The file of a module that defines these names.
    pub(crate) fn new(module: &str, taken: impl IntoIterator<Item = String>) -> Scope {
        Scope {
            home: format!("super::{module}"),
            taken: taken.into_iter().collect(),
            imported: RefCell::default(),
        }
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
        let origin = PRELUDE.iter().find(|(known, _)| *known == name).map(|(_, origin)| origin);
        // A file that defines a type `Result` says `Err` in full as well, which nobody has to think about then.
        let hidden = origin.is_some_and(|origin| origin.split("::").any(|part| self.taken.contains(part)));
        match origin {
            Some(origin) if hidden => full(origin),
            _ => ident(name).into_token_stream(),
        }
    }

    /// Something of a module, imported where the file has no other use for the name.
    pub(crate) fn item(&self, module: &str, name: &str) -> TokenStream {
        if module == self.home {
            return ident(name).into_token_stream();
        }
        let known = PRELUDE.iter().any(|(known, _)| *known == name);
        if !known && !self.taken.contains(name) {
            let mut imported = self.imported.borrow_mut();
            if imported.entry(name.to_owned()).or_insert_with(|| module.to_owned()) == module {
                return ident(name).into_token_stream();
            }
        }
        full(&format!("{module}::{name}"))
    }

    /// The `use` lines for everything that was asked for and stands in the code.
    pub(crate) fn imports(&self, code: &TokenStream) -> TokenStream {
        let mut written = BTreeSet::new();
        identifiers(code.clone(), &mut written);
        let imported = self.imported.borrow();
        let mut modules: BTreeMap<&str, Vec<Ident>> = BTreeMap::new();
        for (name, module) in imported.iter().filter(|(name, _)| written.contains(*name)) {
            modules.entry(module).or_default().push(ident(name));
        }
        all(modules.into_iter().map(|(module, names)| {
            let parts = module.split("::").map(ident);
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

/// A whole path; one that does not begin here begins with `::`, so that no module of the user's can be meant.
fn full(path: &str) -> TokenStream {
    let parts = path.split("::").map(ident);
    match path.starts_with("super::") {
        true => quote!(#(#parts)::*),
        false => quote!(#(::#parts)*),
    }
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
