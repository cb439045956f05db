//! A field that has a default and can be null as well.

use atlas9_diagnostics::Edit;
use atlas9_ir::Value;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{FieldNode, Owner};
use crate::written::written;

pub(crate) const CHECKS: &[Check] = &[Check::Field(check)];

fn check(context: &Context<'_>, node: &FieldNode<'_>) -> Option<Finding> {
    let field = node.field;
    if field.default.as_ref().is_none_or(|default| *default == Value::Null)
        || !context.ir.resolve(&field.ty).1
    {
        return None;
    }
    // A singleton is never created, and what clients never send is null when the server says so.
    let sent = match node.owner {
        Owner::Resource(resource) => !resource.singleton && field.creatable(),
        _ => true,
    };
    sent.then(|| {
        let finding = Finding::new(
            format!("the {} `{}` has a default, and yet it can be null", node.kind.word(), field.name),
            "left out is the default, and null is the same as left out",
            "take the `?` away, or the default",
        );
        let mark = written(context.sources, field.span).and_then(|written| written.optional);
        finding.unsafe_fix(mark.map(|span| Edit { span, text: String::new() }))
    })
}
