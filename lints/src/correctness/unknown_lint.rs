//! `@allow` names a lint that there is not.

use atlas9_diagnostics::{Edit, Span, nearest};
use atlas9_ir::Allow;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::{find, suggest};

pub(crate) const CHECKS: &[Check] = &[Check::Allow(check)];

fn check(context: &Context<'_>, allow: &Allow) -> Option<Finding> {
    let linter = allow.lint.split('.').next();
    let config = context.config;
    let known = find(&allow.lint).is_some() || config.find_custom(&allow.lint).is_some();
    if known || linter.is_some_and(|linter| config.linters.contains(linter)) {
        return None;
    }
    let told = Finding::new(format!("there is no lint `{}`", allow.lint), "allows nothing", "");
    let custom = nearest(&allow.lint, config.custom.iter().map(|custom| custom.name.as_str()));
    Some(match custom.or_else(|| suggest(&allow.lint).filter(|name| find(name).is_some())) {
        Some(meant) => Finding { help: format!("did you mean `{meant}`?"), ..told }
            .unsafe_fix(edit(context, allow, meant)),
        None => Finding { help: "`atlas9 explain --all` lists the lints".to_owned(), ..told },
    })
}

/// The name, where it stands in the annotation.
fn edit(context: &Context<'_>, allow: &Allow, meant: &str) -> Option<Edit> {
    let text = context.sources.get(allow.span.file)?.text().get(allow.span.range())?;
    let open = text.find('(')?;
    let start = allow.span.start as usize + open + text.get(open..)?.find(&allow.lint)?;
    let span = Span::new(allow.span.file, start, start + allow.lint.len());
    Some(Edit { span, text: meant.to_owned() })
}
