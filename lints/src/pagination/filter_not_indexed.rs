//! A list can be filtered or sorted by a field that no index serves.

use atlas9_ir::{Managed, Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::indexes::leads;
use crate::insert;
use crate::node::{Clause, ListField};

pub(crate) const CHECKS: &[Check] = &[Check::ListField(check)];

fn check(context: &Context<'_>, node: &ListField<'_>) -> Option<Finding> {
    // Both clauses want the same index: one finding is enough.
    let said = node.clause == Clause::Sort && node.list.filter.contains(node.path);
    if said || leads(node.resource, node.path) || !gains(context, node) {
        return None;
    }
    let (resource, path) = (&node.resource.name, node.path);
    let verb = match node.clause {
        Clause::Filter => "filtered",
        Clause::Sort => "sorted",
    };
    // What lives in something else is listed below that: the parents' keys select first.
    let parents = node.resource.fields.iter().filter(|field| field.managed == Some(Managed::Parent));
    let columns: String = parents.map(|parent| format!("{}, ", parent.name)).collect();
    let index = format!("index ({columns}{path})");
    let finding = Finding::new(
        format!("`{resource}` is {verb} by `{path}`, but no index begins with it"),
        "reads every row",
        format!("add `{index}` to `storage`, or take it out of the list"),
    );
    // Where others stand, this one belongs below them; what has none has no place for it yet.
    let last = node.resource.indexes.iter().max_by_key(|index| index.span);
    Some(finding.safe_fix(last.and_then(|last| insert::below(context.sources, last.span, &index))))
}

/// False where another lint speaks of the field (a reference), or an index would hardly be used (a boolean).
fn gains(context: &Context<'_>, node: &ListField<'_>) -> bool {
    let Some(field) = context.ir.field(&node.resource.fields, node.path) else { return false };
    let (kind, _) = context.ir.resolve(&field.ty);
    let referenced = matches!(kind, TypeKind::Ref(_)) && node.path.0.len() == 1;
    !referenced && !matches!(kind, TypeKind::Scalar(Scalar::Bool))
}
