//! The attribute of enums with a variant that is much larger than the others.

pub(crate) use atlas9_emitters_core::rust::Sizes;
use atlas9_emitters_core::rust::are_noticed;
use atlas9_ir::{ErrorDecl, Variant};
use proc_macro2::TokenStream;
use quote::quote;

/// The attribute of a union that may be warned of.
pub(crate) fn of_union(sizes: &Sizes, variants: &[Variant]) -> Option<TokenStream> {
    sizes.is_noticed(variants).then(allowed)
}

/// The attribute of an enum with errors that may be warned of.
pub(crate) fn of_errors(errors: &[&ErrorDecl]) -> Option<TokenStream> {
    are_noticed(errors).then(allowed)
}

fn allowed() -> TokenStream {
    quote!(#[allow(clippy::large_enum_variant, reason = "the schema decides what a variant holds")])
}
