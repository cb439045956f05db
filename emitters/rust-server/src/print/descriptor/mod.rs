//! Descriptors as Rust: the values that [`crate::lower`] made, written as the constants that make them again.

mod expr;
mod field;
mod operation;
mod resource;
mod service;
mod types;

pub(crate) use resource::resource;
pub(crate) use service::{Embedded, error, service};
pub(crate) use types::{enumeration, structure, union};

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;

fn option(scope: &Scope, value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => {
            let some = scope.prelude("Some");
            quote!(#some(#value))
        }
        None => scope.prelude("None"),
    }
}

fn texts(texts: &[&str]) -> TokenStream {
    quote!(&[#(#texts),*])
}
