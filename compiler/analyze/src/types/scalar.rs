//! Built-in types with what stands in parentheses behind them.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Range, Scalar};
use atlas9_syntax::ast::{Expr, ExprKind, Name, TypeArg, TypeArgKind, TypeExpr};

use super::bounds::{self, Limits};
use super::{no_arguments, wrong_argument};
use crate::context::At;

/// The most digits of a decimal: what every target can hold exactly.
const MOST_DIGITS: u8 = 28;

/// The greatest whole number that a JSON number holds exactly everywhere: 2^53 - 1.
const MAX_SAFE: i64 = 9_007_199_254_740_991;

pub(super) fn lower(at: At<'_, '_>, word: &Name, ty: &TypeExpr) -> Option<Scalar> {
    let plain = |scalar| {
        let help = "remove the parentheses";
        no_arguments(at, &ty.args, &format!("`{}`", word.text), help).map(|()| scalar)
    };
    match word.text.as_str() {
        "bool" => plain(Scalar::Bool),
        "int32" => {
            whole(at, ty, i64::from(i32::MIN), i64::from(i32::MAX)).map(|range| Scalar::Int32 { range })
        }
        "int" => whole(at, ty, -MAX_SAFE, MAX_SAFE).map(|range| Scalar::Int { range }),
        "int64" => whole(at, ty, i64::MIN, i64::MAX).map(|range| Scalar::Int64 { range }),
        "float64" => one_range(at, &ty.args, Limits::Float).map(|range| Scalar::Float64 { range }),
        "decimal" => decimal(at, ty),
        "string" => string(at, ty),
        "bytes" => one_range(at, &ty.args, Limits::Length).map(|length| Scalar::Bytes { length }),
        "uuid" => plain(Scalar::Uuid),
        "date" => plain(Scalar::Date),
        "timestamp" => plain(Scalar::Timestamp),
        "duration" => plain(Scalar::Duration),
        _ => plain(Scalar::Json),
    }
}

fn whole(at: At<'_, '_>, ty: &TypeExpr, min: i64, max: i64) -> Option<Range> {
    one_range(at, &ty.args, Limits::Whole { min, max })
}

fn one_range(at: At<'_, '_>, args: &[TypeArg], limits: Limits) -> Option<Range> {
    match args {
        [] => Some(Range::default()),
        [TypeArg { kind: TypeArgKind::Range { low, high, inclusive }, span }] => {
            bounds::range(at, (low.as_ref(), high.as_ref(), *inclusive), *span, limits)
        }
        [TypeArg { kind: TypeArgKind::Range { .. }, .. }, other, ..] | [other, ..] => {
            wrong_argument(at, other, "only one range can stand here", "write it as `(1..=200)`");
            None
        }
    }
}

fn decimal(at: At<'_, '_>, ty: &TypeExpr) -> Option<Scalar> {
    let [
        TypeArg { kind: TypeArgKind::Value(digits), .. },
        TypeArg { kind: TypeArgKind::Value(after), .. },
        rest @ ..,
    ] = ty.args.as_slice()
    else {
        at.report(
            Diagnostic::error(
                codes::E0336,
                "`decimal` needs its digits in all and its digits after the point",
            )
            .at(ty.span, "both are needed")
            .help("write `decimal(10, 2)` for up to ten digits, two of them after the point"),
        );
        return None;
    };
    let precision = digit_count(at, digits, 1, MOST_DIGITS, "a decimal has 1 to 28 digits")?;
    let scale = digit_count(
        at,
        after,
        0,
        precision,
        "not more digits can stand after the point than there are in all",
    )?;
    let range = one_range(at, rest, Limits::Decimal { precision, scale })?;
    Some(Scalar::Decimal { precision, scale, range })
}

fn digit_count(at: At<'_, '_>, expr: &Expr, min: u8, max: u8, message: &str) -> Option<u8> {
    let count = match &expr.kind {
        ExprKind::Int(text) => text.parse::<u8>().ok(),
        _ => None,
    };
    let count = count.filter(|count| (min..=max).contains(count));
    if count.is_none() {
        let label = format!("a whole number from {min} to {max} is expected");
        at.report(Diagnostic::error(codes::E0302, message).at(expr.span, label));
    }
    count
}

fn string(at: At<'_, '_>, ty: &TypeExpr) -> Option<Scalar> {
    let (mut length, mut pattern) = (None, None);
    let mut sound = true;
    for arg in &ty.args {
        match &arg.kind {
            TypeArgKind::Range { low, high, inclusive } if length.is_none() => {
                length = bounds::length(at, (low.as_ref(), high.as_ref(), *inclusive), arg.span);
                sound &= length.is_some();
            }
            TypeArgKind::Pattern(text) if pattern.is_none() => {
                pattern = at.cx.patterns.check(at, text, arg.span);
                sound &= pattern.is_some();
            }
            _ => {
                let written = at.cx.sources.slice(arg.span);
                let help = match (&arg.kind, written.parse::<u32>()) {
                    (TypeArgKind::Value(_), Ok(_)) => {
                        format!("write `string(..={written})` for at most {written} characters")
                    }
                    _ => "write `string(1..=80)`, `string(/^[a-z]+$/)`, or both: `string(..=80, /^[a-z]+$/)`"
                        .to_owned(),
                };
                let message = "`string` takes a range of characters and a pattern, each once";
                wrong_argument(at, arg, message, &help);
                sound = false;
            }
        }
    }
    sound.then(|| Scalar::String { length: length.unwrap_or_default(), pattern })
}
