//! An answer with as many items as there are.

use atlas9_ir::{Action, ActionTarget, OperationKind, Param, Scalar, Type, TypeDeclKind, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::option::{OptionDefault, OptionSpec};
use crate::words::mentions;

/// What a client says that it wants so many by.
const LIMITS: OptionSpec = OptionSpec {
    lint: "unpaginated_list",
    name: "limits",
    default: OptionDefault::Words(&["count", "first", "last", "limit", "max", "size", "top"]),
    meaning: "Words in the name of a number that says how many items a client wants.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[LIMITS];

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::Action(action) = &node.operation.kind else { return None };
    let TypeKind::List { item, length } = context.ir.resolve(action.returns.as_ref()?).0 else { return None };
    if length.max.is_some() || !grows(context, item) || limited(context, action) {
        return None;
    }
    let (name, owner) = (&node.operation.name, node.owner);
    let help = match action.target {
        ActionTarget::Query => {
            "bound it, as in `-> [Book](..=100)`; what a filter of `list` expresses is paged there"
        }
        _ => "bound it, as in `-> [Book](..=100)`, or answer what the caller needs to ask for pages",
    };
    Some(Finding::new(
        format!("`{name}` of `{owner}` answers as many items as there are"),
        "not paged, not bounded",
        help,
    ))
}

/// True for rows and what is made of them; there are only so many single values.
fn grows(context: &Context<'_>, item: &Type) -> bool {
    match context.ir.resolve(item).0 {
        TypeKind::Ref(_) => true,
        TypeKind::Named(id) => !matches!(context.ir.types[*id].kind, TypeDeclKind::Enum { .. }),
        _ => false,
    }
}

/// True when a request says how many it wants, and cannot want all.
fn limited(context: &Context<'_>, action: &Action) -> bool {
    action.params.iter().any(|param| limits(context, param))
}

fn limits(context: &Context<'_>, param: &Param) -> bool {
    let most = match context.ir.resolve(&param.field.ty).0 {
        TypeKind::Scalar(Scalar::Int32 { range } | Scalar::Int { range }) => &range.max,
        // One item for each key.
        TypeKind::List { item, length } => {
            return length.max.is_some() && matches!(context.ir.resolve(item).0, TypeKind::Ref(_));
        }
        _ => return false,
    };
    most.is_some() && mentions(&param.field.name, context.config.words(&LIMITS))
}
