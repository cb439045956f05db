//! Declared types: structures, enums and other names for types.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{EnumValue, Type, TypeDecl, TypeDeclKind, TypeKind};
use atlas9_syntax::ast::{Described, EnumDecl, ItemKind, TypeBody, TypeExpr};

use super::{lower, unions};
use crate::annotations::{self, Place};
use crate::context::{At, Cx};
use crate::docs::{described, docs};
use crate::fields::{self, Owner};
use crate::model::{Shape, TypeEntry, Types};
use crate::names::{Named, Once, Symbol, SymbolId};
use crate::reserved;

/// Reads every declared type that the model has. Defaults, rules and examples follow once all types are known.
pub(crate) fn declare(cx: &Cx<'_>) -> Types {
    let mut types = Types::default();
    for id in &cx.ids.types {
        let entry = entry(At { cx, types: &types, file: cx.names.get(*id).file }, *id);
        types.entries.push(entry);
    }
    types
}

fn entry(at: At<'_, '_>, id: SymbolId) -> TypeEntry {
    let symbol = at.cx.names.get(id);
    let mut shape = Shape::new(&symbol.name.text);
    let mut lost = false;
    let kind = match &symbol.item.kind {
        ItemKind::Type(decl) => match &decl.body {
            TypeBody::Alias(target) => match alias(at, id, target) {
                Some(ty) => TypeDeclKind::Alias(ty),
                None => {
                    lost = true;
                    empty_structure()
                }
            },
            TypeBody::Structure { mixins, members } => {
                fields::mixins(at, Owner::Structure, mixins, &mut shape);
                fields::members(at, Owner::Structure, members, &mut shape);
                fields::replacements(at, &shape);
                empty_structure()
            }
        },
        ItemKind::Enum(decl) => {
            shape.reserved = reserved::names(at.cx.sink, &decl.reserved);
            // A value that cannot be read may be any.
            lost = !decl.broken.is_empty() || decl.values.is_empty();
            enumeration(at, decl)
        }
        ItemKind::Union(decl) => {
            shape.reserved = reserved::names(at.cx.sink, &decl.reserved);
            let union = unions::declare(at, decl);
            lost = union.is_none();
            union.unwrap_or_else(empty_structure)
        }
        _ => empty_structure(),
    };
    TypeEntry { decl: head(at, symbol, kind), shape, rules: Vec::new(), examples: Vec::new(), lost }
}

fn head(at: At<'_, '_>, symbol: &Symbol<'_>, kind: TypeDeclKind) -> TypeDecl {
    let noted = annotations::declaration(at, place(symbol), &symbol.item.annotations, symbol.item.span);
    let namespace = &at.cx.names.namespaces[symbol.namespace];
    annotations::replacement_exists(at, noted.replacement.as_ref(), |name| {
        at.cx.names.beside(namespace, name)
    });
    TypeDecl {
        name: symbol.name.text.clone(),
        namespace: namespace.path.clone(),
        docs: docs(&symbol.item.docs),
        span: symbol.name.span,
        deprecated: noted.deprecated,
        history: noted.history,
        names: noted.names,
        annotations: noted.annotations,
        reserved: Vec::new(),
        kind,
    }
}

fn place(symbol: &Symbol<'_>) -> Place {
    match &symbol.item.kind {
        ItemKind::Enum(_) => Place::Enum,
        ItemKind::Union(_) => Place::Union,
        _ => Place::Type,
    }
}

/// Filled in at the end.
fn empty_structure() -> TypeDeclKind {
    TypeDeclKind::Structure { fields: Vec::new(), rules: Vec::new(), examples: Vec::new() }
}

fn alias(at: At<'_, '_>, id: SymbolId, target: &TypeExpr) -> Option<Type> {
    if at.cx.ids.endless.contains(&id) {
        return None;
    }
    let ty = lower(at, target)?;
    if let TypeKind::Ref(_) = ty.kind {
        at.report(
            Diagnostic::error(codes::E0335, "a reference cannot get another name")
                .at(target.span, "a reference")
                .help("write `ref` where the reference stands, so that everybody sees it"),
        );
        return None;
    }
    Some(ty)
}

fn enumeration(at: At<'_, '_>, decl: &EnumDecl) -> TypeDeclKind {
    let known: Named<'_> = decl.values.iter().map(|value| &value.name).collect();
    let mut once = Once::declared();
    let values = decl.values.iter().filter(|value| once.first(at.cx.sink, &value.name));
    let values: Vec<EnumValue> = values.map(|value| enum_value(at, value, &known)).collect();
    if values.is_empty() && decl.broken.is_empty() {
        at.report(
            Diagnostic::error(codes::E0343, format!("`{}` has no values", decl.name.text))
                .at(decl.name.span, "nothing can have this type")
                .help("give it a value, such as `active  \"In use.\"`"),
        );
    }
    TypeDeclKind::Enum { closed: decl.closed, values }
}

fn enum_value(at: At<'_, '_>, value: &Described, known: &Named<'_>) -> EnumValue {
    let noted = annotations::declaration(at, Place::EnumValue, &value.annotations, value.span);
    annotations::replacement_exists(at, noted.replacement.as_ref(), |name| known.beside(name));
    EnumValue {
        name: value.name.text.clone(),
        docs: described(value.text.as_ref(), &value.docs),
        span: value.name.span,
        deprecated: noted.deprecated,
        history: noted.history,
        names: noted.names,
        annotations: noted.annotations,
    }
}
