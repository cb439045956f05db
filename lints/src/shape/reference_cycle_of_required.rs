//! Resources that need each other before the first of them can be made.

use atlas9_ir::Resource;

use crate::check::{Check, Context};
use crate::cycles::Need;
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let circle = context.facts.cycles().get(&resource.span)?;
    let (first, rest) = circle.split_first()?;
    let names: Vec<_> = rest.iter().chain([first]).map(|need| format!("`{}`", need.resource.name)).collect();
    let finding = Finding::new(
        format!("the first `{}` cannot be made: it needs {}", resource.name, names.join(", which needs ")),
        "needed in any case",
        "make one of the references optional with `?`, and let an update or an action fill it",
    );
    let place =
        |need: &Need<'_>| if context.ir.is_foreign(need.span) { need.resource.span } else { need.span };
    let about = first.field.map_or(resource.name.clone(), |field| format!("{}.{field}", resource.name));
    let finding = finding.at(place(first)).about(about);
    Some(rest.iter().fold(finding, |finding, need| finding.and(place(need), "and this is needed for that")))
}
