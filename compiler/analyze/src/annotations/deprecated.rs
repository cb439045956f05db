//! `@deprecated(since: "1.2.0", on: 2026-05-01, sunset: 2027-06-01, use: isbn, "why")`.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::Deprecation;
use atlas9_syntax::ast::{Annotation, Expr, ExprKind, Name};

use super::Noted;
use super::arguments::{word, wrong};
use crate::context::{At, bare};
use crate::literals::is_date;
use crate::version;

pub(super) fn read(at: At<'_, '_>, annotation: &Annotation, noted: &mut Noted) {
    let span = annotation.span;
    let mut said = Deprecation { since: None, on: None, sunset: None, replacement: None, reason: None, span };
    for argument in &annotation.args {
        let value = bare(&argument.value);
        let slot = match argument.name.as_ref().map_or("", |name| name.text.as_str()) {
            "since" => (&mut said.since, since(at, value)),
            "on" => (&mut said.on, day(at, value)),
            "sunset" => (&mut said.sunset, day(at, value)),
            "use" => {
                noted.replacement = word(value).cloned();
                (&mut said.replacement, word(value).map(|name| Ok(name.text.clone())))
            }
            "reason" | "" => (&mut said.reason, text(value).map(|text| Ok(text.to_owned()))),
            other => return wrong(at, annotation, &format!("it has no `{other}`")),
        };
        match slot {
            (Some(_), _) => return wrong(at, annotation, "one thing is said twice"),
            (_, None) => {
                return wrong(at, annotation, &format!("`{}` cannot stand there", at.cx.quote(value.span)));
            }
            (empty, Some(read)) => *empty = read.ok(),
        }
    }
    in_order(at, &said);
    noted.deprecated = Some(said);
}

/// What goes was deprecated before (RFC 9745, section 4). Days of four-digit years sort as text.
fn in_order(at: At<'_, '_>, said: &Deprecation) {
    let (Some(on), Some(sunset)) = (&said.on, &said.sunset) else { return };
    if on > sunset {
        at.report(
            Diagnostic::error(codes::E0611, format!("the sunset, {sunset}, is before the deprecation, {on}"))
                .at(said.span, "goes before it is deprecated")
                .help("`on` is the day of the deprecation, `sunset` the last day on which clients can count on it"),
        );
    }
}

/// What was read; an error that is reported already; nothing where it has another form.
type Read = Option<Result<String, ()>>;

fn text(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::String(text) => Some(text),
        _ => None,
    }
}

fn since(at: At<'_, '_>, expr: &Expr) -> Read {
    let text = text(expr)?;
    Some(
        version::known(at, text, expr.span, "name the version that deprecates it")
            .map(|_| text.to_owned())
            .ok_or(()),
    )
}

fn day(at: At<'_, '_>, expr: &Expr) -> Read {
    let ExprKind::Date(text) = &expr.kind else { return None };
    if !is_date(text) {
        at.report(
            Diagnostic::error(codes::E0304, format!("there is no day `{text}`"))
                .at(expr.span, "not in the calendar"),
        );
        return Some(Err(()));
    }
    Some(Ok(text.clone()))
}

/// What a name stands for among what stands beside the element.
pub(crate) enum Beside {
    /// What is declared there.
    Declared(Span),
    /// Something that could not be read may have declared it.
    Perhaps,
    Nothing,
}

/// Reports a replacement that does not exist.
pub(crate) fn replacement_exists(at: At<'_, '_>, name: Option<&Name>, beside: impl Fn(&str) -> Beside) {
    let Some(name) = name else { return };
    match beside(&name.text) {
        Beside::Declared(span) => return at.means(name, span),
        Beside::Perhaps => return,
        Beside::Nothing => {}
    }
    at.report(
        Diagnostic::error(
            codes::E0609,
            format!("`{}` is to be used instead, but there is no such thing", name.text),
        )
        .at(name.span, "not known here")
        .help("name something that stands beside what is deprecated"),
    );
}
