//! `@allow` names a lint that there is not.

use atlas9_diagnostics::{Edit, Span};
use atlas9_ir::Allow;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::{find, suggest};

pub(crate) const CHECKS: &[Check] = &[Check::Allow(check)];

fn check(context: &Context<'_>, allow: &Allow) -> Option<Finding> {
    let linter = allow.lint.split_once('.').map(|(linter, _)| linter);
    if find(&allow.lint).is_some() || linter.is_some_and(|linter| context.config.linters.contains(linter)) {
        return None;
    }
    let told = Finding::new(format!("there is no lint `{}`", allow.lint), "allows nothing", "");
    Some(match suggest(&allow.lint).filter(|name| find(name).is_some()) {
        Some(meant) => Finding { help: format!("did you mean `{meant}`?"), ..told }
            .unsafe_fix(edit(context, allow, meant)),
        None => Finding { help: "`atlas9 explain --all` lists the lints".to_owned(), ..told },
    })
}

/// The name, where it stands in the annotation.
fn edit(context: &Context<'_>, allow: &Allow, meant: &str) -> Option<Edit> {
    let text = context.sources.get(allow.span.file)?.text().get(allow.span.range())?;
    let start = allow.span.start as usize + text.find(&allow.lint)?;
    let span = Span::new(allow.span.file, start, start + allow.lint.len());
    Some(Edit { span, text: meant.to_owned() })
}
