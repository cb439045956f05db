//! An index that another one makes useless.

use atlas9_ir::{Index, Resource};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::indexes::made_for;
use crate::node::IndexNode;
use crate::remove;

pub(crate) const CHECKS: &[Check] = &[Check::Index(check)];

fn check(context: &Context<'_>, node: &IndexNode<'_>) -> Option<Finding> {
    let message = || format!("the index ({}) of `{}` is not needed", fields(node.index), node.resource.name);
    if let Some(field) = single(node).filter(|_| made(node.resource, node.index)) {
        let finding =
            Finding::new(message(), "not needed", "remove it: a key and a unique field have an index");
        let finding = finding.safe_fix(remove::word(context.sources, node.index.span));
        return Some(finding.and(field, "this field has an index"));
    }
    let others = node.resource.indexes.iter().enumerate();
    let (_, other) =
        others.filter(|(at, _)| *at != node.position).find(|(at, other)| covers(*at, other, node))?;
    let help = format!("remove it: the index ({}) does all that it does", fields(other));
    let finding = Finding::new(message(), "not needed", help).and(other.span, "covered by this index");
    Some(finding.safe_fix(remove::word(context.sources, node.index.span)))
}

/// The place of the field of an index that has one field.
fn single(node: &IndexNode<'_>) -> Option<atlas9_diagnostics::Span> {
    let [path] = node.index.fields.as_slice() else { return None };
    node.resource.fields.iter().find(|field| path.0 == [field.name.clone()]).map(|field| field.span)
}

fn made(resource: &Resource, index: &Index) -> bool {
    index.fields.first().is_some_and(|path| made_for(resource, path))
}

/// True when `other` does all that the node's index does; of two equal ones the first does.
fn covers(at: usize, other: &Index, node: &IndexNode<'_>) -> bool {
    let index = node.index;
    let same = index.fields == other.fields;
    match (index.unique, other.unique) {
        (true, false) => false,
        (true, true) => same && at < node.position,
        (false, true) => other.fields.starts_with(&index.fields),
        (false, false) if same => at < node.position,
        (false, false) => other.fields.starts_with(&index.fields),
    }
}

fn fields(index: &Index) -> String {
    index.fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
