//! A field that is on its way out, and that every request has to send.

use atlas9_ir::{Operation, OperationKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, Owner};

pub(crate) const CHECKS: &[Check] = &[Check::Field(check)];

fn check(context: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    let field = node.field;
    let deprecation = field.deprecated.as_ref().filter(|_| field.required_in_create())?;
    let asked = match node.owner {
        Owner::Resource(resource) => {
            let whole = |operation: &Operation| {
                matches!(operation.kind, OperationKind::Create | OperationKind::Replace)
            };
            resource.deprecated.is_none() && resource.operations.iter().any(whole)
        }
        Owner::Type(decl) => decl.deprecated.is_none() && !context.facts.uses().only_answered(decl),
        Owner::Operation(_, operation) => operation.deprecated.is_none(),
        _ => false,
    };
    asked.then(|| {
        let finding = Finding::new(
            format!("`{}` is deprecated, but no request may leave it out", field.name),
            "required",
            "make it optional with `?`, or give it a default, so that clients can stop sending it",
        );
        finding.and(deprecation.span, "deprecated here")
    })
}
