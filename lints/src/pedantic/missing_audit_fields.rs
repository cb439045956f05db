//! A resource that does not say when it was made and last changed.

use atlas9_diagnostics::{Edit, SourceMap, Span};
use atlas9_ir::{Managed, OperationKind, Resource};

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(context: &Context<'_>, resource: &Resource) -> Option<Finding> {
    let offers = |wanted: fn(&OperationKind) -> bool| {
        resource.operations.iter().any(|operation| wanted(&operation.kind))
    };
    let has = |managed| resource.fields.iter().any(|field| field.managed == Some(managed));
    let made = offers(|kind| matches!(kind, OperationKind::Create)) && !has(Managed::CreatedAt);
    let changed = offers(|kind| matches!(kind, OperationKind::Update | OperationKind::Replace))
        && !has(Managed::UpdatedAt);
    let what = match (made, changed) {
        _ if resource.singleton => return None,
        (true, true) => "when it was made and last changed",
        (true, false) => "when it was made",
        (false, true) => "when it was last changed",
        (false, false) => return None,
    };
    let finding = Finding::new(
        format!("nothing says of a row of `{}` {what}", resource.name),
        "no times",
        "take in the mixin `std.time.Audited`: its fields are `created_at` and `updated_at`",
    );
    let clash =
        resource.fields.iter().any(|field| ["created_at", "updated_at"].contains(&field.name.as_str()));
    Some(finding.unsafe_fix((!clash).then(|| mixed_in(context.sources, resource.span)).flatten()))
}

/// Adds the mixin at the end of the resource's head, before its annotations.
fn mixed_in(sources: &SourceMap, name: Span) -> Option<Edit> {
    let source = sources.get(name.file)?.text();
    let rest = source.get(name.end as usize..)?;
    let head = rest.split(['{', '@', '\n', '/']).next()?.trim_end();
    let word = if head.split_whitespace().any(|word| word == "with") { "," } else { " with" };
    let at = name.end as usize + head.len();
    Some(Edit { span: Span::new(name.file, at, at), text: format!("{word} std.time.Audited") })
}
