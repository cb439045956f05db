//! A resource that lives too deep in others.

use atlas9_ir::Resource;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::{OptionDefault, OptionSpec};

const LEVELS: OptionSpec = OptionSpec {
    lint: "deep_nesting",
    name: "levels",
    default: OptionDefault::Number(1, 3, 64),
    meaning: "how many resources may stand in one path.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[LEVELS];

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let levels = context.config.number(&LEVELS);
    let up = |resource: &&Resource| resource.parent.and_then(|parent| context.ir.resources.get(parent));
    let depth = std::iter::successors(Some(resource), up).take(levels as usize + 2).count();
    // What lives in it is deeper still, and one finding says it all.
    (depth == levels as usize + 1).then(|| {
        Finding::new(
            format!("`{}` is resource number {depth} in its path, `{}`", resource.name, resource.path),
            "deep down",
            format!("let it stand by itself, with a `ref` to what it belongs to instead of `in`; at most {levels} are expected"),
        )
    })
}
