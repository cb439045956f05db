//! A pattern that says what a text looks like and yet lets anything stand around it.

use atlas9_diagnostics::{Edit, Fix, Span};
use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::TypeUse;
use crate::pattern::{Ends, ends};
use crate::written::written;

pub(crate) const CHECKS: &[Check] = &[Check::TypeUse(check)];

fn check(context: &Context<'_>, node: &TypeUse<'_>) -> Option<Finding> {
    let TypeKind::Scalar(Scalar::String { pattern: Some(pattern), .. }) = &node.ty.kind else { return None };
    let loose = ends(pattern);
    let where_ = match loose {
        Ends { start: false, end: false } => return None,
        Ends { start: true, end: true } => "around",
        Ends { start: true, end: false } => "before",
        Ends { start: false, end: true } => "behind",
    };
    let mut finding = Finding::new(
        format!("the pattern of `{}` lets anything stand {where_} what it describes", node.name),
        "not anchored",
        "begin the pattern with `^` and end it with `$`; to let anything stand there, say `.*`",
    );
    finding.fix = anchor(context, node, loose);
    Some(finding)
}

/// Adds what is missing, where one `^` or `$` holds all of the pattern.
fn anchor(context: &Context<'_>, node: &TypeUse<'_>, loose: Ends) -> Option<Fix> {
    let found = written(context.sources, node.span)?;
    let (first, last) = (found.text.find('/')?, found.text.rfind('/')?);
    let inner = found.text.get(first + 1..last)?;
    if inner.contains('|') {
        return None;
    }
    let at = |offset: usize, text: &str| {
        let place = found.ty.start as usize + offset;
        Edit { span: Span::new(found.ty.file, place, place), text: text.to_owned() }
    };
    let start = loose.start.then(|| at(first + 1, "^"));
    let end = loose.end.then(|| at(last, "$"));
    Some(Fix { safe: false, edits: start.into_iter().chain(end).collect() })
}
