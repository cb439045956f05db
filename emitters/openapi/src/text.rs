//! Words for people. What the schema's author writes is Markdown without HTML: some viewers would run it.

pub(crate) use atlas9_emitters_core::describe::{resource, spaced};
pub(crate) use atlas9_emitters_core::sdk::facts::scopes;
use atlas9_ir::{Deprecation, EnumValue, Rule, Variant};

/// The author's text, in which nothing begins a tag.
pub(crate) fn docs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let opens = |next: &char| next.is_ascii_alphabetic() || "/!?".contains(*next);
        match c {
            '<' if rest.peek().is_some_and(opens) => out.push_str("&lt;"),
            c => out.push(c),
        }
    }
    out
}

/// Paragraphs that have something to say, as one text; nothing where none has.
pub(crate) fn paragraphs<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> Option<String> {
    let parts: Vec<String> = parts
        .into_iter()
        .map(|part| part.as_ref().trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// The first line and the rest.
pub(crate) fn summary(docs: &str) -> (String, String) {
    let (first, rest) = docs.split_once('\n').unwrap_or((docs, ""));
    (first.trim().trim_end_matches('.').to_owned(), rest.trim().to_owned())
}

/// When something goes and what to use instead.
pub(crate) fn deprecation(deprecation: Option<&Deprecation>) -> String {
    let Some(deprecation) = deprecation else { return String::new() };
    let mut sentences = vec![match (&deprecation.since, &deprecation.on) {
        (Some(since), Some(on)) => format!("Deprecated since {}, {}.", docs(since), docs(on)),
        (Some(since), None) => format!("Deprecated since {}.", docs(since)),
        (None, Some(on)) => format!("Deprecated since {}.", docs(on)),
        (None, None) => "Deprecated.".to_owned(),
    }];
    sentences.extend(deprecation.sunset.as_ref().map(|day| format!("It may go after {}.", docs(day))));
    sentences.extend(deprecation.replacement.as_ref().map(|other| format!("Use `{}` instead.", docs(other))));
    sentences.extend(deprecation.reason.as_deref().map(docs));
    sentences.join(" ")
}

/// What the values of an enum mean.
pub(crate) fn values(values: &[EnumValue]) -> String {
    let lines = values.iter().map(|value| match value.docs.is_empty() {
        true => format!("- `{}`", value.name),
        false => format!("- `{}`: {}", value.name, docs(&value.docs.replace('\n', " "))),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The variants of a union with their meaning.
pub(crate) fn variants(variants: &[Variant]) -> String {
    let lines = variants.iter().map(|variant| match variant.docs.is_empty() {
        true => format!("- `{}`", variant.name),
        false => format!("- `{}`: {}", variant.name, docs(&variant.docs.replace('\n', " "))),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The conditions that values keep.
pub(crate) fn rules(rules: &[Rule]) -> String {
    let lines = rules.iter().map(|rule| match rule.text.is_empty() {
        true => format!("- `{}`", rule.name),
        false => format!("- `{}`: {}", rule.name, docs(&rule.text.replace('\n', " "))),
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { String::new() } else { format!("Rules:\n{}", lines.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::docs;

    #[test]
    fn no_text_begins_a_tag() {
        let check = |text: &str, expected: &str| assert_eq!(docs(text), expected);
        check("a < b, `x`, **bold**", "a < b, `x`, **bold**");
        check("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>");
        check("<!-- -->", "&lt;!-- -->");
    }
}
