//! A state that clients set, past the actions that move it.

use atlas9_ir::{Field, Operation, OperationKind, Resource, Visibility};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::moves::moved;
use crate::written::annotate;

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let offers = |wanted: fn(&OperationKind) -> bool| {
        resource.operations.iter().any(|operation| wanted(&operation.kind))
    };
    let found = moved(resource).into_iter().filter_map(|(field, operation)| {
        let updated = field.updatable()
            && offers(|kind| matches!(kind, OperationKind::Update | OperationKind::Replace));
        let created = field.creatable() && offers(|kind| matches!(kind, OperationKind::Create));
        (updated || created).then(|| finding(context, resource, field, operation))
    });
    Finding::several(found)
}

fn finding(context: &Context<'_>, resource: &Resource, field: &Field, operation: &Operation) -> Finding {
    let name = &field.name;
    let finding = Finding::new(
        format!("clients can write `{name}` as they like, although `{}` moves it", operation.name),
        "written by clients",
        format!(
            "say `@readonly`, so that `{name}` changes by the actions alone; a create begins with its default"
        ),
    );
    // Nobody could fill it otherwise.
    let begins = field.default.is_some() || field.ty.optional;
    let fix = (begins && field.visibility == Visibility::ReadWrite)
        .then(|| annotate(context.sources, field.span, "@readonly"));
    let place = if context.ir.is_foreign(field.span) { resource.span } else { field.span };
    let finding = finding.at(place).and(operation.span, "moves it from one value to another");
    finding
        .about(format!("{}.{name}", resource.name))
        .unsafe_fix(fix.flatten().filter(|_| place == field.span))
}
