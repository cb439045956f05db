//! Shows every id in the model, to be changed.

use atlas9_ir::{
    Applied, ErrorId, Field, Ir, Operation, OperationKind, Type, TypeDecl, TypeDeclKind, TypeId, TypeKind,
};

/// Every operation, those of the service last.
pub(crate) fn operations(ir: &mut Ir) -> impl Iterator<Item = &mut Operation> {
    let of_resources = ir.resources.values_mut().flat_map(|resource| &mut resource.operations);
    of_resources.chain(&mut ir.service.operations)
}

/// Every list of fields: of resources, structures, errors and annotations.
fn fields(ir: &mut Ir) -> impl Iterator<Item = &mut Field> {
    let of_types = ir.types.values_mut().filter_map(|decl| match &mut decl.kind {
        TypeDeclKind::Structure { fields, .. } => Some(fields),
        _ => None,
    });
    let of_resources = ir.resources.values_mut().map(|resource| &mut resource.fields);
    let of_errors = ir.errors.values_mut().map(|error| &mut error.fields);
    let of_annotations = ir.annotations.values_mut().map(|annotation| &mut annotation.params);
    of_types.chain(of_resources).chain(of_errors).chain(of_annotations).flatten()
}

/// Every use of a declared type.
pub(super) fn types(ir: &mut Ir, see: &mut dyn FnMut(&mut TypeId)) {
    fields(ir).for_each(|field| of_type(&mut field.ty, see));
    for operation in operations(ir) {
        if let OperationKind::Action(action) = &mut operation.kind {
            action.params.iter_mut().for_each(|param| of_type(&mut param.field.ty, see));
            action.returns.iter_mut().for_each(|ty| of_type(ty, see));
        }
    }
    for decl in ir.types.values_mut() {
        match &mut decl.kind {
            TypeDeclKind::Alias(target) => of_type(target, see),
            TypeDeclKind::Union { variants, .. } => {
                variants.iter_mut().for_each(|variant| see(&mut variant.structure));
            }
            TypeDeclKind::Structure { .. } | TypeDeclKind::Enum { .. } => {}
        }
    }
}

fn of_type(ty: &mut Type, see: &mut dyn FnMut(&mut TypeId)) {
    match &mut ty.kind {
        TypeKind::Named(id) => see(id),
        TypeKind::List { item, .. } => of_type(item, see),
        TypeKind::Map { value, .. } => of_type(value, see),
        TypeKind::Scalar(_) | TypeKind::Ref(_) => {}
    }
}

/// Every use of an error.
pub(super) fn errors(ir: &mut Ir, see: &mut dyn FnMut(&mut ErrorId)) {
    ir.service.raises.iter_mut().for_each(&mut *see);
    for operation in operations(ir) {
        operation.errors.iter_mut().chain(&mut operation.raises).for_each(&mut *see);
        if let OperationKind::Action(action) = &mut operation.kind {
            action.moves.iter_mut().for_each(|moves| see(&mut moves.otherwise.error));
        }
    }
}

/// Every use of a declared annotation.
pub(crate) fn applied(ir: &mut Ir, see: &mut dyn FnMut(&mut Applied)) {
    lists(ir, &mut |list| list.iter_mut().for_each(&mut *see));
}

/// Every list of uses of declared annotations, one for each element.
fn lists(ir: &mut Ir, see: &mut dyn FnMut(&mut Vec<Applied>)) {
    see(&mut ir.service.annotations);
    ir.resources.values_mut().for_each(|resource| see(&mut resource.annotations));
    ir.errors.values_mut().for_each(|error| see(&mut error.annotations));
    fields(ir).for_each(|field| see(&mut field.annotations));
    for operation in operations(ir) {
        see(&mut operation.annotations);
        if let OperationKind::Action(action) = &mut operation.kind {
            action.params.iter_mut().for_each(|param| see(&mut param.field.annotations));
        }
    }
    ir.types.values_mut().for_each(|decl| of_decl(decl, see));
}

fn of_decl(decl: &mut TypeDecl, see: &mut dyn FnMut(&mut Vec<Applied>)) {
    see(&mut decl.annotations);
    match &mut decl.kind {
        TypeDeclKind::Enum { values, .. } => {
            values.iter_mut().for_each(|value| see(&mut value.annotations));
        }
        TypeDeclKind::Union { variants, .. } => {
            variants.iter_mut().for_each(|variant| see(&mut variant.annotations));
        }
        TypeDeclKind::Structure { .. } | TypeDeclKind::Alias(_) => {}
    }
}
