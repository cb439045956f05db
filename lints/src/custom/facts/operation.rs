//! Facts about operations.

use atlas9_ir::{ActionTarget, ErrorId, FieldPath, Ir, List, Operation as IrOperation, OperationKind};
use minijinja::Value;

use super::{Fact, Holds, maybe, none, texts};
use crate::custom::CustomKind::{self, Action, Operation, Query};
use crate::custom::spelling::spelt;
use crate::custom::subject::{Of, Subject};

const OPERATIONS: &[CustomKind] = &[Operation, Action, Query];

pub(super) const FACTS: &[Fact] = &[
    Fact {
        name: "verb",
        of: OPERATIONS,
        holds: Holds::Text,
        meaning: "What it does: `list`, `get`, `create`, `update`, `replace`, `delete`, `undelete`, `action`, `collection action`, `query`, or `operation` for one of the service.",
        get: |subject, _| operation(subject, |operation| verb(&operation.kind)),
    },
    Fact {
        name: "method",
        of: OPERATIONS,
        holds: Holds::Text,
        meaning: "Its HTTP method: `GET`.",
        get: |subject, _| operation(subject, |operation| operation.method.word()),
    },
    Fact {
        name: "public",
        of: OPERATIONS,
        holds: Holds::Flag,
        meaning: "Whether nobody needs to say who they are.",
        get: |subject, _| operation(subject, |operation| operation.public),
    },
    Fact {
        name: "idempotent",
        of: OPERATIONS,
        holds: Holds::Flag,
        meaning: "Whether it takes an `Idempotency-Key`.",
        get: |subject, _| operation(subject, |operation| operation.idempotent),
    },
    Fact {
        name: "conditional",
        of: OPERATIONS,
        holds: Holds::Flag,
        meaning: "Whether it asks for `If-Match`.",
        get: |subject, _| operation(subject, |operation| operation.conditional),
    },
    Fact {
        name: "parameters",
        of: OPERATIONS,
        holds: Holds::Texts,
        meaning: "The names of the parameters that it declares.",
        get: |subject, _| {
            operation(subject, |operation| match &operation.kind {
                OperationKind::Action(action) => {
                    texts(action.params.iter().map(|param| param.field.name.as_str()))
                }
                _ => texts::<String>([]),
            })
        },
    },
    Fact {
        name: "returns",
        of: OPERATIONS,
        holds: Holds::MaybeText,
        meaning: "The type that an action, a query or an operation of the service answers, as `type`.",
        get: |subject, ir| {
            operation(subject, |operation| match &operation.kind {
                OperationKind::Action(action) => {
                    maybe(action.returns.as_ref().map(|ty| spelt(ir, ty, false)))
                }
                _ => none(),
            })
        },
    },
    Fact {
        name: "raises",
        of: OPERATIONS,
        holds: Holds::Texts,
        meaning: "The names of the errors that its own clauses name.",
        get: |subject, ir| operation(subject, |operation| errors(ir, &operation.raises)),
    },
    Fact {
        name: "errors",
        of: OPERATIONS,
        holds: Holds::Texts,
        meaning: "The names of all errors that it can answer.",
        get: |subject, ir| operation(subject, |operation| errors(ir, &operation.errors)),
    },
    Fact {
        name: "page_default",
        of: OPERATIONS,
        holds: Holds::MaybeNumber,
        meaning: "Of a list: how many items are on a page when the client does not say.",
        get: |subject, _| list(subject, |list| list.paginate.default),
    },
    Fact {
        name: "page_max",
        of: OPERATIONS,
        holds: Holds::MaybeNumber,
        meaning: "Of a list: the most items on a page.",
        get: |subject, _| list(subject, |list| list.paginate.max),
    },
    Fact {
        name: "filters",
        of: OPERATIONS,
        holds: Holds::Texts,
        meaning: "Of a list: the fields that it can be filtered by.",
        get: |subject, _| paths(subject, |list| &list.filter),
    },
    Fact {
        name: "sorts",
        of: OPERATIONS,
        holds: Holds::Texts,
        meaning: "Of a list: the fields that it can be sorted by.",
        get: |subject, _| paths(subject, |list| &list.sort),
    },
    Fact {
        name: "searches",
        of: OPERATIONS,
        holds: Holds::Texts,
        meaning: "Of a list: the fields that `q` searches.",
        get: |subject, _| paths(subject, |list| &list.search),
    },
];

fn operation<'a, T: Into<Value>>(subject: &Subject<'a>, get: impl FnOnce(&'a IrOperation) -> T) -> Value {
    match subject.of {
        Of::Operation(operation) => get(operation).into(),
        _ => none(),
    }
}

fn list<'a, T: Into<Value>>(subject: &Subject<'a>, get: impl FnOnce(&'a List) -> T) -> Value {
    operation(subject, |operation| match &operation.kind {
        OperationKind::List(list) => get(list).into(),
        _ => none(),
    })
}

/// An empty list for what is no list, so that it can be searched.
fn paths(subject: &Subject<'_>, get: fn(&List) -> &Vec<FieldPath>) -> Value {
    match subject.of {
        Of::Operation(IrOperation { kind: OperationKind::List(list), .. }) => {
            texts(get(list).iter().map(ToString::to_string))
        }
        _ => texts::<String>([]),
    }
}

fn errors(ir: &Ir, errors: &[ErrorId]) -> Value {
    texts(errors.iter().map(|error| ir.errors[*error].name.as_str()))
}

fn verb(kind: &OperationKind) -> &'static str {
    match kind {
        OperationKind::List(_) => "list",
        OperationKind::Get => "get",
        OperationKind::Create => "create",
        OperationKind::Update => "update",
        OperationKind::Replace => "replace",
        OperationKind::Delete(_) => "delete",
        OperationKind::Undelete => "undelete",
        OperationKind::BatchCreate(_) => "create batch",
        OperationKind::BatchDelete(_) => "delete batch",
        OperationKind::Action(action) => match action.target {
            ActionTarget::Item => "action",
            ActionTarget::Collection => "collection action",
            ActionTarget::Query => "query",
            ActionTarget::Service => "operation",
        },
    }
}
