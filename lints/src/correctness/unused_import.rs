//! A `use` that brings in what nothing in its file names.

use atlas9_diagnostics::{Edit, SourceMap, Span};
use atlas9_ir::{Ir, UnusedImport};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::remove;

pub(crate) const CHECKS: &[Check] = &[Check::Package(check)];

fn check(context: &Context<'_>, ir: &Ir) -> Option<Finding> {
    Finding::several(ir.unused_imports.iter().map(|import| finding(context, import)))
}

fn finding(context: &Context<'_>, import: &UnusedImport) -> Finding {
    let edit = match import.whole {
        true => remove::word(context.sources, import.span),
        false => of_list(context.sources, import.span),
    };
    Finding::new(
        format!("nothing in this file names what `{}` brings in", import.name),
        "not needed",
        "take it away",
    )
    .at(import.span)
    .about(&import.name)
    .safe_fix(edit)
}

/// Takes a name out of a list with one comma.
fn of_list(sources: &SourceMap, name: Span) -> Option<Edit> {
    let source = sources.get(name.file)?.text();
    let (before, after) = (source.get(..name.start as usize)?, source.get(name.end as usize..)?);
    let behind = after.trim_start().strip_prefix(',').map(|rest| source.len() - rest.trim_start().len());
    let span = match behind {
        Some(end) => Span::new(name.file, name.start as usize, end),
        None => {
            let start = before.trim_end().trim_end_matches(',').trim_end().len();
            Span::new(name.file, start, name.end as usize)
        }
    };
    Some(Edit { span, text: String::new() })
}
