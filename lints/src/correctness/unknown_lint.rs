//! `@allow` names a lint that there is not.

use atlas9_diagnostics::nearest;
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
    let custom = nearest(&allow.lint, config.custom.iter().map(|custom| custom.name.as_str()));
    let help = match custom.or_else(|| suggest(&allow.lint).filter(|name| find(name).is_some())) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`atlas9 explain --all` lists the lints".to_owned(),
    };
    Some(Finding::new(format!("there is no lint `{}`", allow.lint), "allows nothing", help))
}
