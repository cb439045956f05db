//! Annotations of a field that contradict each other.

use atlas9_diagnostics::{Diagnostic, Span, codes, nearest};
use atlas9_ir::{Field, Managed, Scalar, Visibility};
use atlas9_syntax::ast::Annotation;

use crate::context::At;
use crate::model::Plain;

/// Annotations that no field can have together, and why not.
const APART: &[(&str, &str, &str)] = &[
    ("readonly", "writeonly", EACH),
    ("readonly", "immutable", EACH),
    ("readonly", "internal", EACH),
    ("writeonly", "immutable", EACH),
    ("writeonly", "internal", EACH),
    ("immutable", "internal", EACH),
    ("key", "writeonly", "clients have to read the key to name a row"),
    ("key", "internal", "clients have to read the key to name a row"),
    ("key", "requires", "the key stands in addresses, which everybody may see"),
    ("key", "sensitive", "the key stands in addresses, which are logged"),
    ("tenant", "key", "the tenant says whose a row is, the key which one it is"),
    ("tenant", "unique", "a tenant has more than one row"),
    ("tenant", "writeonly", GIVEN),
    ("tenant", "immutable", GIVEN),
    ("tenant", "requires", "whoever sees the row belongs to the tenant, and knows it"),
    ("tenant", "on_update", GIVEN),
    ("tenant", "deprecated", "no row can be without its tenant"),
    ("internal", "requires", "an internal field is never shown and never taken, whoever asks"),
];

const GIVEN: &str = "the server gives the tenant, once and for all";
const EACH: &str = "each says by itself who reads and writes the field";

/// For keys that the server makes, and for those that clients give.
const KEYS: [(&str, &str); 2] = [
    ("immutable", "the server makes a uuid key, so that no client gives it"),
    ("readonly", "whoever creates the resource gives such a key, so that it is in a request"),
];

/// The annotations of the field that are understood, in their order, and all that stand there. What contradicts another one is as if it
/// were not there.
pub(super) fn check(at: At<'_, '_>, field: &mut Field, marks: &[(&'static str, Span)], list: &[Annotation]) {
    for (index, (again, span)) in marks.iter().enumerate() {
        for (first, before) in &marks[..index] {
            if let Some(why) = apart(at, field, first, again) {
                let message = format!("`@{first}` and `@{again}` contradict each other");
                at.report(
                    Diagnostic::error(codes::E0332, message)
                        .at(*span, "and this")
                        .and(*before, "this")
                        .help(format!("keep one of them: {why}")),
                );
                field.visibility = if field.key { Visibility::ReadWrite } else { field.visibility };
                return;
            }
        }
    }
    // One that is not understood has its error already.
    let was_to_be_readonly =
        list.iter().any(|annotation| nearest(&annotation.name.text(), ["readonly"]).is_some());
    let written = marks.iter().find(|(word, _)| *word == "on_update");
    if let Some((_, span)) = written
        && !was_to_be_readonly
        && field.managed == Some(Managed::UpdatedAt)
        && field.visibility != Visibility::ReadOnly
    {
        let message = format!("`{}` is written by the server, so clients cannot write it", field.name);
        at.report(
            Diagnostic::error(codes::E0332, message)
                .at(field.span, "clients can write it")
                .and(*span, "and so does the server")
                .help("add `@readonly`"),
        );
    }
}

fn apart(at: At<'_, '_>, field: &Field, a: &str, b: &str) -> Option<&'static str> {
    let both = |x: &str, y: &str| (x, y) == (a, b) || (y, x) == (a, b);
    let known = APART.iter().find(|(x, y, _)| both(x, y)).map(|(_, _, why)| *why);
    known.or_else(|| {
        let made = matches!(at.types.plain(&field.ty)?, (Plain::Scalar(Scalar::Uuid), _));
        let (word, why) = if made { KEYS[0] } else { KEYS[1] };
        both("key", word).then_some(why)
    })
}
