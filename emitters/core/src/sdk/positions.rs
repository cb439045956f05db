//! Which structures clients send, and where: these need shapes of their own beside the one they are read in.

use std::collections::{BTreeMap, BTreeSet};

use atlas9_ir::{Field, Ir, OperationKind, Type, TypeDeclKind, TypeId, TypeKind, Variant};

use super::is_required;
use crate::requests::{param_fields, request_fields};

/// Where a type stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// In a response: every readable field is there.
    Read,
    /// In a request that gives the whole value.
    Write,
    /// In an update: what is left out stays.
    Patch,
}

/// The structures that stand elsewhere than in responses.
#[derive(Clone, Debug, Default)]
pub struct Positions {
    /// Structures with a shape for [`Position::Write`] that is not the one of [`Position::Read`].
    pub inputs: BTreeSet<TypeId>,
    /// Structures that an update can change in part.
    pub patches: BTreeSet<TypeId>,
    /// Structures that requests hold in the shape of [`Position::Read`].
    shared: BTreeSet<TypeId>,
}

impl Positions {
    /// Of all requests of a package.
    pub fn of(ir: &Ir) -> Positions {
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
        let differing = differing(ir);
        let (inputs, shared) = written.into_iter().partition(|id| differing.contains(id));
        Positions { inputs, patches, shared }
    }

    /// True for a structure that callers make in the shape in which they also read it.
    pub fn is_sent_as_read(&self, id: TypeId) -> bool {
        self.shared.contains(&id)
    }
}

/// The structures of a union's variants; nothing for other types.
pub fn variants_of(ir: &Ir, id: TypeId) -> &[Variant] {
    match &ir.types[id].kind {
        TypeDeclKind::Union { variants, .. } => variants,
        _ => &[],
    }
}

/// A structure in use.
pub fn structure(id: TypeId) -> Type {
    Type { kind: TypeKind::Named(id), optional: false }
}

/// The fields of a structure; nothing for other types.
pub fn fields_of(ir: &Ir, id: TypeId) -> &[Field] {
    match &ir.types[id].kind {
        TypeDeclKind::Structure { fields, .. } => fields,
        TypeDeclKind::Union { .. } | TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => &[],
    }
}

/// These types and those that use one of them, however long the way is.
pub fn with_users(ir: &Ir, first: Vec<TypeId>, used: impl Fn(TypeId) -> Vec<TypeId>) -> BTreeSet<TypeId> {
    let mut users: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for (id, _) in ir.types.iter() {
        used(id).into_iter().for_each(|inner| users.entry(inner).or_default().push(id));
    }
    let (mut found, mut work) = (BTreeSet::new(), first);
    while let Some(id) = work.pop() {
        if found.insert(id) {
            work.extend(users.remove(&id).unwrap_or_default());
        }
    }
    found
}

fn reach(ir: &Ir, ty: &Type, found: &mut BTreeSet<TypeId>) {
    let mut work: Vec<TypeId> = innermost(ir, ty).into_iter().collect();
    while let Some(id) = work.pop() {
        if has_members(ir, id) && found.insert(id) {
            let fields = fields_of(ir, id).iter().filter(|field| field.creatable());
            work.extend(fields.filter_map(|field| innermost(ir, &field.ty)).chain(structures_of(ir, id)));
        }
    }
}

/// A merge patch (RFC 7396) goes into objects; lists are replaced whole.
fn patched(ir: &Ir, ty: &Type, patches: &mut BTreeSet<TypeId>, written: &mut BTreeSet<TypeId>) {
    let mut work: Vec<TypeId> = merged(ir, ty, written).into_iter().collect();
    while let Some(id) = work.pop() {
        if has_members(ir, id) && patches.insert(id) {
            let fields = fields_of(ir, id).iter().filter(|field| field.updatable());
            work.extend(
                fields.filter_map(|field| merged(ir, &field.ty, written)).chain(structures_of(ir, id)),
            );
        }
    }
}

/// The declared type that a patch goes into; what stands in a list is written.
fn merged(ir: &Ir, ty: &Type, written: &mut BTreeSet<TypeId>) -> Option<TypeId> {
    match ir.resolve(ty).0 {
        TypeKind::List { item, .. } => {
            reach(ir, item, written);
            None
        }
        TypeKind::Map { value, .. } => merged(ir, value, written),
        TypeKind::Named(id) => Some(*id),
        TypeKind::Scalar(_) | TypeKind::Ref(_) => None,
    }
}

/// The declared type in lists and maps.
pub(super) fn innermost(ir: &Ir, ty: &Type) -> Option<TypeId> {
    match ir.resolve(ty).0 {
        TypeKind::List { item, .. } => innermost(ir, item),
        TypeKind::Map { value, .. } => innermost(ir, value),
        TypeKind::Named(id) => Some(*id),
        TypeKind::Scalar(_) | TypeKind::Ref(_) => None,
    }
}

fn has_members(ir: &Ir, id: TypeId) -> bool {
    !variants_of(ir, id).is_empty() || !fields_of(ir, id).is_empty()
}

fn structures_of(ir: &Ir, id: TypeId) -> impl Iterator<Item = TypeId> {
    variants_of(ir, id).iter().map(|variant| variant.structure)
}

/// The types of which what is written is not what is read: a field may be left out, or is on one side only.
fn differing(ir: &Ir) -> BTreeSet<TypeId> {
    let ids = ir.types.iter().map(|(id, _)| id);
    let first = ids.filter(|id| fields_of(ir, *id).iter().any(|field| field_differs(ir, field)));
    with_users(ir, first.collect(), |id| inner(ir, id))
}

/// The types that a type is made of.
pub(super) fn inner(ir: &Ir, id: TypeId) -> Vec<TypeId> {
    let fields = fields_of(ir, id).iter().filter_map(|field| innermost(ir, &field.ty));
    fields.chain(structures_of(ir, id)).collect()
}

/// True where a request holds the type in a shape that is not the one of [`Position::Read`], if a request holds it at all.
pub fn is_sent_otherwise(ir: &Ir, id: TypeId) -> bool {
    let (mut seen, mut work) = (BTreeSet::from([id]), vec![id]);
    while let Some(id) = work.pop() {
        if fields_of(ir, id).iter().any(|field| field_differs(ir, field)) {
            return true;
        }
        work.extend(inner(ir, id).into_iter().filter(|id| seen.insert(*id)));
    }
    false
}

fn field_differs(ir: &Ir, field: &Field) -> bool {
    field.readable() != field.creatable() || !is_required(ir, field) || !field.requires.is_empty()
}
