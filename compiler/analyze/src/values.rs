//! Literal values against types: defaults, examples, what actions set.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{EnumValue, Range, Scalar, Type, Value};
use atlas9_syntax::ast::{Expr, ExprKind, Name};
use foldhash::HashSet;
use rust_decimal::Decimal;

use crate::context::{At, bare, listed};
use crate::literals;
use crate::model::{Plain, Shape};
use crate::names::Once;
use crate::types::{digits_fit, number};
use crate::variants;

/// The value, checked against the type and its bounds. Nothing where it does not fit, which is then reported, or where
/// the type is lost.
pub(crate) fn check(at: At<'_, '_>, ty: &Type, expr: &Expr) -> Option<Value> {
    let expr = bare(expr);
    let (plain, optional) = at.types.plain(ty)?;
    if let ExprKind::Null = expr.kind {
        return if optional {
            Some(Value::Null)
        } else {
            mismatch(at, ty, expr, "this type has no null: it would need a `?`")
        };
    }
    match plain {
        Plain::Scalar(scalar) => scalar_value(at, ty, scalar, expr),
        Plain::Enum(_, values) => enum_value(at, ty, values, expr),
        Plain::List(item, length) => list(at, ty, item, length, expr),
        Plain::Map(value, length) => map(at, ty, value, length, expr),
        Plain::Structure(_, shape) => match &expr.kind {
            ExprKind::Object(entries) => object(at, shape, entries.iter(), Some(expr.span)),
            _ => mismatch(at, ty, expr, "an object such as `{ name: value }` is expected"),
        },
        Plain::Union(id) => match &expr.kind {
            ExprKind::Object(entries) => variants::check(at, id, entries, expr.span),
            _ => mismatch(at, ty, expr, "an object that begins with the name of a variant is expected"),
        },
        Plain::Ref(resource) => {
            let key = at.types.keys.get(resource.index()).and_then(Option::as_ref)?;
            check(at, key, expr)
        }
    }
}

/// The error of a value that its type cannot hold.
fn mismatch<T>(at: At<'_, '_>, ty: &Type, expr: &Expr, label: &str) -> Option<T> {
    let message = format!("`{}` does not fit the type `{}`", at.cx.quote(expr.span), at.types.describe(ty));
    at.report(Diagnostic::error(codes::E0304, message).at(expr.span, label));
    None
}

fn scalar_value(at: At<'_, '_>, ty: &Type, scalar: &Scalar, expr: &Expr) -> Option<Value> {
    let text = match &expr.kind {
        ExprKind::String(text) => Some(text.as_str()),
        _ => None,
    };
    let formed = |sound: fn(&str) -> bool, label: &str| match text.filter(|text| sound(text)) {
        Some(text) => Some(Value::String(text.to_owned())),
        None => mismatch(at, ty, expr, label),
    };
    match scalar {
        Scalar::Bool => match expr.kind {
            ExprKind::Bool(value) => Some(Value::Bool(value)),
            _ => mismatch(at, ty, expr, "`true` or `false` is expected"),
        },
        Scalar::Int32 { range } => whole(at, ty, expr, range, i64::from(i32::MIN), i64::from(i32::MAX)),
        Scalar::Int { range } => whole(at, ty, expr, range, -9_007_199_254_740_991, 9_007_199_254_740_991),
        Scalar::Int64 { range } => whole(at, ty, expr, range, i64::MIN, i64::MAX),
        Scalar::Float64 { range } => decimal(at, ty, expr, range, None),
        Scalar::Decimal { precision, scale, range } => {
            decimal(at, ty, expr, range, Some((*precision, *scale)))
        }
        Scalar::String { length, pattern } => string(at, ty, expr, length, pattern.as_deref()),
        Scalar::Bytes { length } => bytes(at, ty, expr, length),
        Scalar::Uuid => match formed(literals::is_uuid, "a uuid in quotes is expected") {
            Some(Value::String(text)) => Some(Value::String(text.to_ascii_lowercase())),
            other => other,
        },
        Scalar::Date => match &expr.kind {
            ExprKind::Date(text) if literals::is_date(text) => Some(Value::String(text.clone())),
            _ => formed(literals::is_date, "a day that exists is expected, such as `2027-06-01`"),
        },
        Scalar::Timestamp if is_word(expr, "now") => Some(Value::Now),
        Scalar::Timestamp => formed(literals::is_timestamp, "`now` or \"2027-06-01T09:00:00Z\" is expected"),
        Scalar::Duration => match &expr.kind {
            ExprKind::Duration(text) => literals::iso_duration(text).map(Value::String),
            _ => formed(literals::is_duration, "a duration is expected, such as `90d` or \"PT1H30M\""),
        },
        Scalar::Json => json(at, ty, expr),
    }
}

