//! A name that says the opposite of what the method promises.

use atlas9_ir::{Field, HttpMethod, OperationKind, Scalar, TypeDeclKind, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::{OptionDefault, OptionSpec};

const WRITING: OptionSpec = OptionSpec {
    lint: "unsafe_get",
    name: "writing",
    default: OptionDefault::Words(&[
        "add", "cancel", "change", "clear", "create", "delete", "disable", "enable", "import", "insert",
        "mark", "move", "publish", "remove", "reset", "restore", "revoke", "save", "send", "set", "store",
        "submit", "sync", "update", "upload",
    ]),
    meaning: "verbs that change something.",
};

const READING: OptionSpec = OptionSpec {
    lint: "unsafe_get",
    name: "reading",
    default: OptionDefault::Words(&["count", "find", "get", "list", "lookup", "query", "search"]),
    meaning: "verbs that change nothing.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[WRITING, READING];

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::Action(action) = &node.operation.kind else { return None };
    let name = node.operation.name.as_str();
    let (verb, rest) = name.split_once('_').unwrap_or((name, ""));
    let is = |spec| context.config.words(spec).iter().any(|word| word == verb);
    let reads = node.operation.method == HttpMethod::Get;
    if reads && is(&WRITING) {
        return Some(Finding::new(
            format!("`{name}` is a GET, which must change nothing, but its name says that it does"),
            "answers a GET",
            "make it an `action` or a `collection action`; if it changes nothing, call it by what it answers",
        ));
    }
    // One word may mean something else: a flat is listed, a page is found.
    let pure = !reads && !rest.is_empty() && action.returns.is_some() && action.needs_code();
    (pure && is(&READING) && action.body().all(|field| travels(context, field))).then(|| {
        Finding::new(
            format!("`{name}` reads by its name, but {} may change things", node.operation.method.word()),
            "reads by its name",
            "make it a `query`, which caches and clients may repeat; if it changes something, say so in its name",
        )
    })
}

/// True for what a query string can carry and may show to everybody on the way.
fn travels(context: &Context<'_>, field: &Field) -> bool {
    let mut kind = context.ir.resolve(&field.ty).0;
    if let TypeKind::List { item, .. } = kind {
        kind = context.ir.resolve(item).0;
    }
    let structured = match kind {
        TypeKind::List { .. }
        | TypeKind::Map { .. }
        | TypeKind::Scalar(Scalar::Json | Scalar::Bytes { .. }) => true,
        TypeKind::Named(id) => !matches!(context.ir.types[*id].kind, TypeDeclKind::Enum { .. }),
        _ => false,
    };
    !structured && field.sensitive.is_none()
}
