//! Values that actions assign: parameters, fields, the caller, the time, literals.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{Assigned, Range, ResourceId, Scalar, Type};
use atlas9_syntax::ast::{Expr, ExprKind, Path};
use rust_decimal::Decimal;

use crate::context::{At, bare};
use crate::model::{Plain, Shape};
use crate::types::number;
use crate::{paths, values};

/// The most characters of a caller's id (OpenID Connect Core, section 2, of `sub`).
const LONGEST_ID: &str = "255";

/// Where names in an assignment are looked up.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub params: &'s Shape,
    pub fields: &'s Shape,
    /// The resource that the fields are of.
    pub own: Option<ResourceId>,
    /// Why nobody may have said who calls, and where that is said.
    pub nobody: Option<(&'static str, Span)>,
}

/// The value, checked against the type of what it is assigned to. Nothing where it does not fit, which is then reported.
pub(super) fn assigned(at: At<'_, '_>, scope: Scope<'_>, target: &Type, expr: &Expr) -> Option<Assigned> {
    let expr = bare(expr);
    let path = match &expr.kind {
        ExprKind::Path(path) => path,
        ExprKind::Binary(..) | ExprKind::Unary(..) | ExprKind::Call(_) if is_computed(expr) => {
            computed(at, expr);
            return None;
        }
        _ => return values::check(at, target, expr).map(Assigned::Value),
    };
    let (plain, _) = at.types.plain(target)?;
    if let Some(name) = path.single() {
        if let Some(param) = scope.params.get(&name.text) {
            let (_, null) = at.types.plain(&param.ty)?;
            at.means(name, param.span);
            return fits(at, &param.ty, null, target, path).then(|| Assigned::Param(name.text.clone()));
        }
        if scope.params.may_have(&name.text) {
            return None;
        }
        match (&plain, name.text.as_str()) {
            (Plain::Enum(_, known), word) if known.iter().any(|value| value.name == word) => {
                return values::check(at, target, expr).map(Assigned::Value);
            }
            (Plain::Enum(_, known), word)
                if scope.fields.get(word).is_none() && !scope.fields.may_have(word) =>
            {
                values::unknown_value(
                    at,
                    at.types.describe(target).trim_end_matches('?'),
                    known,
                    word,
                    path.span,
                );
                return None;
            }
            (_, "now") => return values::check(at, target, expr).map(Assigned::Value),
            (_, "principal") => return principal(at, scope, &plain, target, path),
            _ => {}
        }
    }
    let (names, field, null) = paths::field(at, scope.fields, path)?;
    // The key of a resource is what a reference to it holds.
    if let Plain::Ref(other) = &plain
        && field.key
        && scope.own == Some(*other)
    {
        return Some(Assigned::Field(names));
    }
    fits(at, &field.ty, null, target, path).then_some(Assigned::Field(names))
}

/// True for what is neither a value as it stands nor the current time.
fn is_computed(expr: &Expr) -> bool {
    number(expr).is_none() && !values::is_word(expr, "now")
}

fn computed(at: At<'_, '_>, expr: &Expr) {
    at.report(
        Diagnostic::error(codes::E0433, "an action assigns values as they are")
            .at(expr.span, "this would have to be computed")
            .help("assign a parameter, a field, a literal, `now` or `principal`; what is computed is Rust"),
    );
}

fn principal(
    at: At<'_, '_>,
    scope: Scope<'_>,
    plain: &Plain<'_>,
    target: &Type,
    path: &Path,
) -> Option<Assigned> {
    if let Some((why, place)) = scope.nobody {
        at.report(
            Diagnostic::error(codes::E0432, "nobody may have said who calls")
                .at(path.span, "without a value then")
                .and(place, why)
                .help("let callers say who they are: `auth` in the service, and no `public` here"),
        );
        return None;
    }
    let Plain::Scalar(Scalar::String { length, pattern }) = plain else {
        report(at, path, target, "the caller's id is text: a `string` takes it");
        return None;
    };
    let label = match (pattern, outside(&ids(), length)) {
        (None, None) => return Some(Assigned::Principal),
        (Some(_), _) => "the caller's id may not match the pattern".to_owned(),
        (None, Some(_)) => format!("the caller's id has from 1 to {LONGEST_ID} characters"),
    };
    let help = format!("make it `string(..={LONGEST_ID})`, which has room for every caller's id");
    at.report(misfitting(at, path, target, &label).help(help));
    None
}

