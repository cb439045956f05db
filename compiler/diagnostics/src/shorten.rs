//! A file that is no schema at all has an error for every word of it: the first ones are shown, the others are counted.

use std::collections::BTreeMap;

use crate::code::codes;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::{FileId, Span};

/// How many errors of one file are shown.
pub const MAX_ERRORS: usize = 100;

/// The errors of one file.
#[derive(Default)]
struct Errors {
    count: usize,
    last: Option<Span>,
}

/// Leaves the first [`MAX_ERRORS`] errors of each file, and a note that counts the others, those among them that were not even
/// kept: `omitted` says how many that are. The findings are in order; all of them are about `what`.
pub fn shorten(diagnostics: &mut Vec<Diagnostic>, what: &str, omitted: impl Fn(FileId) -> usize) {
    let mut files: BTreeMap<FileId, Errors> = BTreeMap::new();
    diagnostics.retain(|found| {
        let Some(span) = found.span.filter(|_| found.level == Level::Error) else { return true };
        let errors = files.entry(span.file).or_default();
        errors.count += 1;
        let is_shown = errors.count <= MAX_ERRORS;
        errors.last = if is_shown { Some(span) } else { errors.last };
        is_shown
    });
    for (file, errors) in files {
        let more = errors.count.saturating_sub(MAX_ERRORS) + omitted(file);
        if more > 0 {
            diagnostics.push(note(more, what, errors.last.unwrap_or(Span::new(file, 0, 0))));
        }
    }
}

fn note(more: usize, what: &str, last: Span) -> Diagnostic {
    let (errors, are) = if more == 1 { ("error", "is") } else { ("errors", "are") };
    // Behind the last one, so that it stays behind it in whatever order findings are put.
    let place = Span { start: last.end, ..last };
    let message = format!("{more} more {errors} in {what} {are} not shown");
    Diagnostic::new(codes::E0101.name, Level::Note, message).at(place, "after this one")
}
