//! Scalars and their bounds.

use std::str::FromStr;

use atlas9_descriptor as descriptor;
use atlas9_diagnostics::Span;
use atlas9_ir::{Range, Scalar};

use super::{Lower, leak};

/// The greatest whole number that every JSON reader keeps: 2^53 - 1.
const INT_MAX: i64 = 9_007_199_254_740_991;

impl Lower<'_> {
    pub(super) fn scalar(&mut self, scalar: &Scalar, span: Span) -> descriptor::Scalar {
        match scalar {
            Scalar::Bool => descriptor::Scalar::Bool,
            Scalar::Int32 { range } => {
                let (min, max) = self.bounds(range, i32::MIN, i32::MAX, span);
                descriptor::Scalar::Int32 { min, max }
            }
            Scalar::Int { range } => {
                let (min, max) = self.bounds(range, -INT_MAX, INT_MAX, span);
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
    pub(super) fn counts(&mut self, range: &Range, span: Span) -> (u32, u32) {
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
