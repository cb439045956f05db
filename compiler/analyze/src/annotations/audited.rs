//! `@audited(keep: 365d)`.

use atlas9_ir::Audited;
use atlas9_syntax::ast::{Annotation, Argument};

use super::arguments::wrong;
use crate::context::At;
use crate::literals::kept_days;

pub(super) fn read(at: At<'_, '_>, annotation: &Annotation) -> Option<Audited> {
    let span = annotation.span;
    let keep_days = match annotation.args.as_slice() {
        [] => return Some(Audited { keep_days: None, span }),
        [Argument { name: Some(name), value }] if name.text == "keep" => kept_days(value),
        _ => None,
    };
    if keep_days.is_none() {
        wrong(at, annotation, "it takes how long changes are kept, in days or weeks, at least one day");
    }
    keep_days.map(|days| Audited { keep_days: Some(days), span })
}
