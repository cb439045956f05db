//! Scalars: their descriptors, these as Rust, and the Rust types of their values.

use std::str::FromStr;

use atlas9_descriptor as descriptor;
use atlas9_diagnostics::Span;
use atlas9_ir::{Range, Scalar};
use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::{Lower, leak};
use crate::print::literal;
use crate::print::scope::Scope;

/// The greatest whole number that every JSON reader keeps: 2^53 - 1.
const INT_MAX: i64 = 9_007_199_254_740_991;
const INT_MIN: i64 = -INT_MAX;

impl Lower<'_> {
    pub(crate) fn scalar(&mut self, scalar: &Scalar, span: Span) -> descriptor::Scalar {
        match scalar {
            Scalar::Bool => descriptor::Scalar::Bool,
            Scalar::Int32 { range } => {
                let (min, max) = self.bounds(range, i32::MIN, i32::MAX, span);
                descriptor::Scalar::Int32 { min, max }
            }
            Scalar::Int { range } => {
                let (min, max) = self.bounds(range, INT_MIN, INT_MAX, span);
                descriptor::Scalar::Int { min, max }
            }
            Scalar::Int64 { range } => {
                let (min, max) = self.bounds(range, i64::MIN, i64::MAX, span);
                descriptor::Scalar::Int64 { min, max }
            }
            Scalar::Float64 { range } => {
                let (min, max) = self.bounds(range, f64::MIN, f64::MAX, span);
                descriptor::Scalar::Float64 { min, max, exclusive_max: range.exclusive_max }
            }
            Scalar::Decimal { precision, scale, range } => decimal(*precision, *scale, range),
            Scalar::String { length, pattern } => {
                let (min, max) = self.counts(length, span);
                descriptor::Scalar::String { min, max, pattern: pattern.as_deref().map(leak::text) }
            }
            Scalar::Bytes { length } => {
                let (min, max) = self.counts(length, span);
                descriptor::Scalar::Bytes { min, max }
            }
            Scalar::Uuid => descriptor::Scalar::Uuid,
            Scalar::Date => descriptor::Scalar::Date,
            Scalar::Timestamp => descriptor::Scalar::Timestamp,
            Scalar::Duration => descriptor::Scalar::Duration,
            Scalar::Json => descriptor::Scalar::Json,
        }
    }

    /// The bounds of something that is counted.
    pub(crate) fn counts(&mut self, range: &Range, span: Span) -> (u32, u32) {
        self.bounds(range, 0, u32::MAX, span)
    }

    fn bounds<N: FromStr>(&mut self, range: &Range, least: N, greatest: N, span: Span) -> (N, N) {
        (self.bound(range.min.as_deref(), least, span), self.bound(range.max.as_deref(), greatest, span))
    }

    fn bound<N: FromStr>(&mut self, text: Option<&str>, open: N, span: Span) -> N {
        match text.map(str::parse) {
            None => open,
            Some(Ok(bound)) => bound,
            Some(Err(_)) => {
                self.broken(span, "a bound does not fit its type");
                open
            }
        }
    }
}

fn decimal(precision: u8, scale: u8, range: &Range) -> descriptor::Scalar {
    descriptor::Scalar::Decimal {
        precision,
        scale,
        min: range.min.as_deref().map(leak::text),
        max: range.max.as_deref().map(leak::text),
        exclusive_max: range.exclusive_max,
    }
}

/// The Rust type of a value.
pub(crate) fn rust_type(scope: &Scope, scalar: &Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::Int32 { .. } => quote!(i32),
        Scalar::Int { .. } | Scalar::Int64 { .. } => quote!(i64),
        Scalar::Float64 { .. } => quote!(f64),
        Scalar::Decimal { .. } => scope.value("Decimal"),
        Scalar::String { .. } => scope.prelude("String"),
        Scalar::Bytes { .. } => scope.value("Bytes"),
        Scalar::Uuid => scope.value("Uuid"),
        Scalar::Date => scope.value("Date"),
        Scalar::Timestamp => scope.value("Timestamp"),
        Scalar::Duration => scope.value("Duration"),
        Scalar::Json => scope.value("Json"),
    }
}

/// The descriptor as Rust.
pub(crate) fn descriptor(scope: &Scope, scalar: &descriptor::Scalar) -> TokenStream {
    use descriptor::Scalar;
    let ty = scope.descriptor("Scalar");
    let text = |text: Option<&'static str>| match text {
        Some(text) => {
            let some = scope.prelude("Some");
            quote!(#some(#text))
        }
        None => scope.prelude("None"),
    };
    match *scalar {
        Scalar::Int32 { min, max } => {
            let limit =
                |value: i32| literal::int(value.into(), i32::MIN.into(), i32::MAX.into(), &quote!(i32));
            let (min, max) = (limit(min), limit(max));
            quote!(#ty::Int32 { min: #min, max: #max })
        }
        Scalar::Int { min, max } => {
            let (min, max) = (literal::whole(min), literal::whole(max));
            quote!(#ty::Int { min: #min, max: #max })
        }
        Scalar::Int64 { min, max } => {
            let limit = |value| literal::int(value, i64::MIN, i64::MAX, &quote!(i64));
            let (min, max) = (limit(min), limit(max));
            quote!(#ty::Int64 { min: #min, max: #max })
        }
        Scalar::Float64 { min, max, exclusive_max } => {
            let (min, max) = (literal::float(min), literal::float(max));
            quote!(#ty::Float64 { min: #min, max: #max, exclusive_max: #exclusive_max })
        }
        Scalar::Decimal { precision, scale, min, max, exclusive_max } => {
            let (precision, scale) = (literal::whole(precision.into()), literal::whole(scale.into()));
            let (min, max) = (text(min), text(max));
            quote!(#ty::Decimal {
                precision: #precision, scale: #scale, min: #min, max: #max, exclusive_max: #exclusive_max
            })
        }
        Scalar::String { min, max, pattern } => {
            let (min, max, pattern) = (literal::count(min), literal::count(max), text(pattern));
            quote!(#ty::String { min: #min, max: #max, pattern: #pattern })
        }
        Scalar::Bytes { min, max } => {
            let (min, max) = (literal::count(min), literal::count(max));
            quote!(#ty::Bytes { min: #min, max: #max })
        }
        Scalar::Bool => quote!(#ty::Bool),
        Scalar::Uuid => quote!(#ty::Uuid),
        Scalar::Date => quote!(#ty::Date),
        Scalar::Timestamp => quote!(#ty::Timestamp),
        Scalar::Duration => quote!(#ty::Duration),
        Scalar::Json => quote!(#ty::Json),
    }
}