/// True for that one word, or a call of it without arguments.
pub(crate) fn is_word(expr: &Expr, word: &str) -> bool {
    match &expr.kind {
        ExprKind::Path(path) => path.single().is_some_and(|name| name.text == word),
        ExprKind::Call(call) => {
            call.args.is_empty() && call.name.single().is_some_and(|name| name.text == word)
        }
        _ => false,
    }
}

fn whole(at: At<'_, '_>, ty: &Type, expr: &Expr, range: &Range, min: i64, max: i64) -> Option<Value> {
    let value =
        number(expr).and_then(|text| text.parse::<i64>().ok()).filter(|value| (min..=max).contains(value));
    let Some(value) = value else {
        let least = range.min.clone().unwrap_or_else(|| min.to_string());
        let most = range.max.clone().unwrap_or_else(|| max.to_string());
        let quoted = matches!(&expr.kind, ExprKind::String(text) if text.parse::<i64>().is_ok());
        let how = if quoted { ", without quotes," } else { "" };
        return mismatch(at, ty, expr, &format!("a whole number from {least} to {most}{how} is expected"));
    };
    in_range(at, ty, expr, range, Decimal::from(value))?;
    Some(Value::Int(value))
}

fn decimal(at: At<'_, '_>, ty: &Type, expr: &Expr, range: &Range, digits: Option<(u8, u8)>) -> Option<Value> {
    let text = match &expr.kind {
        ExprKind::String(text) if digits.is_some() => Some(text.clone()),
        _ => number(expr),
    };
    let Some((text, value)) =
        text.and_then(|text| Decimal::from_str_exact(&text).ok().map(|value| (text, value)))
    else {
        return mismatch(at, ty, expr, "a number is expected, such as `9.99`");
    };
    if let Some((precision, scale)) = digits
        && !digits_fit(value, precision, scale)
    {
        let label = format!("at most {precision} digits, {scale} of them after the point, fit");
        return mismatch(at, ty, expr, &label);
    }
    in_range(at, ty, expr, range, value)?;
    Some(Value::Decimal(text))
}

fn in_range(at: At<'_, '_>, ty: &Type, expr: &Expr, range: &Range, value: Decimal) -> Option<()> {
    if contains(range, value) {
        Some(())
    } else {
        mismatch(at, ty, expr, &format!("{} is expected", phrase(range)))
    }
}

/// True when the value lies within the range.
pub(crate) fn contains(range: &Range, value: Decimal) -> bool {
    let bound = |text: &Option<String>| text.as_ref().and_then(|text| Decimal::from_str_exact(text).ok());
    let above = bound(&range.min).is_none_or(|min| value >= min);
    let below = bound(&range.max).is_none_or(|max| value < max || (value == max && !range.exclusive_max));
    above && below
}

