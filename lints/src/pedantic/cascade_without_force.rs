//! A delete that takes other rows along without being asked to.

use atlas9_diagnostics::{Edit, Fix, SourceMap, Span};
use atlas9_ir::{Delete, OnDelete, Operation, OperationKind, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::insert;
use crate::node::{FieldNode, Owner};

pub(crate) const CHECKS: &[Check] = &[Check::Field(check)];

fn check(context: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    let (Owner::Resource(owner), Some(OnDelete::Cascade)) = (node.owner, node.field.on_delete) else {
        return None;
    };
    // A list loses a key, no row.
    let TypeKind::Ref(target) = context.ir.resolve(&node.field.ty).0 else { return None };
    let target = &context.ir.resources[*target];
    let (operation, delete) = target.operations.iter().find_map(|operation| match &operation.kind {
        // What is kept for a while takes nothing along at once.
        OperationKind::Delete(delete) if delete.soft_keep_days.is_none() => Some((operation, delete)),
        _ => None,
    })?;
    let mut finding = Finding::new(
        format!(
            "a delete of `{}` takes every `{}` along that refers to it, without a word",
            target.name, owner.name
        ),
        "goes along",
        format!(
            "say `@on_delete(restrict)`, and `delete force` in `{}`, so that clients ask for it",
            target.name
        ),
    );
    finding.fix = asked(context.sources, node.field.span, operation, delete);
    Some(finding.and(operation.span, "this delete"))
}

/// The reference holds the row, and the delete can be forced.
fn asked(sources: &SourceMap, field: Span, operation: &Operation, delete: &Delete) -> Option<Fix> {
    let rest = sources.get(field.file)?.text().get(field.end as usize..)?;
    let line = rest.lines().next()?;
    let start = field.end as usize + line.find("@on_delete(cascade)")? + "@on_delete(".len();
    let place = Span::new(field.file, start, start + "cascade".len());
    let restrict = Edit { span: place, text: "restrict".to_owned() };
    let force = (!delete.force).then(|| insert::behind(operation.span, "force"));
    Some(Fix { safe: false, edits: [restrict].into_iter().chain(force).collect() })
}
