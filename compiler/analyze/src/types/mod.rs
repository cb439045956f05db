//! Types in use: from how they are written to what they mean.

mod bounds;
mod declare;
mod pattern;
mod scalar;
pub(crate) mod unions;

pub(crate) use bounds::{digits_fit, number};
pub(crate) use declare::declare;
pub(crate) use pattern::Patterns;

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Type, TypeKind as Meaning};
use atlas9_syntax::ast::{Path, TypeArg, TypeArgKind, TypeExpr, TypeKind};

use crate::context::At;
use crate::names::Kind;
use crate::singletons;

/// The built-in types, in the order of the reference.
pub(crate) const BUILTINS: [&str; 13] = [
    "bool",
    "int32",
    "int",
    "int64",
    "float64",
    "decimal",
    "string",
    "bytes",
    "uuid",
    "date",
    "timestamp",
    "duration",
    "json",
];

/// True for the name of a built-in type.
pub(crate) fn is_builtin(name: &str) -> bool {
    BUILTINS.contains(&name)
}

/// What a type means. Nothing where something about it is wrong, which is then reported.
pub(crate) fn lower(at: At<'_, '_>, ty: &TypeExpr) -> Option<Type> {
    let kind = match &ty.kind {
        TypeKind::Named(path) => match path.single().filter(|name| is_builtin(&name.text)) {
            Some(word) => scalar::lower(at, word, ty).map(Meaning::Scalar),
            None => named(at, path, ty),
        },
        TypeKind::List(item) => {
            let length = count(at, ty, "a list");
            element(at, item).zip(length).map(|(item, length)| Meaning::List { item: Box::new(item), length })
        }
        TypeKind::Map(key, value) => map(at, ty, key, value),
        TypeKind::Ref(path) => reference(at, path, ty),
    }?;
    Some(Type { kind, optional: ty.optional.is_some() })
}

fn named(at: At<'_, '_>, path: &Path, ty: &TypeExpr) -> Option<Meaning> {
    let symbol = at.cx.resolve(at.file, path, Kind::Type)?;
    let id = at.cx.ids.type_of(symbol)?;
    no_arguments(at, &ty.args, &format!("`{}`", path.text()), "put the bounds where the type is declared")?;
    (!at.types.is_lost(id) && !at.cx.ids.endless.contains(&symbol)).then_some(Meaning::Named(id))
}

fn reference(at: At<'_, '_>, path: &Path, ty: &TypeExpr) -> Option<Meaning> {
    let symbol = at.cx.resolve(at.file, path, Kind::Resource)?;
    no_arguments(
        at,
        &ty.args,
        "a reference",
        "a reference holds the other's key, with the bounds of that key",
    )?;
    if singletons::is_one(at.cx, symbol) {
        singletons::as_target(at, path, symbol);
        return None;
    }
    at.cx.ids.resource_of(symbol).map(Meaning::Ref)
}

fn map(at: At<'_, '_>, ty: &TypeExpr, key: &TypeExpr, value: &TypeExpr) -> Option<Meaning> {
    let plain = matches!(&key.kind, TypeKind::Named(path) if path.text() == "string");
    if !plain || !key.args.is_empty() || key.optional.is_some() {
        at.report(
            Diagnostic::error(codes::E0334, "the keys of a map are plain strings")
                .at(key.span, "not `string`")
                .help("write `{string: T}`; keys in JSON are always text"),
        );
        return None;
    }
    let length = count(at, ty, "a map");
    element(at, value).zip(length).map(|(value, length)| Meaning::Map { value: Box::new(value), length })
}

/// The type of an item or of a map's value.
fn element(at: At<'_, '_>, ty: &TypeExpr) -> Option<Type> {
    let lowered = lower(at, ty)?;
    let maybe_null = lowered.optional || at.types.plain(&lowered).is_some_and(|(_, optional)| optional);
    if maybe_null {
        at.report(
            Diagnostic::error(codes::E0333, "what stands in a list or map cannot be optional")
                .at(ty.optional.unwrap_or(ty.span), "may be null")
                .help("leave the item out instead; the list itself can be optional: `[T]?`"),
        );
        return None;
    }
    Some(lowered)
}

pub(crate) fn count(at: At<'_, '_>, ty: &TypeExpr, what: &str) -> Option<atlas9_ir::Range> {
    match ty.args.as_slice() {
        [] => Some(atlas9_ir::Range::default()),
        [TypeArg { kind: TypeArgKind::Range { low, high, inclusive }, span }] => {
            bounds::length(at, (low.as_ref(), high.as_ref(), *inclusive), *span)
        }
        [other, ..] => {
            wrong_argument(
                at,
                other,
                &format!("{what} takes one range: how many items it may have"),
                "write it as `(1..=20)`",
            );
            None
        }
    }
}

fn no_arguments(at: At<'_, '_>, args: &[TypeArg], what: &str, help: &str) -> Option<()> {
    let Some(first) = args.first() else { return Some(()) };
    at.report(
        Diagnostic::error(codes::E0301, format!("{what} takes no bounds here"))
            .at(first.span, "not taken here")
            .help(help),
    );
    None
}

fn wrong_argument(at: At<'_, '_>, arg: &TypeArg, message: &str, help: &str) {
    at.report(Diagnostic::error(codes::E0301, message).at(arg.span, "not taken here").help(help));
}
