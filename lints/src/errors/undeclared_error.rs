//! An operation that can fail in a way of which it says nothing.

use atlas9_ir::{Action, ErrorKind, OperationKind, Param, ParamPlace, Scalar, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::Action(action) = &node.operation.kind else { return None };
    Finding::several(refused(context, node, action).chain(not_there(context, node, action)))
}

/// Moves that the standard conflict answers for.
fn refused<'a>(
    context: &'a Context<'_>,
    node: &'a OperationNode<'_>,
    action: &'a Action,
) -> impl Iterator<Item = Finding> + 'a {
    let silent = action.moves.iter().filter(|each| {
        let error = context.ir.errors.get(each.otherwise.error);
        error.is_some_and(|error| context.ir.is_foreign(error.span))
    });
    silent.map(|each| {
        Finding::new(
            format!(
                "who may not `{}` a `{}` is told nothing but that there is a conflict",
                node.operation.name, node.owner
            ),
            "refused without a reason",
            "declare an error and name it: `else NotOnSale(book_id: id)`",
        )
        .at(each.span)
    })
}

/// A key in a path that was written by hand: only what the operation acts on is answered for by the language.
fn not_there(context: &Context<'_>, node: &OperationNode<'_>, action: &Action) -> Option<Finding> {
    let param = action.params.iter().find(|param| is_key(context, param))?;
    let answers = |error| {
        let kind = context.ir.errors.get(error).map(|error| error.kind);
        matches!(kind, Some(ErrorKind::NotFound | ErrorKind::Gone))
    };
    if node.operation.errors.iter().any(|error| answers(*error)) {
        return None;
    }
    let (name, key) = (&node.operation.name, &param.field.name);
    let finding = Finding::new(
        format!(
            "the path of `{name}` has the key `{key}`, and nothing says what is answered where there is none"
        ),
        "no error of the kind `not_found`",
        "say `raises std.errors.NotFound`, or name an error of your own",
    );
    Some(finding.and(param.field.span, "in the path"))
}

fn is_key(context: &Context<'_>, param: &Param) -> bool {
    let key =
        || matches!(context.ir.resolve(&param.field.ty).0, TypeKind::Ref(_) | TypeKind::Scalar(Scalar::Uuid));
    param.place == ParamPlace::Path && key()
}
