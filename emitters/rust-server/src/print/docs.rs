//! Documentation of the schema as doc comments.

use atlas9_emitters_core::rust::docs::blocks;
pub(crate) use atlas9_emitters_core::rust::docs::line;
use proc_macro2::TokenStream;
use quote::quote;

/// The doc comment of a declaration: its text or what stands for it, and where it is declared.
pub(crate) fn declared(docs: &str, otherwise: &str, place: &str) -> TokenStream {
    let place = line(&format!(" Declared at `{}`.", place.replace('`', "'")));
    let text = part(docs, otherwise);
    quote!(#text #[doc = ""] #[doc = #place])
}

/// The doc comment of a part of a declaration: its text, or ours where it has none.
pub(crate) fn part(docs: &str, otherwise: &str) -> TokenStream {
    if docs.trim().is_empty() { ours(otherwise) } else { comment(docs) }
}

/// A doc comment that is not the schema's, so that it may link.
pub(crate) fn ours(text: &str) -> TokenStream {
    let lines =
        text.lines().map(|text| if text.is_empty() { String::new() } else { line(&format!(" {text}")) });
    quote!(#(#[doc = #lines])*)
}

fn comment(text: &str) -> TokenStream {
    let lines = blocks(text).into_iter().map(|text| {
        let text = if text.is_empty() { text } else { line(&format!(" {text}")) };
        quote!(#[doc = #text])
    });
    quote!(#(#lines)*)
}
