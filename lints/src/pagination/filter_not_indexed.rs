//! A list can be filtered or sorted by a field that no index serves.

use atlas9_diagnostics::{Edit, SourceMap, Span};
use atlas9_ir::{Field, FieldPath, List, Managed, OperationKind, Resource, Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::indexes::leading;
use crate::insert;
use crate::node::OperationNode;

/// More characters may be more than an index of PostgreSQL has room for: 2704 bytes, and a character has up to four.
const MOST_CHARACTERS: u64 = 676;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let (OperationKind::List(list), Some(resource)) = (&node.operation.kind, node.resource) else {
        return None;
    };
    let mut missing = missing(context, resource, list).peekable();
    missing.peek()?;
    let missing: Vec<Missing<'_>> = missing.collect();
    let mut edits = edits(context.sources, resource, &missing).into_iter();
    Finding::several(missing.iter().map(|field| {
        let edit = if field.fits { edits.next() } else { None };
        field.told(resource).safe_fix(edit)
    }))
}

/// A field by which a list finds or orders rows without an index.
struct Missing<'a> {
    path: &'a FieldPath,
    span: Span,
    verb: &'static str,
    /// True when an index has room for every value.
    fits: bool,
}

impl Missing<'_> {
    fn told(&self, resource: &Resource) -> Finding {
        let (name, path, verb) = (&resource.name, self.path, self.verb);
        let help = match self.fits {
            true => format!("add `{}` to `storage`, or take it out of the list", self.index(resource)),
            false => format!("take it out of the list, or bound `{path}` and add `{}`", self.index(resource)),
        };
        let message = format!("`{name}` is {verb} by `{path}`, but no index begins with it");
        Finding::new(message, "reads every row", help).at(self.span)
    }

    /// What lives in something else is listed below that: the parents' keys select first.
    fn index(&self, resource: &Resource) -> String {
        let parents = resource.fields.iter().filter(|field| field.managed == Some(Managed::Parent));
        let columns: String = parents.map(|parent| format!("{}, ", parent.name)).collect();
        format!("index ({columns}{})", self.path)
    }
}

/// Those that no index serves. What is both filtered and sorted by is there once: both want the same index.
fn missing<'a>(
    context: &'a Context<'_>,
    resource: &'a Resource,
    list: &'a List,
) -> impl Iterator<Item = Missing<'a>> {
    let filters = list.filter.iter().zip(&list.filter_spans).map(|(path, span)| (path, span, "filtered"));
    let sorts = list.sort.iter().zip(&list.sort_spans).map(|(path, span)| (path, span, "sorted"));
    let leading = leading(resource);
    let served = move |path: &FieldPath| leading.contains(path.0.as_slice());
    filters.chain(sorts).filter(move |(path, ..)| !served(path)).filter_map(|(path, span, verb)| {
        let said = verb == "sorted" && list.filter.contains(path);
        let field = context.ir.field(&resource.fields, path).filter(|_| !said)?;
        let (kind, _) = context.ir.resolve(&field.ty);
        // Another lint speaks of references, and an index of a boolean would hardly be used.
        let referenced = matches!(kind, TypeKind::Ref(_)) && path.0.len() == 1;
        let gains = !referenced && !matches!(kind, TypeKind::Scalar(Scalar::Bool));
        gains.then(|| Missing { path, span: *span, verb, fits: fits(context, field) })
    })
}

fn fits(context: &Context<'_>, field: &Field) -> bool {
    match context.ir.resolve(&field.ty).0 {
        TypeKind::Scalar(Scalar::String { length, pattern, .. }) => match &length.max {
            Some(most) => most.parse().is_ok_and(|most: u64| most <= MOST_CHARACTERS),
            None => pattern.is_some(),
        },
        _ => true,
    }
}

/// One edit for each field whose values fit, below the last index. Where there is none yet, the first one brings the block with all.
fn edits(sources: &SourceMap, resource: &Resource, missing: &[Missing<'_>]) -> Vec<Edit> {
    let indexes = missing.iter().filter(|field| field.fits).map(|field| field.index(resource));
    if let Some(last) = resource.indexes.iter().map(|index| index.span).max() {
        return indexes.filter_map(|index| insert::below(sources, last, &index)).collect();
    }
    let indexes: Vec<String> = indexes.collect();
    let last = resource.operations.iter().map(|operation| operation.extent).max();
    let block = last.filter(|_| !indexes.is_empty());
    block.and_then(|last| insert::block_after(sources, last, "storage", &indexes)).into_iter().collect()
}
