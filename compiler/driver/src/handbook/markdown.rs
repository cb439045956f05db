//! The handbook as Markdown: the pages as they are, with ways from one to another.

use super::pages::{Pages, Place};

/// A page or the index. Names of lints and errors in it become links.
pub(super) fn document(markdown: &str, pages: &Pages<'_>, place: Place<'_>) -> String {
    let text = outside_code(markdown, |line| linked(line, pages, place));
    match place {
        Place::Page(_) => format!("{text}\n[All lints and errors]({})\n", pages.to_index()),
        _ => text,
    }
}

/// Everything in one document, each page one level deeper.
pub(super) fn in_one(index: &str, texts: &[String], pages: &Pages<'_>) -> String {
    let deeper = |text: &str| {
        outside_code(text, |line| match line.starts_with('#') {
            true => format!("#{}", anchored(line)),
            false => linked(line, pages, Place::One),
        })
    };
    let index = outside_code(index, |line| linked(line, pages, Place::One));
    std::iter::once(index).chain(texts.iter().map(|text| deeper(text))).collect::<Vec<_>>().join("\n")
}

/// The heading of an error's page is its name alone, so that its anchor is known.
fn anchored(line: &str) -> String {
    match line.strip_prefix("# ").and_then(|heading| heading.split_once(": ")) {
        Some((name, rest)) => format!("# {name}\n\n**{rest}**"),
        None => line.to_owned(),
    }
}

/// Every line that stands in no code block is changed.
fn outside_code(markdown: &str, change: impl Fn(&str) -> String) -> String {
    let mut in_code = false;
    let mut out = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        in_code ^= line.starts_with("```");
        let as_it_is = in_code || line.starts_with("```");
        out.push_str(&if as_it_is { line.to_owned() } else { change(line) });
        out.push('\n');
    }
    out
}

/// Names in code become links; what is a link already stays.
fn linked(line: &str, pages: &Pages<'_>, place: Place<'_>) -> String {
    if line.starts_with('#') || line.contains("](") {
        return line.to_owned();
    }
    let parts = line.split('`').enumerate().map(|(at, part)| match at % 2 {
        1 => match pages.way(part, place) {
            Some(way) => format!("[`{part}`]({way})"),
            None => format!("`{part}`"),
        },
        _ => part.to_owned(),
    });
    // An odd number of marks is no code: such a line stays as it is.
    if line.matches('`').count() % 2 == 1 { line.to_owned() } else { parts.collect() }
}
