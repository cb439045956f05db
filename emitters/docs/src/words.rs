//! Types, dates and the like in words.

pub(crate) use atlas9_emitters_core::describe::{one, spaced};
use atlas9_ir::{Deprecation, ErrorKind, Retry, Scalar, Type, TypeDeclKind, TypeKind};

use crate::Site;
use crate::html::Html;
use crate::scalars::{bounds, pattern, words};

/// What a value of a type is, in words with links; whether it may be null is said elsewhere.
pub(crate) fn type_of(site: &Site<'_>, ty: &Type) -> Html {
    Html::of(|h| write_type(h, site, ty, false))
}

fn write_type(h: &mut Html, site: &Site<'_>, ty: &Type, several: bool) {
    match &ty.kind {
        TypeKind::Scalar(scalar) => write_scalar(h, scalar),
        TypeKind::List { item, length } => {
            h.text(if several { "lists" } else { "list" });
            limits(h, &bounds(length, " items"));
            h.text(" of ");
            write_type(h, site, item, true);
        }
        TypeKind::Map { value, length } => {
            h.text(if several { "maps" } else { "map" });
            limits(h, &bounds(length, " entries"));
            h.text(" from text to ");
            write_type(h, site, value, true);
        }
        TypeKind::Named(id) => {
            let decl = &site.ir.types[*id];
            h.text(if matches!(decl.kind, TypeDeclKind::Enum { .. }) { "a word of " } else { "" });
            h.link(site.anchors.of_type(*id), &decl.name);
        }
        TypeKind::Ref(id) => {
            let resource = &site.ir.resources[*id];
            h.text(if several { "keys of " } else { "key of " });
            h.link(&resource.snake, &spaced(if several { &resource.plural } else { &resource.snake }));
        }
    }
    if ty.optional && several {
        h.text(" or null");
    }
}

fn write_scalar(h: &mut Html, scalar: &Scalar) {
    h.text(&words(scalar));
    if let Some(pattern) = pattern(scalar) {
        h.text(", matches ").code(pattern);
    }
}

fn limits(h: &mut Html, limits: &str) {
    if !limits.is_empty() {
        h.text(&format!(" ({limits})"));
    }
}

/// Since when something is on its way out, until when it stays, and what to use instead.
pub(crate) fn deprecation(h: &mut Html, deprecation: Option<&Deprecation>) {
    let Some(deprecation) = deprecation else { return };
    h.el("p", &[("class", "note")], |h| {
        h.leaf("strong", &[], "Deprecated");
        if let Some(since) = &deprecation.since {
            h.text(&format!(" since {since}"));
        }
        if let Some(day) = &deprecation.on {
            h.text(if deprecation.since.is_some() { ", from " } else { " from " });
            h.leaf("time", &[("datetime", day)], &date(day)).text(" on");
        }
        h.text(".");
        if let Some(day) = &deprecation.sunset {
            h.text(" It may go after ").leaf("time", &[("datetime", day)], &date(day)).text(".");
        }
        if let Some(other) = &deprecation.replacement {
            h.text(" Use ").code(other).text(" instead.");
        }
        if let Some(reason) = &deprecation.reason {
            h.text(&format!(" {reason}"));
        }
    });
}

/// `1 June 2027`, from `2027-06-01`
fn date(day: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = day.splitn(3, '-');
    let read = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok());
    let (year, month, number) = (parts.next(), read(parts.next()), read(parts.next()));
    let month = month.and_then(|month| MONTHS.get(month.checked_sub(1)?));
    match (year, month, number) {
        (Some(year), Some(month), Some(number)) => format!("{number} {month} {year}"),
        _ => day.to_owned(),
    }
}

/// Whether the same request may be sent again.
pub(crate) fn retry(kind: ErrorKind) -> &'static str {
    match kind.retry() {
        Retry::No => "Do not repeat it: it would fail again.",
        Retry::AfterReading => "Read the resource again before you repeat it.",
        Retry::AfterDelay => "Repeat it after the seconds that `Retry-After` names.",
        Retry::WithBackoff => "Repeat it, with growing pauses.",
    }
}

/// `books_read and books_write`, each as code
pub(crate) fn scopes(h: &mut Html, scopes: &[String]) {
    h.text(if scopes.len() == 1 { "the scope " } else { "the scopes " });
    for (at, scope) in scopes.iter().enumerate() {
        if at > 0 {
            h.text(" and ");
        }
        h.code(scope);
    }
}

/// The reason phrase of a status (RFC 9110).
pub(crate) fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_are_written_out() {
        let check = |day: &str, expected: &str| assert_eq!(date(day), expected);
        check("2027-06-01", "1 June 2027");
        check("2027-13-01", "2027-13-01");
        check("soon", "soon");
    }
}
