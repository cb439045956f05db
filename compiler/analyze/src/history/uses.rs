//! Nothing uses what came after it, so that every version of the API is whole.
//!
//! Clauses that name several things may name newer ones (`raises`, `filter`, `moves draft, retired -> ...`): an earlier version of
//! the operation is without them.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{
    Action, Field, Ir, Operation, OperationKind, Resource, Type, TypeDecl, TypeDeclKind, TypeKind, Value,
};

use super::Element;
use crate::context::Cx;
use crate::version::Version;

pub(super) fn check(cx: &Cx<'_>, ir: &Ir) {
    let uses = Uses { cx, ir };
    for operation in &ir.service.operations {
        uses.operation(operation, None, None);
    }
    for resource in ir.resources.values().filter(|resource| !ir.is_foreign(resource.span)) {
        uses.resource(resource);
    }
    for decl in ir.types.values().filter(|decl| !ir.is_foreign(decl.span)) {
        uses.type_decl(decl);
    }
    for error in ir.errors.values().filter(|error| !ir.is_foreign(error.span)) {
        uses.fields(&error.fields, Element::from(error).added().as_ref());
    }
}

#[derive(Clone, Copy)]
struct Uses<'c, 'a, 'i> {
    cx: &'c Cx<'a>,
    ir: &'i Ir,
}

impl Uses<'_, '_, '_> {
    fn resource(self, resource: &Resource) {
        let added = Element::from(resource).added();
        if let Some(parent) = resource.parent.and_then(|id| self.ir.resources.get(id)) {
            self.newer(resource.into(), added.as_ref(), parent.into());
        }
        self.fields(&resource.fields, added.as_ref());
        for operation in &resource.operations {
            self.operation(operation, Some(resource), added.as_ref());
        }
    }

    fn type_decl(self, decl: &TypeDecl) {
        let added = Element::from(decl).added();
        match &decl.kind {
            TypeDeclKind::Structure { fields, .. } => self.fields(fields, added.as_ref()),
            TypeDeclKind::Alias(target) => self.ty(decl.into(), added.as_ref(), target),
            TypeDeclKind::Union { variants, .. } => {
                for variant in variants {
                    let added = Element::from(variant).added().max(added.clone());
                    if let Some(structure) = self.ir.types.get(variant.structure) {
                        self.newer(variant.into(), added.as_ref(), structure.into());
                    }
                }
            }
            TypeDeclKind::Enum { .. } => {}
        }
    }

    fn operation(self, operation: &Operation, resource: Option<&Resource>, owner: Option<&Version>) {
        let added = Element::from(operation).added().max(owner.cloned());
        let OperationKind::Action(Action { params, returns, moves, .. }) = &operation.kind else { return };
        self.fields(params.iter().map(|param| &param.field), added.as_ref());
        if let Some(returns) = returns {
            self.ty(operation.into(), added.as_ref(), returns);
        }
        for moves in moves {
            let field = resource.and_then(|resource| self.ir.field(&resource.fields, &moves.field));
            if let Some(field) = field {
                self.value(operation.into(), added.as_ref(), &field.ty, &moves.to);
            }
        }
    }

    /// Fields of something that is there since `owner`.
    fn fields<'f>(self, fields: impl IntoIterator<Item = &'f Field>, owner: Option<&Version>) {
        for field in fields.into_iter().filter(|field| !field.implied) {
            let added = Element::from(field).added().max(owner.cloned());
            self.ty(field.into(), added.as_ref(), &field.ty);
            if let Some(Value::Enum(word)) = &field.default {
                self.value(field.into(), added.as_ref(), &field.ty, word);
            }
        }
    }

    fn ty(self, user: Element<'_>, since: Option<&Version>, ty: &Type) {
        match &ty.kind {
            TypeKind::Scalar(_) => {}
            TypeKind::List { item, .. } => self.ty(user, since, item),
            TypeKind::Map { value, .. } => self.ty(user, since, value),
            TypeKind::Named(id) => {
                if let Some(decl) = self.ir.types.get(*id) {
                    self.newer(user, since, decl.into());
                }
            }
            TypeKind::Ref(id) => {
                if let Some(resource) = self.ir.resources.get(*id) {
                    self.newer(user, since, resource.into());
                }
            }
        }
    }

    /// A value of an enum: a default, or what an action leaves behind.
    fn value(self, user: Element<'_>, since: Option<&Version>, ty: &Type, word: &str) {
        let mut ty = ty;
        while let TypeKind::Named(id) = &ty.kind {
            match self.ir.types.get(*id).map(|decl| &decl.kind) {
                Some(TypeDeclKind::Alias(target)) => ty = target,
                Some(TypeDeclKind::Enum { values, .. }) => {
                    if let Some(value) = values.iter().find(|value| value.name == word) {
                        self.newer(user, since, value.into());
                    }
                    return;
                }
                _ => return,
            }
        }
    }

    fn newer(self, user: Element<'_>, since: Option<&Version>, used: Element<'_>) {
        let Some(added) = used.history.added.as_ref().filter(|added| !self.ir.is_foreign(added.span)) else {
            return;
        };
        if used.added().as_ref() <= since || self.ir.is_foreign(user.span) {
            return;
        }
        let (name, version) = (used.name, &added.version);
        self.cx.report(
            Diagnostic::error(codes::E0603, format!("`{}` is older than `{name}`, which it uses", user.name))
                .at(user.span, user.since())
                .and(added.span, format!("`{name}` was added in {version}"))
                .help(format!("write `@added(\"{version}\")` here too, or correct the version of `{name}`")),
        );
    }
}