fn phrase(range: &Range) -> String {
    let end = if range.exclusive_max { "below" } else { "to" };
    match (&range.min, &range.max) {
        (Some(min), Some(max)) => format!("from {min} {end} {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) if range.exclusive_max => format!("below {max}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "anything".to_owned(),
    }
}

fn string(at: At<'_, '_>, ty: &Type, expr: &Expr, length: &Range, pattern: Option<&str>) -> Option<Value> {
    let ExprKind::String(text) = &expr.kind else {
        return mismatch(at, ty, expr, "text in quotes is expected");
    };
    sized(at, ty, expr, length, text.chars().count(), "characters")?;
    match pattern {
        Some(pattern) if !at.cx.patterns.matches(pattern, text) => {
            mismatch(at, ty, expr, &format!("it does not match /{pattern}/"))
        }
        _ => Some(Value::String(text.clone())),
    }
}

fn bytes(at: At<'_, '_>, ty: &Type, expr: &Expr, length: &Range) -> Option<Value> {
    match &expr.kind {
        ExprKind::String(text) => match literals::base64_length(text) {
            Some(count) => sized(at, ty, expr, length, count, "bytes").map(|()| Value::String(text.clone())),
            None => mismatch(at, ty, expr, "base64 is expected"),
        },
        _ => mismatch(at, ty, expr, "base64 in quotes is expected"),
    }
}

fn sized(at: At<'_, '_>, ty: &Type, expr: &Expr, length: &Range, count: usize, unit: &str) -> Option<()> {
    if contains(length, Decimal::from(count)) {
        return Some(());
    }
    mismatch(at, ty, expr, &format!("it has {count} {unit}; allowed: {}", phrase(length)))
}

fn enum_value(at: At<'_, '_>, ty: &Type, values: &[EnumValue], expr: &Expr) -> Option<Value> {
    let ExprKind::Path(path) = &expr.kind else {
        return mismatch(at, ty, expr, "one of its values is expected, without quotes");
    };
    let word = path.text();
    if let Some(value) = values.iter().find(|value| value.name == word) {
        path.single().into_iter().for_each(|name| at.means(name, value.span));
        return Some(Value::Enum(word));
    }
    unknown_value(at, &at.types.describe(&Type { optional: false, ..ty.clone() }), values, &word, expr.span);
    None
}

/// The error for a value that an enum does not have.
pub(crate) fn unknown_value(at: At<'_, '_>, owner: &str, values: &[EnumValue], word: &str, span: Span) {
    let known = || values.iter().map(|value| value.name.as_str());
    let help =
        at.cx.sink.did_you_mean(word, known(), || format!("its values are {}", listed(known(), "and")));
    at.cx.sink.unknown(
        Diagnostic::error(codes::E0314, format!("`{owner}` has no value `{word}`"))
            .at(span, "not one of its values")
            .help(help),
    );
}

fn list(at: At<'_, '_>, ty: &Type, item: &Type, length: &Range, expr: &Expr) -> Option<Value> {
    let ExprKind::List(items) = &expr.kind else {
        return mismatch(at, ty, expr, "a list such as `[a, b]` is expected");
    };
    sized(at, ty, expr, length, items.len(), "items")?;
    let values = all(items.iter().map(|expr| check(at, item, expr)))?;
    if let Some((Plain::Ref(_), _)) = at.types.plain(item) {
        different(at, ty, items, &values)?;
    }
    Some(Value::List(values))
}

/// A list of references joins each row once.
fn different(at: At<'_, '_>, ty: &Type, items: &[Expr], values: &[Value]) -> Option<()> {
    let mut seen = HashSet::default();
    let again = items.iter().zip(values).find(|(_, value)| !seen.insert(format!("{value:?}")));
    again.map_or(Some(()), |(expr, _)| mismatch(at, ty, expr, "this key stands in the list already"))
}

fn map(at: At<'_, '_>, ty: &Type, value: &Type, length: &Range, expr: &Expr) -> Option<Value> {
    let ExprKind::Object(entries) = &expr.kind else {
        return mismatch(at, ty, expr, "an object such as `{ key: value }` is expected");
    };
    sized(at, ty, expr, length, entries.len(), "entries")?;
    let mut once = Once::named();
    let entries = entries.iter().filter(|(key, _)| once.first(at.cx.sink, key));
    all(entries.map(|(key, expr)| Some((key.text.clone(), check(at, value, expr)?)))).map(Value::Object)
}

/// Every one is looked at, so that all that is wrong is reported.
pub(crate) fn all<T>(items: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let items: Vec<Option<T>> = items.collect();
    items.into_iter().collect()
}

/// The fields that an object gives, in the declaration's order. With `complete`, the place to report missing ones at.
pub(crate) fn object<'e>(
    at: At<'_, '_>,
    shape: &Shape,
    entries: impl Iterator<Item = &'e (Name, Expr)>,
    complete: Option<Span>,
) -> Option<Value> {
    let mut once = Once::named();
    let mut values: Vec<Option<Value>> = shape.fields.iter().map(|_| None).collect();
    let mut sound = true;
    for (name, expr) in entries {
        if !once.first(at.cx.sink, name) {
            sound = false;
            continue;
        }
        match shape.position(&name.text) {
            Some(index) => {
                let field = shape.fields.get(index);
                field.into_iter().for_each(|field| at.means_field(name, field));
                let value = field.and_then(|field| check(at, &field.ty, expr));
                sound &= value.is_some();
                values[index] = value;
            }
            None => {
                sound = false;
                unknown_field(at, shape, name);
            }
        }
    }
    if let Some(span) = complete.filter(|_| sound) {
        sound = no_gaps(at, shape, &values, span);
    }
    let given =
        shape.fields.iter().zip(values).filter_map(|(field, value)| Some((field.name.clone(), value?)));
    sound.then(|| Value::Object(given.collect()))
}

