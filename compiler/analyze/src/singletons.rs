//! Singletons: no key, nothing in them, and a value for each field from the start.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{Field, Managed, Visibility};
use atlas9_syntax::ast::{ItemKind, Operation, OperationKind, Path, Resource};

use crate::context::{At, Cx};
use crate::model::{Plain, Shape};
use crate::names::SymbolId;

/// The column that holds the one row of a singleton at the top together.
const COLUMN: &str = "singleton";

/// True for a declaration of a singleton.
pub(crate) fn is_one(cx: &Cx<'_>, symbol: SymbolId) -> bool {
    matches!(&cx.names.get(symbol).item.kind, ItemKind::Resource(resource) if resource.singleton)
}

/// Reports fields that a singleton cannot have.
pub(crate) fn fields(at: At<'_, '_>, shape: &mut Shape, ast: &Resource) {
    for field in &mut shape.fields {
        if std::mem::take(&mut field.key) {
            // What the server gives needs no value from the start.
            field.managed = Some(Managed::Key);
            key(at, field.span, ast);
        }
        if field.visibility == Visibility::Immutable {
            immutable(at, field, ast);
        }
        if field.name == COLUMN && ast.parent.is_none() {
            let message = format!("no field of a singleton can be called `{COLUMN}`");
            at.report(
                Diagnostic::error(codes::E0218, message)
                    .at(field.span, "reserved")
                    .help("choose another name: the table of a singleton has a column of this name"),
            );
        }
    }
}

fn key(at: At<'_, '_>, span: Span, ast: &Resource) {
    at.report(
        Diagnostic::error(codes::E0320, "a singleton has no key")
            .at(span, "there is nothing to tell apart")
            .and(ast.name.span, format!("there is only one `{}`", ast.name.text))
            .help("remove the field, or the `@key` behind it; a `resource` has a key"),
    );
}

fn immutable(at: At<'_, '_>, field: &Field, ast: &Resource) {
    at.report(
        Diagnostic::error(codes::E0332, format!("nobody can ever set `{}`", field.name))
            .at(field.span, "`@immutable`: given when it is created, and never changed")
            .and(ast.name.span, "a singleton exists from the start")
            .help("write `@readonly` for what only actions change, or leave `@immutable` out"),
    );
}

/// Reports fields of which nothing says what they are at first; defaults have to be known.
pub(crate) fn initial_values(at: At<'_, '_>, shape: &Shape, ast: &Resource) {
    // The server gives the tenant, whichever field that was to be.
    if at.cx.tenant_lost.get() {
        return;
    }
    for field in
        shape.fields.iter().filter(|field| !shape.has_default(&field.name) && field.managed.is_none())
    {
        let Some((plain, optional)) = at.types.plain(&field.ty) else { continue };
        let empty = match plain {
            Plain::List(_, length) | Plain::Map(_, length) => {
                length.min.as_ref().is_none_or(|min| min == "0")
            }
            _ => false,
        };
        if !optional && !empty {
            at.report(
                Diagnostic::error(codes::E0323, format!("nothing says what `{}` is at first", field.name))
                    .at(field.span, "required, and without a default")
                    .and(ast.name.span, "a singleton exists from the start")
                    .help("give it a default behind `=`, or make it optional with `?`"),
            );
        }
    }
}

/// Reports a parent that is a singleton.
pub(crate) fn as_parent(at: At<'_, '_>, path: &Path, parent: SymbolId) {
    let name = path.text();
    at.report(
        Diagnostic::error(codes::E0321, format!("nothing can live in the singleton `{name}`"))
            .at(path.span, "there is only one")
            .and(at.cx.names.get(parent).name.span, "declared here")
            .help(format!("remove `in {name}`: there is just one that it could belong to")),
    );
}

/// Reports a reference to a singleton.
pub(crate) fn as_target(at: At<'_, '_>, path: &Path, target: SymbolId) {
    let name = path.text();
    at.report(
        Diagnostic::error(codes::E0322, format!("nothing can refer to the singleton `{name}`"))
            .at(path.span, "it has no key that a reference could hold")
            .and(at.cx.names.get(target).name.span, "declared here")
            .help("remove the field: there is just one that it could mean"),
    );
}

/// True for an operation that the resource can offer; others are reported.
pub(crate) fn offers(at: At<'_, '_>, resource: &Resource, operation: &Operation) -> bool {
    let verb = operation.verb.text.as_str();
    let offered = match operation.kind {
        OperationKind::Standard => matches!(verb, "get" | "update" | "replace"),
        OperationKind::Action | OperationKind::Query | OperationKind::Service => true,
        OperationKind::CollectionAction => false,
    };
    if !resource.singleton || offered {
        return true;
    }
    let why = match verb {
        "create" | "delete" | "undelete" if resource.parent.is_some() => {
            "it is there as long as its parent is"
        }
        "create" | "delete" | "undelete" => "it is there from the start, and stays",
        _ => "there is only one",
    };
    at.report(
        Diagnostic::error(codes::E0324, format!("a singleton has no `{verb}`"))
            .at(operation.verb.span, why)
            .and(resource.name.span, "a singleton")
            .help("a singleton offers `get`, `update`, `replace`, actions and queries"),
    );
    false
}
