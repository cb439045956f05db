//! What the docstrings of the package say: the author's words, then what the schema declares.

use atlas9_emitters_core::sdk::{Position, facts};
use atlas9_ir::{Deprecation, Field, Ir, Operation, Resource, Rule};

use crate::text::Doc;

/// A field's docstring.
pub(crate) fn field(ir: &Ir, field: &Field, position: Position) -> Doc {
    deprecated(Doc::of(&field.docs).line(facts::field(ir, field, position)), field.deprecated.as_ref())
}

/// A declaration's docstring with the rules that its values keep.
pub(crate) fn declaration(
    docs: &str,
    otherwise: &str,
    rules: &[Rule],
    deprecation: Option<&Deprecation>,
) -> Doc {
    let mut doc = Doc::of_or(docs, otherwise);
    for line in facts::rules(rules) {
        doc = if doc.is_listing() { doc.line(line) } else { doc.paragraph(line) };
    }
    deprecated(doc, deprecation)
}

/// An operation's docstring.
pub(crate) fn operation(resource: Option<&Resource>, operation: &Operation) -> Doc {
    let doc = Doc::of_or(&operation.docs, &facts::does(resource, operation));
    let doc = doc.line(facts::needs(operation).unwrap_or_default());
    deprecated(doc, operation.deprecated.as_ref())
}

/// Says since when, until when, and what to use instead.
pub(crate) fn deprecated(doc: Doc, deprecation: Option<&Deprecation>) -> Doc {
    match deprecation {
        Some(deprecation) => {
            doc.paragraph(format!("Deprecated. {}", facts::deprecation(deprecation)).trim_end())
        }
        None => doc,
    }
}
