//! `@added("1.3.0")` and `@renamed(from: old, since: "1.3.0")`.

use atlas9_ir::{Added, Renamed};
use atlas9_syntax::ast::{Annotation, Expr, ExprKind};

use super::Noted;
use super::arguments::{word, wrong};
use crate::context::{At, bare};
use crate::version;

pub(super) fn added(at: At<'_, '_>, annotation: &Annotation, noted: &mut Noted) {
    let version = match annotation.args.as_slice() {
        [argument] if argument.name.is_none() => text(&argument.value),
        _ => None,
    };
    let Some((text, expr)) = version else {
        at.cx.undated.set(true);
        return wrong(at, annotation, "it takes the version that has it first, in quotes");
    };
    match version::known(at, text, expr.span, "name the version that adds it") {
        Some(_) => noted.history.added = Some(Added { version: text.to_owned(), span: annotation.span }),
        None => at.cx.undated.set(true),
    }
}

pub(super) fn renamed(at: At<'_, '_>, annotation: &Annotation, noted: &mut Noted) {
    let (mut from, mut since) = (None, None);
    for argument in &annotation.args {
        let slot = match argument.name.as_ref().map_or("", |name| name.text.as_str()) {
            "from" => word(&argument.value).map(|name| from.replace(name.text.clone()).is_none()),
            "since" => text(&argument.value).map(|text| since.replace(text).is_none()),
            "" => return wrong(at, annotation, "its arguments have names"),
            other => return wrong(at, annotation, &format!("it has no `{other}`")),
        };
        match slot {
            Some(true) => {}
            Some(false) => return wrong(at, annotation, "one thing is said twice"),
            None => {
                let written = at.cx.quote(argument.value.span);
                return wrong(at, annotation, &format!("`{written}` cannot stand there"));
            }
        }
    }
    let Some(from) = from else { return wrong(at, annotation, "it does not say the old name") };
    let since = since.and_then(|(text, expr)| {
        version::known(at, text, expr.span, "name the version that renamed it").map(|_| text.to_owned())
    });
    noted.history.renamed = Some(Renamed { from, since, span: annotation.span });
}

fn text(expr: &Expr) -> Option<(&str, &Expr)> {
    let expr = bare(expr);
    match &expr.kind {
        ExprKind::String(text) => Some((text, expr)),
        _ => None,
    }
}
