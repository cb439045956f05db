//! A service with more resources than anybody keeps in mind.

use atlas9_ir::Service;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::{OptionDefault, OptionSpec};

const MOST: OptionSpec = OptionSpec {
    lint: "too_many_resources",
    name: "most",
    default: OptionDefault::Number(1, 8, 10_000),
    meaning: "how many resources a service may offer, without those that live in others.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[MOST];

pub(crate) const CHECKS: &[Check] = &[Check::Service(check)];

fn check(context: &Context<'_>, service: &Service) -> Option<Finding> {
    let offered = context.ir.resources.values().filter(|resource| {
        resource.parent.is_none() && !resource.singleton && !resource.operations.is_empty()
    });
    let (count, most) = (offered.count(), context.config.number(&MOST));
    (count > most as usize).then(|| {
        Finding::new(
            format!("`{}` offers {count} resources, and at most {most} are expected", service.name),
            "large",
            "make services of it that belong to one subject each, or raise `most`",
        )
    })
}
