//! What an action, a query or an operation of the service answers.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Type, TypeKind};
use atlas9_syntax::ast::{Path, TypeExpr, TypeKind as Written};

use crate::context::At;
use crate::lookup::Found;
use crate::model::Plain;
use crate::names::Kind;
use crate::types;

/// A resource as a whole, a structure, a union, or a list of anything. Nothing for what cannot be answered, which is then
/// reported.
pub(super) fn read(at: At<'_, '_>, ty: &TypeExpr) -> Option<Type> {
    match &ty.kind {
        Written::Named(path) => match resource(at, path) {
            Some(whole) => {
                plain(at, path, ty);
                Some(whole)
            }
            None => object(at, ty),
        },
        Written::Ref(path) => {
            reference(at, path, ty, &path.text());
            None
        }
        Written::List(item) => list(at, ty, item),
        Written::Map(..) => object(at, ty),
    }
}

/// The resource of that name, whole.
fn resource(at: At<'_, '_>, path: &Path) -> Option<Type> {
    let Found::One(symbol) = at.cx.names.find(at.file, path) else { return None };
    let id = at.cx.ids.resource_of(symbol).filter(|_| at.cx.names.get(symbol).kind == Kind::Resource)?;
    at.cx.means(path, symbol);
    Some(Type { kind: TypeKind::Ref(id), optional: false })
}

fn plain(at: At<'_, '_>, path: &Path, ty: &TypeExpr) {
    if ty.optional.is_some() || !ty.args.is_empty() {
        at.report(
            Diagnostic::error(codes::E0415, "a resource is answered whole, or an error is")
                .at(ty.span, "no bounds and no `?` here")
                .help(format!("write the name alone: `{}`", path.text())),
        );
    }
}

fn reference(at: At<'_, '_>, path: &Path, ty: &TypeExpr, instead: &str) {
    if at.cx.resolve(at.file, path, Kind::Resource).is_some() {
        at.report(
            Diagnostic::error(codes::E0415, "a resource is answered whole, not as a reference to it")
                .at(ty.span, "a reference")
                .help(format!("write `-> {instead}`")),
        );
    }
}

/// A list: of resources as they are, or of anything else.
fn list(at: At<'_, '_>, ty: &TypeExpr, item: &TypeExpr) -> Option<Type> {
    if ty.optional.is_some() {
        at.report(
            Diagnostic::error(codes::E0415, "a list that is answered is never null")
                .at(ty.span, "may be null")
                .help("remove the `?`: a list without items is empty"),
        );
        return None;
    }
    match &item.kind {
        Written::Named(path) => {
            let Some(whole) = resource(at, path) else { return types::lower(at, ty) };
            plain(at, path, item);
            let length = types::count(at, ty, "a list")?;
            Some(Type { kind: TypeKind::List { item: Box::new(whole), length }, optional: false })
        }
        Written::Ref(path) => {
            reference(at, path, item, &format!("[{}]", path.text()));
            None
        }
        _ => types::lower(at, ty),
    }
}

/// Anything else has to be an object, so that the answer can gain a member.
fn object(at: At<'_, '_>, ty: &TypeExpr) -> Option<Type> {
    let lowered = types::lower(at, ty)?;
    let (what, help) = match at.types.plain(&lowered)? {
        (Plain::Structure(..) | Plain::Union(_), _) => return Some(lowered),
        (Plain::List(item, _), false) => match at.types.plain(item)? {
            (Plain::Ref(_), _) => {
                ("a list of references", "name the resource: `-> [Book]` answers books whole")
            }
            _ => return Some(lowered),
        },
        (Plain::List(..), true) => {
            ("a list that may be null", "remove the `?`: a list without items is empty")
        }
        (Plain::Map(..), _) => ("a map", "declare a `type` with a field that holds it"),
        (Plain::Scalar(_) | Plain::Enum(..) | Plain::Ref(_), _) => {
            ("a single value", "declare a `type` with a field that holds it")
        }
    };
    at.report(
        Diagnostic::error(codes::E0415, format!("{what} cannot be an answer"))
            .at(ty.span, "an object or a list is expected, so that the answer can grow")
            .help(help),
    );
    None
}
