//! `cursor(default: 20, max: 100)`, in the service and in lists.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{Pagination, PaginationStyle};
use atlas9_syntax::ast::{Argument, ExprKind, Path};
use foldhash::HashMap;

use super::PAGE;
use crate::context::{Sink, bare, did_you_mean};

const HELP: &str = "write `paginate cursor(default: 20, max: 100)`, or `page(...)` for numbered pages";

/// The most items that can be declared for one page.
const MOST: u32 = 10_000;

/// Reads a style and its numbers. Nothing where something is wrong, which is then reported.
pub(crate) fn read(sink: &Sink, name: &Path, args: &[Argument], span: Span) -> Option<Pagination> {
    let style = match name.text().as_str() {
        "cursor" => PaginationStyle::Cursor,
        "page" => PaginationStyle::Page,
        other => {
            let help = did_you_mean(other, ["cursor", "page"], || HELP.to_owned());
            wrong(sink, format!("there is no style of paging called `{other}`"), name.span, help);
            return None;
        }
    };
    let mut numbers: HashMap<&str, u32> = HashMap::default();
    for argument in args {
        let (key, number) = number(sink, argument)?;
        if numbers.insert(key, number).is_some() {
            wrong(sink, format!("`{key}` is said twice"), argument.value.span, HELP.to_owned());
            return None;
        }
    }
    let max =
        numbers.get("max").copied().unwrap_or(PAGE.max.max(numbers.get("default").copied().unwrap_or(0)));
    let default = numbers.get("default").copied().unwrap_or(PAGE.default.min(max));
    if default > max {
        wrong(
            sink,
            format!("a page of {default} items is more than the maximum of {max}"),
            span,
            HELP.to_owned(),
        );
        return None;
    }
    Some(Pagination { style, default, max, declared: !numbers.is_empty() })
}

fn number<'s>(sink: &Sink, argument: &'s Argument) -> Option<(&'s str, u32)> {
    let value = bare(&argument.value);
    let number = match &value.kind {
        ExprKind::Int(text) => text.parse().ok().filter(|number| (1..=MOST).contains(number)),
        _ => None,
    };
    match (&argument.name, number) {
        (Some(name), _) if !matches!(name.text.as_str(), "default" | "max") => {
            let help = did_you_mean(&name.text, ["default", "max"], || HELP.to_owned());
            wrong(sink, format!("paging has no `{}`", name.text), name.span, help);
            None
        }
        (Some(name), Some(number)) => Some((&name.text, number)),
        (Some(_), None) => {
            wrong(sink, format!("a whole number from 1 to {MOST} is expected"), value.span, HELP.to_owned());
            None
        }
        (None, _) => {
            wrong(sink, "which number this is has to be said".to_owned(), value.span, HELP.to_owned());
            None
        }
    }
}

fn wrong(sink: &Sink, message: String, span: Span, help: String) {
    sink.report(Diagnostic::error(codes::E0434, message).at(span, "not understood").help(help));
}
