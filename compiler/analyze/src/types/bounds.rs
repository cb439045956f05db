//! Ranges: their ends are read, checked against the type's own limits, and made inclusive.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::Range;
use atlas9_syntax::ast::{Expr, ExprKind, UnaryOp};
use rust_decimal::Decimal;

use crate::context::{At, bare};

/// What the ends of a range may be.
#[derive(Clone, Copy)]
pub(super) enum Limits {
    /// Whole numbers.
    Whole { min: i64, max: i64 },
    /// Numbers with so many digits.
    Decimal { precision: u8, scale: u8 },
    /// Any number.
    Float,
    /// A count of characters, bytes or items.
    Length,
}

/// Low end, high end, and whether the high end itself is allowed.
pub(super) type Ends<'e> = (Option<&'e Expr>, Option<&'e Expr>, bool);

/// A range of characters, bytes or items.
pub(super) fn length(at: At<'_, '_>, ends: Ends<'_>, span: Span) -> Option<Range> {
    range(at, ends, span, Limits::Length)
}

/// A range within limits. Nothing where something is wrong, which is then reported.
pub(super) fn range(at: At<'_, '_>, ends: Ends<'_>, span: Span, limits: Limits) -> Option<Range> {
    let (low, high, inclusive) = ends;
    let min = low.map(|expr| end(at, expr, limits));
    let max = high.map(|expr| end(at, expr, limits));
    if min == Some(None) || max == Some(None) {
        return None;
    }
    let (min, mut max, mut exclusive_max) = (min.flatten(), max.flatten(), !inclusive && high.is_some());
    if exclusive_max && matches!(limits, Limits::Whole { .. } | Limits::Length) {
        max = max.map(|max| max - Decimal::ONE);
        exclusive_max = false;
    }
    if let (Some(low), Some(high)) = (min, max)
        && (low > high || (exclusive_max && low == high))
    {
        impossible(at, span);
        return None;
    }
    let text = |number: Decimal| number.to_string();
    Some(Range { min: min.map(text), max: max.map(text), exclusive_max })
}

fn impossible(at: At<'_, '_>, span: Span) {
    at.report(
        Diagnostic::error(codes::E0302, "no value lies in this range")
            .at(span, "the low end is above the high end")
            .help("`1..=5` goes from 1 to 5; `1..5` leaves the 5 out"),
    );
}

fn end(at: At<'_, '_>, expr: &Expr, limits: Limits) -> Option<Decimal> {
    let number = number(expr).and_then(|text| Decimal::from_str_exact(&text).ok());
    let problem = match (number, limits) {
        (None, _) => Some("a number is expected".to_owned()),
        (Some(number), Limits::Whole { min, max }) => {
            let (min, max) = (Decimal::from(min), Decimal::from(max));
            let fits = number.fract().is_zero() && (min..=max).contains(&number);
            (!fits).then(|| format!("a whole number from {min} to {max} is expected"))
        }
        (Some(number), Limits::Length) => {
            let fits =
                number.fract().is_zero() && (Decimal::ZERO..=Decimal::from(u32::MAX)).contains(&number);
            (!fits).then(|| format!("a whole number from 0 to {} is expected", u32::MAX))
        }
        (Some(number), Limits::Decimal { precision, scale }) => (!digits_fit(number, precision, scale))
            .then(|| format!("at most {precision} digits, {scale} of them after the point, are expected")),
        (Some(_), Limits::Float) => None,
    };
    if let Some(label) = problem {
        let message = format!("`{}` cannot be a bound of this type", at.cx.quote(expr.span));
        at.report(Diagnostic::error(codes::E0302, message).at(expr.span, label));
        return None;
    }
    number
}

/// True when the number has no more digits than that, before and after the point.
pub(crate) fn digits_fit(number: Decimal, precision: u8, scale: u8) -> bool {
    let number = number.normalize().abs();
    let whole = number.trunc().to_string();
    let before = if whole == "0" { 0 } else { whole.len() };
    number.scale() <= u32::from(scale) && before <= usize::from(precision - scale)
}

/// The number as written, with its sign.
pub(crate) fn number(expr: &Expr) -> Option<String> {
    match &bare(expr).kind {
        ExprKind::Int(text) | ExprKind::Decimal(text) => Some(text.clone()),
        ExprKind::Unary(UnaryOp::Negate, inner) => match &bare(inner).kind {
            ExprKind::Int(text) | ExprKind::Decimal(text) => {
                Some(format!("-{}", text.trim_start_matches('-')))
            }
            _ => None,
        },
        _ => None,
    }
}
