//! Resources that need each other before the first of them can be made.

use atlas9_ir::Resource;

use crate::check::{Check, Context};
use crate::cycles::Need;
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

/// So many of a circle are named.
const SHOWN: usize = 5;

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let circle = context.facts.cycles().get(&resource.span)?;
    let (first, rest) = circle.split_first()?;
    let finding = Finding::new(
        format!("the first `{}` cannot be made: it needs {}", resource.name, chain(first, rest)),
        "needed in any case",
        "make one of the references optional with `?`, and let an update or an action fill it",
    );
    let place =
        |need: &Need<'_>| if context.ir.is_foreign(need.span) { need.resource.span } else { need.span };
    let about = first.field.map_or(resource.name.clone(), |field| format!("{}.{field}", resource.name));
    let finding = finding.at(place(first)).about(about);
    let places = rest.iter().take(SHOWN).map(place);
    Some(places.fold(finding, |finding, place| finding.and(place, "and this is needed for that")))
}

/// What is needed, one after the other, back to the first.
fn chain(first: &Need<'_>, rest: &[Need<'_>]) -> String {
    let names = rest.iter().take(SHOWN).map(|need| format!("`{}`", need.resource.name));
    let last = match rest.len() > SHOWN {
        true => format!("{} more, which need `{}`", rest.len() - SHOWN, first.resource.name),
        false => format!("`{}`", first.resource.name),
    };
    names.chain([last]).collect::<Vec<_>>().join(", which needs ")
}
