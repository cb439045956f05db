//! What the documentation comments of the package say: the author's words, then what the schema declares.

use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::sdk::{Position, facts};
use atlas9_ir::{Deprecation, Field, Ir, Operation, Resource, Rule};

use crate::Sdk;
use crate::text::Doc;

/// A field's comment.
pub(crate) fn field(ir: &Ir, field: &Field, position: Position) -> Doc {
    deprecated(Doc::of(&field.docs).line(facts::field(ir, field, position)), field.deprecated.as_ref())
}

/// A declaration's comment with the rules that its values keep.
pub(crate) fn declaration(
    docs: &str,
    otherwise: &str,
    rules: &[Rule],
    deprecation: Option<&Deprecation>,
) -> Doc {
    let mut doc = Doc::of_or(docs, otherwise);
    for (at, line) in facts::rules(rules).into_iter().enumerate() {
        doc = if at == 0 { doc.paragraph(line) } else { doc.line(line) };
    }
    deprecated(doc, deprecation)
}

/// An operation's comment.
pub(crate) fn operation(sdk: &Sdk<'_>, resource: Option<&Resource>, operation: &Operation) -> Doc {
    let mut doc = Doc::of_or(&operation.docs, &facts::does(resource, operation));
    doc = doc.line(facts::needs(operation).unwrap_or_default());
    for id in &operation.errors {
        let error = &sdk.ir.errors[*id];
        if !is_standard(error) {
            doc = doc.linked("@throws", sdk.names.of_error(*id), error.docs.lines().next().unwrap_or(""));
        }
    }
    deprecated(doc, operation.deprecated.as_ref())
}

/// Adds `@deprecated` with the date and the replacement.
pub(crate) fn deprecated(doc: Doc, deprecation: Option<&Deprecation>) -> Doc {
    match deprecation {
        Some(deprecation) => doc.tag("@deprecated", &facts::deprecation(deprecation)),
        None => doc,
    }
}
