//! One mistake, one error: every valid schema there is, changed in one place at a time.

#![expect(clippy::expect_used, reason = "a test may panic")]

mod places;
mod schemas;

use std::ops::Range;

use places::Places;
use schemas::{Base, Changed, schemas};

/// A place and what is put there instead.
type Change = (Range<usize>, String);

/// Makes the changes in every schema, each alone, and counts them.
fn check(
    changes: impl Fn(&str, &Places) -> Vec<Change>,
    sound: impl Fn(&str, &Range<usize>, &Changed) -> bool,
) {
    let base = Base::new();
    let (mut made, mut noisy) = (0, Vec::new());
    for schema in schemas() {
        for (file, (_, text)) in schema.files.iter().enumerate() {
            for (range, with) in changes(text, &Places::of(text)) {
                let changed = base.changed(&schema, file, &range, &with);
                made += 1;
                if !sound(text, &range, &changed) {
                    let what = &text[range];
                    noisy.push(format!("{}: `{what}` is now `{with}`\n{}", schema.name, changed.shown()));
                }
            }
        }
    }
    assert!(noisy.is_empty() && made > 100, "{made}\n{}", noisy.join("\n"));
}

fn misspelt(text: &str, places: &[Range<usize>]) -> Vec<Change> {
    places.iter().map(|range| (range.clone(), format!("{}q", &text[range.clone()]))).collect()
}

/// Words that may be any: lints, classes, former names, keys of maps.
fn is_free(text: &str, range: &Range<usize>) -> bool {
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let before = &text[line_start..range.start];
    ["@allow(", "@sensitive(", "from: "].iter().any(|end| before.ends_with(end))
        || line.trim_start().starts_with("reserved ")
        || before.contains(" reserved ")
        || line.contains("{string:")
}

#[test]
fn a_misspelt_word_is_one_error_where_it_stands() {
    check(
        |text, places| misspelt(text, &places.used),
        |text, range, changed| match changed.found.as_slice() {
            [] => is_free(text, range),
            [found] => {
                let labels = found.labels.iter().map(|label| label.span);
                found.span.into_iter().chain(labels).any(|span| changed.on_line(span))
            }
            _ => false,
        },
    );
}

/// Uses of different kinds say different things: a resource as a parent, and as an answer.
#[test]
fn a_declaration_misspelt_is_told_where_it_is_used() {
    check(
        |text, places| misspelt(text, &places.declared),
        |text, range, changed| {
            let name = text[range.clone()].trim_end_matches("_id").trim_end_matches("_ids");
            let named = |text: &str| text.contains(name);
            changed.found.len() <= 2
                && changed
                    .found
                    .iter()
                    .all(|found| named(&found.message) || found.help.as_deref().is_some_and(named))
        },
    );
}

#[test]
fn what_is_left_out_is_told_once_for_each_kind_of_use() {
    check(
        |_, places| places.whole.iter().map(|range| (range.clone(), String::new())).collect(),
        |_, _, changed| changed.found.len() <= 3,
    );
}

#[test]
fn a_literal_of_another_type_is_one_error_where_it_stands() {
    check(
        |text, places| {
            let other =
                |range: &Range<usize>| if text[range.clone()].starts_with('"') { "true" } else { "\"x\"" };
            places.literals.iter().map(|range| (range.clone(), other(range).to_owned())).collect()
        },
        |_, _, changed| match changed.found.as_slice() {
            [found] => found.span.is_some_and(|span| changed.on_line(span)),
            _ => false,
        },
    );
}

#[test]
fn another_type_is_told_where_it_does_not_fit() {
    check(
        |_, places| places.types.iter().map(|range| (range.clone(), "bool".to_owned())).collect(),
        |_, _, changed| changed.found.len() <= 3,
    );
}
