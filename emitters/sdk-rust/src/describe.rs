//! What the documentation comments of the crate say: the author's words, then what the schema declares.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::sdk::{Position, facts};
use atlas9_emitters_core::text::printable;
use atlas9_ir::{Deprecation, Field, Ir, Operation, Resource, Rule};

use crate::layout;
use crate::text::{Doc, code, literal};

/// A field's comment.
pub(crate) fn field(ir: &Ir, field: &Field, position: Position) -> Doc {
    let otherwise = format!("The member {}.", code(&field.wire));
    Doc::of_or(&field.docs, &otherwise).paragraph(&facts::field(ir, field, position))
}

/// A declaration's comment with the rules that its values keep.
pub(crate) fn declaration(docs: &str, otherwise: &str, rules: &[Rule]) -> Doc {
    let rules = facts::rules(rules);
    let text = match rules.split_first() {
        Some((title, lines)) => format!("{title}\n\n{}", lines.join("\n")),
        None => String::new(),
    };
    Doc::of_or(docs, otherwise).paragraph(&text)
}

/// An operation's comment.
pub(crate) fn operation(resource: Option<&Resource>, operation: &Operation) -> Doc {
    let doc = Doc::of_or(&operation.docs, &facts::does(resource, operation));
    doc.paragraph(&facts::needs(operation).unwrap_or_default())
}

/// Writes the attribute of what is on its way out.
pub(crate) fn deprecated(w: &mut Writer, deprecation: Option<&Deprecation>) {
    let said = self::deprecation(deprecation);
    if !said.is_empty() {
        layout::attribute(w, "deprecated", &said);
    }
}

/// The version, the date and the replacement of what is on its way out; empty for anything else.
pub(crate) fn deprecation(deprecation: Option<&Deprecation>) -> Vec<String> {
    let Some(deprecation) = deprecation else { return Vec::new() };
    let mut said = Vec::new();
    if let Some(since) = deprecation.since.as_deref().filter(|since| is_version(since)) {
        said.push(format!("since = {}", literal(since)));
    }
    let note = printable(&facts::deprecation(deprecation)).split_whitespace().collect::<Vec<_>>().join(" ");
    let note = if note.is_empty() { "It may be gone in a later version.".to_owned() } else { note };
    said.push(format!("note = {}", literal(&note)));
    said
}

/// Clippy takes nothing else for a version.
fn is_version(text: &str) -> bool {
    let numbers: Vec<&str> = text.split('.').collect();
    let number = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.len() == 3 && numbers.iter().all(number)
}
