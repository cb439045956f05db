//! Declared annotations in the model, with the arguments of each use.

use atlas9_ir::{AnnotationDecl, Ir};

use super::applied::Arguments;
use super::declare::Entry;
use crate::finish;

/// Enters the declarations, and what each use of them says.
pub(crate) fn keep(ir: &mut Ir, entries: Vec<Entry>, arguments: &Arguments) {
    let declared = |entry: Entry| AnnotationDecl { params: entry.shape.fields, ..entry.decl };
    ir.annotations = entries.into_iter().map(declared).collect();
    finish::applied(ir, &mut |applied| {
        // The field of a mixin stands in every resource that takes it.
        if let Some(values) = arguments.get(&applied.span) {
            applied.arguments.clone_from(values);
        }
    });
}
