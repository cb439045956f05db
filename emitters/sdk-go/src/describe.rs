//! What the documentation comments of the package say: the author's words, then what the schema declares.

use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::sdk::{Position, facts};
use atlas9_ir::{Deprecation, Field, Ir, Operation, Resource, Rule};

use crate::Sdk;
use crate::text::Doc;

/// A field's comment.
pub(crate) fn field(ir: &Ir, field: &Field, position: Position) -> Doc {
    deprecated(Doc::of(&field.docs).sentence(facts::field(ir, field, position)), field.deprecated.as_ref())
}

/// A declaration's comment with the rules that its values keep.
pub(crate) fn declaration(
    docs: &str,
    otherwise: &str,
    rules: &[Rule],
    deprecation: Option<&Deprecation>,
) -> Doc {
    let mut lines = facts::rules(rules).into_iter();
    let doc = Doc::of_or(docs, otherwise).paragraph(lines.next().unwrap_or_default());
    let doc = doc.list(lines.map(|line| line.trim_start_matches("- ").to_owned()));
    deprecated(doc, deprecation)
}

/// An operation's comment.
pub(crate) fn operation(sdk: &Sdk<'_>, resource: Option<&Resource>, operation: &Operation) -> Doc {
    let mut doc = Doc::of_or(&operation.docs, &facts::does(resource, operation));
    doc = doc.paragraph(facts::needs(operation).unwrap_or_default());
    let own = operation.errors.iter().filter(|id| !is_standard(&sdk.plan.ir.errors[**id]));
    let own: Vec<String> = own.map(|id| format!("[{}]", sdk.plan.names.of_error(*id))).collect();
    if !own.is_empty() {
        doc = doc.paragraph(format!("Errors of its own: {}.", own.join(", ")));
    }
    deprecated(doc, operation.deprecated.as_ref())
}

/// Adds that it is on its way out, with the date and the replacement.
pub(crate) fn deprecated(doc: Doc, deprecation: Option<&Deprecation>) -> Doc {
    match deprecation {
        Some(deprecation) => doc.deprecated(&facts::deprecation(deprecation)),
        None => doc,
    }
}
