//! Types as a schema spells them, without bounds.

use atlas9_ir::{Ir, Type, TypeKind};

/// `string`, `[uuid]`, `ref Book`, `Money`; with `full`, declared types have their namespace before them.
pub(super) fn spelt(ir: &Ir, ty: &Type, full: bool) -> String {
    match &ty.kind {
        TypeKind::Scalar(scalar) => scalar.word().to_owned(),
        TypeKind::List { item, .. } => format!("[{}]", spelt(ir, item, full)),
        TypeKind::Map { value, .. } => format!("{{string: {}}}", spelt(ir, value, full)),
        TypeKind::Ref(resource) => format!("ref {}", ir.resources[*resource].name),
        TypeKind::Named(id) => {
            let decl = &ir.types[*id];
            if full { format!("{}.{}", decl.namespace, decl.name) } else { decl.name.clone() }
        }
    }
}
