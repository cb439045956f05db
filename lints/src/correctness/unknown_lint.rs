//! `@allow` names a lint that there is not.

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
    let help = match suggest(&allow.lint).filter(|name| find(name).is_some()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`atlas9 explain --all` lists the lints".to_owned(),
    };
    Some(Finding::new(format!("there is no lint `{}`", allow.lint), "allows nothing", help))
}
