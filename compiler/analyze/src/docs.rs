//! Documentation as the model carries it.

use atlas9_syntax::ast::{Docs, Text};

/// The lines with line breaks between.
pub(crate) fn docs(docs: &Docs) -> String {
    docs.lines.join("\n").trim_end().to_owned()
}

/// The text behind a name, then what stands above it.
pub(crate) fn described(text: Option<&Text>, above: &Docs) -> String {
    let text = text.map(|text| text.value.clone()).unwrap_or_default();
    let above = docs(above);
    match (text.is_empty(), above.is_empty()) {
        (_, true) => text,
        (true, false) => above,
        (false, false) => format!("{text}\n\n{above}"),
    }
}
