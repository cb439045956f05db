//! Declared annotations in the model, with the arguments of each use.

use atlas9_ir::{AnnotationDecl, Applied, Field, Ir, Operation, OperationKind, TypeDecl, TypeDeclKind};

use super::applied::Arguments;
use super::declare::Entry;

/// Enters the declarations, and what each use of them says.
pub(crate) fn keep(ir: &mut Ir, entries: Vec<Entry>, arguments: &Arguments) {
    let declared = |entry: Entry| AnnotationDecl { params: entry.shape.fields, ..entry.decl };
    ir.annotations = entries.into_iter().map(declared).collect();
    each(ir, &mut |applied| {
        // The field of a mixin stands in every resource that takes it.
        if let Some(values) = arguments.get(&applied.span) {
            applied.arguments.clone_from(values);
        }
    });
}

/// Shows every use of a declared annotation.
fn each(ir: &mut Ir, see: &mut impl FnMut(&mut Applied)) {
    ir.service.annotations.iter_mut().for_each(&mut *see);
    ir.service.operations.iter_mut().for_each(|operation| in_operation(operation, see));
    ir.types.values_mut().for_each(|decl| in_type(decl, see));
    for resource in ir.resources.values_mut() {
        resource.annotations.iter_mut().for_each(&mut *see);
        in_fields(&mut resource.fields, see);
        resource.operations.iter_mut().for_each(|operation| in_operation(operation, see));
    }
    for error in ir.errors.values_mut() {
        error.annotations.iter_mut().for_each(&mut *see);
        in_fields(&mut error.fields, see);
    }
}

fn in_type(decl: &mut TypeDecl, see: &mut impl FnMut(&mut Applied)) {
    decl.annotations.iter_mut().for_each(&mut *see);
    match &mut decl.kind {
        TypeDeclKind::Structure { fields, .. } => in_fields(fields, see),
        TypeDeclKind::Enum { values, .. } => {
            values.iter_mut().flat_map(|value| &mut value.annotations).for_each(&mut *see);
        }
        TypeDeclKind::Union { variants, .. } => {
            variants.iter_mut().flat_map(|variant| &mut variant.annotations).for_each(&mut *see);
        }
        TypeDeclKind::Alias(_) => {}
    }
}

fn in_operation(operation: &mut Operation, see: &mut impl FnMut(&mut Applied)) {
    operation.annotations.iter_mut().for_each(&mut *see);
    if let OperationKind::Action(action) = &mut operation.kind {
        action.params.iter_mut().flat_map(|param| &mut param.field.annotations).for_each(&mut *see);
    }
}

fn in_fields(fields: &mut [Field], see: &mut impl FnMut(&mut Applied)) {
    fields.iter_mut().flat_map(|field| &mut field.annotations).for_each(&mut *see);
}
