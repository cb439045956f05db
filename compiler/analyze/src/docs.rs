//! Documentation as the model carries it.

use atlas9_syntax::ast::{Described, Docs};

/// The lines with line breaks between.
pub(crate) fn docs(docs: &Docs) -> String {
    docs.lines.join("\n").trim_end().to_owned()
}

/// The text behind a name, then what stands above it.
pub(crate) fn described(entry: &Described) -> String {
    let text = entry.text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let above = docs(&entry.docs);
    match (text.is_empty(), above.is_empty()) {
        (_, true) => text,
        (true, false) => above,
        (false, false) => format!("{text}\n\n{above}"),
    }
}
