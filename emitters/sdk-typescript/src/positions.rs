//! Which structures clients send, and where: these need shapes of their own beside the one they are read in.

use std::collections::BTreeSet;

use atlas9_ir::{
    Field, Ir, Operation, OperationKind, ParamPlace, Resource, Type, TypeDeclKind, TypeId, TypeKind, Variant,
};

use crate::types::is_required;

/// Where a type stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// In a response: every readable field is there.
    Read,
    /// In a request that gives the whole value.
    Write,
    /// In an update: what is left out stays.
    Patch,
}

/// The structures that stand elsewhere than in responses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Positions {
    /// Structures with a shape for [`Position::Write`] that is not the one of [`Position::Read`].
    pub(crate) inputs: BTreeSet<TypeId>,
    /// Structures that an update can change in part.
    pub(crate) patches: BTreeSet<TypeId>,
}

impl Positions {
    /// Of all requests of a package.
    pub(crate) fn of(ir: &Ir) -> Positions {
        let mut written = BTreeSet::new();
        let mut patches = BTreeSet::new();
        for (resource, operation) in ir.operations() {
            for field in request_fields(resource, operation) {
                match operation.kind {
                    OperationKind::Update => patched(ir, &field.ty, &mut patches, &mut written),
                    _ => reach(ir, &field.ty, &mut written),
                }
            }
            param_fields(operation).for_each(|(field, _)| reach(ir, &field.ty, &mut written));
        }
        let inputs = written.into_iter().filter(|id| differs(ir, *id, &mut BTreeSet::new())).collect();
        Positions { inputs, patches }
    }
}

/// The fields that the body of an operation can hold.
pub(crate) fn request_fields<'a>(resource: Option<&'a Resource>, operation: &'a Operation) -> Vec<&'a Field> {
    let fields = resource.into_iter().flat_map(|resource| &resource.fields);
    match &operation.kind {
        OperationKind::Create => fields.filter(|field| field.creatable()).collect(),
        OperationKind::Update | OperationKind::Replace => fields.filter(|field| field.updatable()).collect(),
        OperationKind::Action(action) => action.body().collect(),
        OperationKind::List(_) | OperationKind::Get | OperationKind::Delete(_) | OperationKind::Undelete => {
            Vec::new()
        }
    }
}

/// The parameters of an action that travel in the query or in headers; with the header's name.
pub(crate) fn param_fields(operation: &Operation) -> impl Iterator<Item = (&Field, Option<&str>)> {
    let params = match &operation.kind {
        OperationKind::Action(action) => action.params.as_slice(),
        _ => &[],
    };
    params.iter().filter_map(|param| match &param.place {
        ParamPlace::Query => Some((&param.field, None)),
        ParamPlace::Header(name) => Some((&param.field, Some(name.as_str()))),
        ParamPlace::Body | ParamPlace::Path => None,
    })
}

/// The structures of a union's variants; nothing for other types.
pub(crate) fn variants_of(ir: &Ir, id: TypeId) -> &[Variant] {
    match &ir.types[id].kind {
        TypeDeclKind::Union { variants, .. } => variants,
        _ => &[],
    }
}

/// A structure in use.
pub(crate) fn structure(id: TypeId) -> Type {
    Type { kind: TypeKind::Named(id), optional: false }
}

/// The fields of a structure; nothing for other types.
pub(crate) fn fields_of(ir: &Ir, id: TypeId) -> &[Field] {
    match &ir.types[id].kind {
        TypeDeclKind::Structure { fields, .. } => fields,
        TypeDeclKind::Union { .. } | TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => &[],
    }
}

fn reach(ir: &Ir, ty: &Type, found: &mut BTreeSet<TypeId>) {
    match ir.resolve(ty).0 {
        TypeKind::List { item, .. } => reach(ir, item, found),
        TypeKind::Map { value, .. } => reach(ir, value, found),
        TypeKind::Named(id) if !variants_of(ir, *id).is_empty() && found.insert(*id) => {
            variants_of(ir, *id).iter().for_each(|variant| reach(ir, &structure(variant.structure), found));
        }
        TypeKind::Named(id) if !fields_of(ir, *id).is_empty() && found.insert(*id) => {
            fields_of(ir, *id)
                .iter()
                .filter(|field| field.creatable())
                .for_each(|field| reach(ir, &field.ty, found));
        }
        TypeKind::Named(_) | TypeKind::Scalar(_) | TypeKind::Ref(_) => {}
    }
}

/// A merge patch (RFC 7396) goes into objects; lists are replaced whole.
fn patched(ir: &Ir, ty: &Type, patches: &mut BTreeSet<TypeId>, written: &mut BTreeSet<TypeId>) {
    match ir.resolve(ty).0 {
        TypeKind::List { item, .. } => reach(ir, item, written),
        TypeKind::Map { value, .. } => patched(ir, value, patches, written),
        TypeKind::Named(id) if !variants_of(ir, *id).is_empty() && patches.insert(*id) => {
            let inner = variants_of(ir, *id).iter().map(|variant| structure(variant.structure));
            inner.for_each(|ty| patched(ir, &ty, patches, written));
        }
        TypeKind::Named(id) if !fields_of(ir, *id).is_empty() && patches.insert(*id) => {
            let fields = fields_of(ir, *id).iter().filter(|field| field.updatable());
            fields.for_each(|field| patched(ir, &field.ty, patches, written));
        }
        TypeKind::Named(_) | TypeKind::Scalar(_) | TypeKind::Ref(_) => {}
    }
}

/// True when what is written is not what is read: a field may be left out, or is on one side only.
fn differs(ir: &Ir, id: TypeId, seen: &mut BTreeSet<TypeId>) -> bool {
    if !seen.insert(id) {
        return false;
    }
    let mut variants = variants_of(ir, id).iter();
    if variants.any(|variant| differs(ir, variant.structure, seen)) {
        return true;
    }
    fields_of(ir, id).iter().any(|field| {
        let one_sided = field.readable() != field.creatable();
        one_sided
            || !is_required(ir, field)
            || !field.requires.is_empty()
            || inner_differs(ir, &field.ty, seen)
    })
}

fn inner_differs(ir: &Ir, ty: &Type, seen: &mut BTreeSet<TypeId>) -> bool {
    match ir.resolve(ty).0 {
        TypeKind::List { item, .. } => inner_differs(ir, item, seen),
        TypeKind::Map { value, .. } => inner_differs(ir, value, seen),
        TypeKind::Named(id) => differs(ir, *id, seen),
        TypeKind::Scalar(_) | TypeKind::Ref(_) => false,
    }
}
