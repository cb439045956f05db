//! A key that can be counted up.

use atlas9_ir::{Resource, Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::written::retype;

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let key = resource.key()?;
    let counted = matches!(
        context.ir.resolve(&key.ty).0,
        TypeKind::Scalar(Scalar::Int { .. } | Scalar::Int32 { .. } | Scalar::Int64 { .. })
    );
    // Below its parent a number says no more than that it is the third one.
    if !counted
        || resource.parent.is_some()
        || resource.operations.is_empty()
        || context.ir.is_foreign(key.span)
    {
        return None;
    }
    let finding = Finding::new(
        format!("whoever knows one key of `{}` can guess the others", resource.name),
        "a number",
        "use `uuid`, which the server makes, or a text that means something, such as a code",
    );
    let symbol = format!("{}.{}", resource.name, key.name);
    Some(finding.at(key.span).about(symbol).unsafe_fix(retype(context.sources, key.span, "uuid")))
}
