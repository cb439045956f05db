//! What is asked of values inside JSON columns, and cannot be had.

use std::collections::BTreeSet;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{
    Action, Field, FieldPath, Ir, List, OperationKind, Resource, Type, TypeDeclKind, TypeId, TypeKind,
};

use super::{Column, ColumnKind, Layout, columns, layout};

/// Indexes, filters, orders, searches, assignments and `@unique` on what lies inside JSON: an error at each.
pub fn inside(ir: &Ir) -> Vec<Diagnostic> {
    ir.resources.values().flat_map(|resource| of_resource(ir, resource)).collect()
}

fn of_resource(ir: &Ir, resource: &Resource) -> Vec<Diagnostic> {
    let columns = columns(ir, resource);
    let mut asked: Vec<(&FieldPath, Span, &str)> = Vec::new();
    for index in &resource.indexes {
        asked.extend(index.fields.iter().map(|path| (path, index.span, "an index cannot cover it")));
    }
    for operation in &resource.operations {
        match &operation.kind {
            OperationKind::List(list) => asked.extend(of_list(list, operation.span)),
            OperationKind::Action(action) => asked.extend(of_action(action)),
            _ => {}
        }
    }
    let inside = asked.into_iter().filter(|(path, ..)| !columns.iter().any(|column| column.path == **path));
    let mut found: Vec<Diagnostic> = inside
        .map(|(path, span, what)| {
            let error = match is_list_of_references(ir, resource, path) {
                true => elsewhere(format!("`{path}` is kept in a table of its own, so {what}"), span),
                false => error(format!("`{path}` is stored as JSON, so {what}"), span),
            };
            error.symbol(format!("{}.{path}", resource.name))
        })
        .collect();
    found.extend(columns.iter().filter_map(|column| unique(ir, resource, column)));
    found
}

fn is_list_of_references(ir: &Ir, resource: &Resource, path: &FieldPath) -> bool {
    let field = ir.field(&resource.fields, path);
    path.0.len() == 1 && field.is_some_and(|field| layout(ir, field) == Layout::Links)
}

fn of_list(list: &List, at: Span) -> impl Iterator<Item = (&FieldPath, Span, &'static str)> {
    let spanned = move |paths: &'_ [FieldPath], spans: &[Span], index: usize| {
        spans.get(index).copied().filter(|_| spans.len() == paths.len()).unwrap_or(at)
    };
    let filter = list.filter.iter().enumerate();
    let filter = filter.map(move |(index, path)| {
        (path, spanned(&list.filter, &list.filter_spans, index), "a list cannot be filtered by it")
    });
    let sort = list.sort.iter().enumerate();
    let sort = sort.map(move |(index, path)| {
        (path, spanned(&list.sort, &list.sort_spans, index), "a list cannot be sorted by it")
    });
    filter.chain(sort).chain(list.search.iter().map(move |path| (path, at, "a search cannot look into it")))
}

fn of_action(action: &Action) -> impl Iterator<Item = (&FieldPath, Span, &'static str)> {
    let moves = action.moves.iter().map(|moves| (&moves.field, moves.span, "an action cannot move it"));
    moves.chain(action.sets.iter().map(|set| (&set.field, set.span, "an action cannot set it")))
}

/// A unique field of a structure that lies in the column.
fn unique(ir: &Ir, resource: &Resource, column: &Column<'_>) -> Option<Diagnostic> {
    if column.kind != ColumnKind::Json {
        return None;
    }
    let field = unique_in(ir, &column.field.ty, &mut BTreeSet::new())?;
    let message =
        format!("`{}` is stored as JSON inside `{}`, so it cannot be `@unique`", field.name, column.path);
    let error = error(message, field.span).and(column.field.span, "stored as JSON");
    Some(error.symbol(format!("{}.{}", resource.name, column.path)))
}

fn unique_in<'a>(ir: &'a Ir, ty: &'a Type, seen: &mut BTreeSet<TypeId>) -> Option<&'a Field> {
    match ir.resolve(ty).0 {
        TypeKind::Scalar(_) | TypeKind::Ref(_) => None,
        TypeKind::List { item: inner, .. } | TypeKind::Map { value: inner, .. } => unique_in(ir, inner, seen),
        TypeKind::Named(id) => unique_in_declared(ir, *id, seen),
    }
}

fn unique_in_declared<'a>(ir: &'a Ir, id: TypeId, seen: &mut BTreeSet<TypeId>) -> Option<&'a Field> {
    if !seen.insert(id) {
        return None;
    }
    match &ir.types.get(id)?.kind {
        TypeDeclKind::Structure { fields, .. } => fields.iter().find_map(|field| match field.unique {
            true => Some(field),
            false => unique_in(ir, &field.ty, seen),
        }),
        TypeDeclKind::Union { variants, .. } => {
            variants.iter().find_map(|variant| unique_in_declared(ir, variant.structure, seen))
        }
        TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => None,
    }
}

fn error(message: String, span: Span) -> Diagnostic {
    Diagnostic::error(codes::E0706, message).at(span, "asked for here").help(
        "make one field of the structure required, so that it gets columns, or move the field out of it",
    )
}

fn elsewhere(message: String, span: Span) -> Diagnostic {
    Diagnostic::error(codes::E0706, message)
        .at(span, "asked for here")
        .help("leave it out here; code in Rust can change the list")
}
