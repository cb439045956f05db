//! What follows from everything else in the model: the errors of each operation, what is used at all, and the order of types.
//!
//! These passes read and write the model alone: no tree has anything to say here any more.

mod obvious;
mod order;
mod walk;

use atlas9_ir::{Arena, Id, Ir};

pub(crate) use walk::{applied, operations};

/// Finishes a model without errors. Its errors hold every one that is declared and every standard one.
pub(crate) fn finish(ir: &mut Ir) {
    obvious::errors(ir);
    let kept = order::kept(ir);
    let types = take(&mut ir.types, &kept.types);
    let errors = take(&mut ir.errors, &kept.errors);
    let annotations = take(&mut ir.annotations, &kept.annotations);
    walk::types(ir, &mut |id| renumber(id, &types));
    walk::errors(ir, &mut |id| renumber(id, &errors));
    walk::applied(ir, &mut |applied| renumber(&mut applied.annotation, &annotations));
}

/// Leaves these items in the list, in this order. The new id of each by its old one.
fn take<T>(arena: &mut Arena<T>, kept: &[Id<T>]) -> Vec<Option<Id<T>>> {
    let mut items: Vec<Option<T>> = std::mem::take(arena).into_iter().map(Some).collect();
    let mut ids = vec![None; items.len()];
    for id in kept {
        if let Some(item) = items.get_mut(id.index()).and_then(Option::take) {
            ids[id.index()] = Some(arena.push(item));
        }
    }
    ids
}

fn renumber<T>(id: &mut Id<T>, ids: &[Option<Id<T>>]) {
    if let Some(Some(new)) = ids.get(id.index()) {
        *id = *new;
    }
}
