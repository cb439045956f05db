//! An `@allow` that allows nothing.

use atlas9_diagnostics::{Diagnostic, Edit, Span};
use atlas9_ir::Allow;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::walk::diagnostic;
use crate::{find, remove};

/// None: it is not a node that tells, but what the other lints found.
pub(crate) const CHECKS: &[Check] = &[];

const NAME: &str = "unused_suppression";

/// The findings about those `@allow` that took nothing away, as far as their lints are on.
pub(crate) fn findings(
    context: &Context<'_>,
    used: &[bool],
    is_on: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let Some(lint) = find(NAME).filter(|lint| context.config.of(lint).level().is_some()) else {
        return Vec::new();
    };
    // `unknown_lint` tells of lints that there are not.
    let is_told =
        |allow: &Allow| is_on(&allow.lint) && allow.lint != NAME && !context.ir.is_foreign(allow.span);
    let unused = context.ir.allows.iter().zip(used).filter(|(allow, used)| !*used && is_told(allow));
    unused.map(|(allow, _)| diagnostic(lint, context.config, finding(context, allow), allow)).collect()
}

fn finding(context: &Context<'_>, allow: &Allow) -> Finding {
    Finding::new(
        format!("`{}` finds nothing here that this allows", allow.lint),
        "allows nothing",
        "take it away: one day it would hide something that nobody has looked at",
    )
    .safe_fix(edit(context, allow.span))
}

fn edit(context: &Context<'_>, annotation: Span) -> Option<Edit> {
    remove::word(context.sources, annotation)
}
