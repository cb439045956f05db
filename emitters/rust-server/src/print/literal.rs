//! Numbers and texts as Rust writes them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A whole number with an underscore before every third digit from the right; the limits of its type by name.
pub(crate) fn int(value: i64, least: i64, greatest: i64, ty: &TokenStream) -> TokenStream {
    match value {
        _ if value == least => quote!(#ty::MIN),
        _ if value == greatest => quote!(#ty::MAX),
        _ => whole(value),
    }
}

/// A whole number with an underscore before every third digit from the right.
pub(crate) fn whole(value: i64) -> TokenStream {
    let digits = grouped(value.unsigned_abs());
    match value < 0 {
        true => quote!(-#digits),
        false => quote!(#digits),
    }
}

/// A count; the greatest one by name.
pub(crate) fn count(value: u32) -> TokenStream {
    match value {
        u32::MAX => quote!(u32::MAX),
        _ => {
            let digits = grouped(u64::from(value));
            quote!(#digits)
        }
    }
}

/// A finite number; the limits by name, and in place of what is not finite.
pub(crate) fn float(value: f64) -> TokenStream {
    if value <= f64::MIN {
        return quote!(f64::MIN);
    }
    if value >= f64::MAX || value.is_nan() {
        return quote!(f64::MAX);
    }
    let digits = Literal::f64_unsuffixed(value.abs());
    match value.is_sign_negative() {
        true => quote!(-#digits),
        false => quote!(#digits),
    }
}

fn grouped(value: u64) -> Literal {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text.parse().unwrap_or_else(|_| Literal::u64_unsuffixed(value))
}
