//! What a package says twice: structures with the same fields, and requests that share a structure.

use std::collections::BTreeMap;

use atlas9_diagnostics::Span;
use atlas9_ir::{Action, Field, Ir, OperationKind, TypeDecl, TypeDeclKind, TypeKind};

/// Structures with the same fields as an earlier one, by the places of their names.
pub(crate) fn twins(ir: &Ir) -> BTreeMap<Span, &TypeDecl> {
    let mut first: BTreeMap<Vec<&str>, (&TypeDecl, &[Field])> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for decl in ir.types.values() {
        let TypeDeclKind::Structure { fields, .. } = &decl.kind else { continue };
        let mut names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        names.sort_unstable();
        let (earlier, others) = *first.entry(names).or_insert((decl, fields));
        let same =
            |field: &Field| others.iter().any(|other| other.name == field.name && other.ty == field.ty);
        if earlier.span != decl.span && fields.iter().all(same) {
            found.insert(decl.span, earlier);
        }
    }
    found
}

/// For each structure that is all that a request brings, the first operation that takes it.
pub(crate) fn requests(ir: &Ir) -> BTreeMap<Span, Span> {
    let mut found = BTreeMap::new();
    for (_, operation) in ir.operations() {
        let OperationKind::Action(action) = &operation.kind else { continue };
        if let Some(decl) = request(ir, action) {
            found.entry(decl.span).or_insert(operation.span);
        }
    }
    found
}

/// The structure that is all that the body of an action brings.
pub(crate) fn request<'a>(ir: &'a Ir, action: &Action) -> Option<&'a TypeDecl> {
    let mut body = action.body();
    let only = body.next().filter(|_| body.next().is_none())?;
    let TypeKind::Named(id) = ir.resolve(&only.ty).0 else { return None };
    let decl = ir.types.get(*id)?;
    matches!(decl.kind, TypeDeclKind::Structure { .. }).then_some(decl)
}
