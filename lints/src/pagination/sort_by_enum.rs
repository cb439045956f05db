//! A list that is sorted by the letters of an enum's values.

use atlas9_ir::{TypeDeclKind, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Clause, ListField};

pub(crate) const CHECKS: &[Check] = &[Check::ListField(check)];

fn check(context: &Context<'_>, node: &ListField<'_>) -> Option<Finding> {
    if node.clause != Clause::Sort {
        return None;
    }
    let field = context.ir.field(&node.resource.fields, node.path)?;
    let TypeKind::Named(id) = context.ir.resolve(&field.ty).0 else { return None };
    let decl = &context.ir.types[*id];
    let TypeDeclKind::Enum { values, .. } = &decl.kind else { return None };
    // What is declared in the order of its letters comes as everybody expects.
    (!values.is_sorted_by_key(|value| value.name.as_str())).then(|| {
        let least = values.iter().map(|value| value.name.as_str()).min().unwrap_or_default();
        let finding = Finding::new(
            format!(
                "sorted by `{}`, `{least}` comes first: values of an enum are sorted by their letters",
                node.path
            ),
            "in the order of letters",
            "take it out of `sort`; where there is an order of its own, sort by a number that says it",
        );
        finding.and(decl.span, "its values are declared in another order")
    })
}