/// The lengths of what credentials call a caller: the server takes no others.
fn ids() -> Range {
    Range { min: Some("1".to_owned()), max: Some(LONGEST_ID.to_owned()), ..Range::default() }
}

fn misfitting(at: At<'_, '_>, path: &Path, target: &Type, label: &str) -> Diagnostic {
    let message = format!("`{}` does not fit the type `{}`", path.text(), at.types.describe(target));
    Diagnostic::error(codes::E0304, message).at(path.span, label)
}

fn report(at: At<'_, '_>, path: &Path, target: &Type, label: &str) {
    at.report(misfitting(at, path, target, label));
}

fn fits(at: At<'_, '_>, from: &Type, null: bool, to: &Type, path: &Path) -> bool {
    let problem = misfit(at, from, null, to);
    if let Some(label) = &problem {
        report(at, path, to, label);
    }
    problem.is_none()
}

/// Why values of one type cannot be held by the other.
fn misfit(at: At<'_, '_>, from: &Type, null: bool, to: &Type) -> Option<String> {
    let ((source, _), (target, target_null)) = (at.types.plain(from)?, at.types.plain(to)?);
    if null && !target_null {
        return Some("it may be null".to_owned());
    }
    let same = match (source, target) {
        (Plain::Scalar(a), Plain::Scalar(b)) => return scalars(at, from, a, b),
        (Plain::Enum(a, _), Plain::Enum(b, _)) => a == b,
        (Plain::Structure(a, _), Plain::Structure(b, _)) => a == b,
        (Plain::Union(a), Plain::Union(b)) => a == b,
        (Plain::Ref(a), Plain::Ref(b)) => a == b,
        (Plain::Ref(resource), Plain::Scalar(_)) => {
            let key = at.types.keys.get(resource.index()).and_then(Option::as_ref)?;
            return misfit(at, key, false, to);
        }
        // Which field is the key is not known, which is reported already.
        (Plain::Scalar(_), Plain::Ref(resource)) if at.types.keys.get(resource.index()) == Some(&None) => {
            return None;
        }
        (Plain::List(a, m), Plain::List(b, n)) | (Plain::Map(a, m), Plain::Map(b, n)) => {
            return misfit(at, a, false, b).or_else(|| outside(m, n));
        }
        _ => false,
    };
    (!same).then(|| format!("its type is `{}`", at.types.describe(from)))
}

fn scalars(at: At<'_, '_>, from: &Type, a: &Scalar, b: &Scalar) -> Option<String> {
    match (a, b) {
        (
            Scalar::Int32 { range: a },
            Scalar::Int32 { range: b } | Scalar::Int { range: b } | Scalar::Int64 { range: b },
        )
        | (Scalar::Int { range: a }, Scalar::Int { range: b } | Scalar::Int64 { range: b })
        | (Scalar::Int64 { range: a }, Scalar::Int64 { range: b })
        | (Scalar::Float64 { range: a }, Scalar::Float64 { range: b })
        | (Scalar::Bytes { length: a }, Scalar::Bytes { length: b }) => outside(a, b),
        (
            Scalar::Decimal { precision: p, scale: s, range: a },
            Scalar::Decimal { precision: q, scale: t, range: b },
        ) => {
            let digits = s > t || p - s > q - t;
            digits.then(|| "it may have more digits".to_owned()).or_else(|| outside(a, b))
        }
        (Scalar::String { length: a, pattern: p }, Scalar::String { length: b, pattern: q }) => {
            let pattern = q.is_some() && p != q;
            pattern.then(|| "it may not match the pattern".to_owned()).or_else(|| outside(a, b))
        }
        _ => (a.word() != b.word()).then(|| format!("its type is `{}`", at.types.describe(from))),
    }
}

/// A range that may hold values which the other does not.
fn outside(a: &Range, b: &Range) -> Option<String> {
    let number = |text: &Option<String>| text.as_ref().and_then(|text| Decimal::from_str_exact(text).ok());
    let below = number(&b.min).is_some_and(|min| number(&a.min).is_none_or(|own| own < min));
    let above = number(&b.max).is_some_and(|max| {
        number(&a.max).is_none_or(|own| own > max || (own == max && b.exclusive_max && !a.exclusive_max))
    });
    (below || above).then(|| "its bounds allow values that do not fit".to_owned())
}
