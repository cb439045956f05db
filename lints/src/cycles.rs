//! Resources that need each other before the first of them can be made.

use std::collections::{BTreeMap, BTreeSet};

use atlas9_diagnostics::Span;
use atlas9_ir::{
    Field, Ir, Managed, OperationKind, Resource, ResourceId, Type, TypeDeclKind, TypeId, TypeKind,
};

/// That one resource needs another one first.
pub(crate) struct Need<'a> {
    /// Which one needs.
    pub resource: &'a Resource,
    /// What says so: the field, or the resource where it is its parent.
    pub span: Span,
    /// The field's name, where it is one.
    pub field: Option<&'a str>,
    to: usize,
}

/// Circles of needs, by the place of the resource that stands first in the model. Each resource is in one of them at most.
pub(crate) fn cycles(ir: &Ir) -> BTreeMap<Span, Vec<Need<'_>>> {
    let mut needs: Vec<Vec<Need<'_>>> = ir.resources.iter().map(|(id, _)| needs(ir, id)).collect();
    drop_free(&mut needs);
    let mut walked = vec![usize::MAX; needs.len()];
    let mut found = BTreeMap::new();
    for start in 0..needs.len() {
        let mut at = start;
        while walked[at] == usize::MAX {
            walked[at] = start;
            let Some(next) = needs[at].first() else { break };
            at = next.to;
        }
        if walked[at] == start && !needs[at].is_empty() {
            let circle = circle(&mut needs, at);
            found.extend(circle.first().map(|need| need.resource.span).map(|span| (span, circle)));
        }
    }
    found
}

/// The needs along the circle that a resource is in, taken out, from the first resource of the model on.
fn circle<'a>(needs: &mut [Vec<Need<'a>>], start: usize) -> Vec<Need<'a>> {
    let mut found = Vec::new();
    let mut at = start;
    while !needs[at].is_empty() {
        let need = needs[at].swap_remove(0);
        needs[at].clear();
        at = need.to;
        found.push(need);
    }
    let first = (0..found.len()).min_by_key(|at| found[*at].resource.span).unwrap_or(0);
    found.rotate_left(first);
    found
}

/// Takes away the needs of all that can be made one after the other.
fn drop_free(needs: &mut [Vec<Need<'_>>]) {
    let mut needed_by = vec![Vec::new(); needs.len()];
    for (at, list) in needs.iter().enumerate() {
        list.iter().for_each(|need| needed_by[need.to].push(at));
    }
    let mut left: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut free: Vec<usize> = (0..needs.len()).filter(|at| left[*at] == 0).collect();
    let mut gone = vec![false; needs.len()];
    while let Some(at) = free.pop() {
        gone[at] = true;
        for other in &needed_by[at] {
            left[*other] -= 1;
            if left[*other] == 0 {
                free.push(*other);
            }
        }
    }
    for list in needs.iter_mut() {
        list.retain(|need| !gone[need.to]);
    }
}

/// What a create of a resource cannot do without, as far as creates give it.
fn needs(ir: &Ir, id: ResourceId) -> Vec<Need<'_>> {
    let resource = &ir.resources[id];
    if !creates(resource) {
        return Vec::new();
    }
    let given = resource.fields.iter().filter(|field| field.required_in_create());
    let mut found: Vec<Need<'_>> = Vec::new();
    for field in given {
        let mut seen = BTreeSet::new();
        required(ir, &field.ty, &mut seen, &mut |to| {
            found.push(Need { resource, span: field.span, field: Some(&field.name), to: to.index() });
        });
    }
    found.extend(resource.parent.map(|to| Need {
        resource,
        span: resource.span,
        field: None,
        to: to.index(),
    }));
    // A row can refer to itself where its key is known before it is there.
    let own_key = resource.key().is_some_and(|key| key.managed != Some(Managed::Key));
    found.retain(|need| {
        ir.resources.get(ResourceId::new(need.to)).is_some_and(creates) && !(own_key && need.to == id.index())
    });
    found
}

fn creates(resource: &Resource) -> bool {
    resource.operations.iter().any(|operation| matches!(operation.kind, OperationKind::Create))
}

/// The resources that a value of a type refers to in any case.
fn required(ir: &Ir, ty: &Type, seen: &mut BTreeSet<TypeId>, found: &mut impl FnMut(ResourceId)) {
    if ty.optional {
        return;
    }
    match &ty.kind {
        TypeKind::Ref(to) => found(*to),
        TypeKind::List { item, length } if length.min.as_deref().is_some_and(|min| min != "0") => {
            required(ir, item, seen, found);
        }
        TypeKind::Named(id) if seen.insert(*id) => match &ir.types[*id].kind {
            TypeDeclKind::Structure { fields, .. } => {
                let given = |field: &&Field| field.default.is_none();
                fields.iter().filter(given).for_each(|field| required(ir, &field.ty, seen, found));
            }
            TypeDeclKind::Alias(ty) => required(ir, ty, seen, found),
            _ => {}
        },
        _ => {}
    }
}
