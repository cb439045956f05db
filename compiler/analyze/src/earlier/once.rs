//! One mistake is told once: a name that is wrong makes the lists wrong that name it.

use atlas9_diagnostics::{Diagnostic, Span};

use crate::meanings::Meanings;

/// The errors without those that touch a name whose declaration another one stands at.
pub(super) fn once(errors: Vec<Diagnostic>, meanings: &Meanings) -> Vec<Diagnostic> {
    let mut kept: Vec<Option<Diagnostic>> = errors.into_iter().map(Some).collect();
    for index in 0..kept.len() {
        let Some(error) = kept.get_mut(index).and_then(Option::take) else { continue };
        let declared = meanings.declared(&places(&error));
        let told =
            kept.iter().flatten().filter_map(|other| other.span).any(|place| declared.contains(&place));
        if let Some(place) = kept.get_mut(index).filter(|_| !told) {
            *place = Some(error);
        }
    }
    kept.into_iter().flatten().collect()
}

fn places(error: &Diagnostic) -> Vec<Span> {
    error.span.into_iter().chain(error.labels.iter().map(|label| label.span)).collect()
}
