//! Types that lead back to themselves, where Rust needs a box.

use std::collections::BTreeSet;

use atlas9_ir::{Ir, TypeDeclKind, TypeId, TypeKind};

/// True when a value of one type can hold one of the other directly; lists and maps hold theirs elsewhere.
pub fn leads_to(ir: &Ir, from: TypeId, to: TypeId) -> bool {
    let (mut seen, mut work) = (BTreeSet::new(), vec![from]);
    while let Some(id) = work.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            work.extend(directly_in(ir, id));
        }
    }
    false
}

fn directly_in(ir: &Ir, id: TypeId) -> Vec<TypeId> {
    match &ir.types[id].kind {
        TypeDeclKind::Structure { fields, .. } => {
            let kinds = fields.iter().map(|field| ir.resolve(&field.ty).0);
            kinds.filter_map(|kind| if let TypeKind::Named(id) = kind { Some(*id) } else { None }).collect()
        }
        TypeDeclKind::Union { variants, .. } => variants.iter().map(|variant| variant.structure).collect(),
        TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => Vec::new(),
    }
}
