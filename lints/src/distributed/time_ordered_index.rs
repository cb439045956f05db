//! An index whose newest entries all lie on one machine.

use atlas9_ir::{Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::IndexNode;

pub(crate) const CHECKS: &[Check] = &[Check::Index(check)];

fn check(context: &Context<'_>, node: &IndexNode<'_>) -> Option<Finding> {
    // With a tenant or a parent, every index begins with that.
    if node.resource.tenant().is_some() {
        return None;
    }
    let path = node.index.fields.first()?;
    let field = context.ir.field(&node.resource.fields, path)?;
    let time = matches!(context.ir.resolve(&field.ty).0, TypeKind::Scalar(Scalar::Timestamp | Scalar::Date));
    time.then(|| {
        let finding = Finding::new(
            format!("the index of `{}` that begins with `{path}` grows at one end", node.resource.name),
            "begins with a time",
            "begin with a field that spreads the rows, best the tenant",
        );
        finding.and(field.span, "rises with every row")
    })
}
