//! One mistake is told once: a name that is wrong makes the lists wrong that name it.

use atlas9_diagnostics::{Diagnostic, Span};
use foldhash::HashMap;

use crate::meanings::{InOrder, Meanings};

/// The errors without those that touch a name whose declaration another one stands at.
pub(super) fn once(errors: Vec<Diagnostic>, meanings: &Meanings) -> Vec<Diagnostic> {
    let meanings = meanings.in_order();
    let mut told: HashMap<Span, usize> = HashMap::default();
    for place in errors.iter().filter_map(|error| error.span) {
        *told.entry(place).or_default() += 1;
    }
    errors.into_iter().filter(|error| keeps(error, &meanings, &mut told)).collect()
}

/// True when no other error of those that are kept stands where one of the names is declared. `told` counts the kept ones, by their
/// places.
fn keeps(error: &Diagnostic, meanings: &InOrder, told: &mut HashMap<Span, usize>) -> bool {
    let own = |place| usize::from(error.span == Some(place));
    let mut declared = places(error).into_iter().flat_map(|place| meanings.declared(place));
    let again = declared.any(|place| told.get(&place).is_some_and(|count| *count > own(place)));
    if again && let Some(count) = error.span.and_then(|place| told.get_mut(&place)) {
        *count = count.saturating_sub(1);
    }
    !again
}

fn places(error: &Diagnostic) -> Vec<Span> {
    error.span.into_iter().chain(error.labels.iter().map(|label| label.span)).collect()
}