fn no_gaps(at: At<'_, '_>, shape: &Shape, values: &[Option<Value>], span: Span) -> bool {
    let optional = |field: &atlas9_ir::Field| at.types.plain(&field.ty).is_none_or(|(_, optional)| optional);
    let needed = |field: &&atlas9_ir::Field| !optional(field) && !shape.has_default(&field.name);
    let pairs = shape.fields.iter().zip(values);
    let missing: Vec<&str> = pairs
        .filter(|(field, value)| value.is_none() && needed(field))
        .map(|(field, _)| field.name.as_str())
        .collect();
    if !missing.is_empty() {
        let message = format!("{} of `{}` is missing", listed(missing, "and"), shape.owner);
        at.report(Diagnostic::error(codes::E0337, message).at(span, "not complete"));
        return false;
    }
    true
}

/// Reports a field that the declaration does not have, unless it may be lost.
pub(crate) fn unknown_field(at: At<'_, '_>, shape: &Shape, name: &Name) {
    if shape.may_have(&name.text) {
        return;
    }
    let help = at.cx.sink.did_you_mean(&name.text, shape.names(), || {
        format!("its fields are {}", listed(shape.names(), "and"))
    });
    at.cx.sink.unknown(
        Diagnostic::error(codes::E0405, format!("`{}` has no field `{}`", shape.owner, name.text))
            .at(name.span, "not one of its fields")
            .help(help),
    );
}

fn json(at: At<'_, '_>, ty: &Type, expr: &Expr) -> Option<Value> {
    let expr = bare(expr);
    match &expr.kind {
        ExprKind::Null => Some(Value::Null),
        ExprKind::Bool(value) => Some(Value::Bool(*value)),
        ExprKind::String(text) => Some(Value::String(text.clone())),
        ExprKind::List(items) => all(items.iter().map(|item| json(at, ty, item))).map(Value::List),
        ExprKind::Object(entries) => {
            let mut once = Once::named();
            let entries = entries.iter().filter(|(key, _)| once.first(at.cx.sink, key));
            all(entries.map(|(key, expr)| Some((key.text.clone(), json(at, ty, expr)?)))).map(Value::Object)
        }
        _ => match number(expr) {
            Some(text) => Some(text.parse().map_or(Value::Decimal(text), Value::Int)),
            None => mismatch(at, ty, expr, "a JSON value is expected"),
        },
    }
}
