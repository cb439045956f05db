//! Nothing uses what came after it, so that every version of the API is whole.
//!
//! Clauses that name several things may name newer ones (`raises`, `filter`, `moves draft, retired -> ...`): an earlier version of
//! the operation is without them. What of a version is left out otherwise stands in `earlier`.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{
    Action, Assigned, EnumValue, Field, Ir, Operation, OperationKind, Resource, Transition, Type, TypeDecl,
    TypeDeclKind, TypeId, TypeKind, Value,
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

impl<'i> Uses<'_, '_, 'i> {
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
        let OperationKind::Action(Action { params, returns, moves, sets, .. }) = &operation.kind else {
            return;
        };
        self.fields(params.iter().map(|param| &param.field), added.as_ref());
        if let Some(returns) = returns {
            self.ty(operation.into(), added.as_ref(), returns);
        }
        let field = |path| resource.and_then(|resource| self.ir.field(&resource.fields, path));
        for moves in moves {
            if let Some(field) = field(&moves.field) {
                self.moves(operation.into(), added.clone(), field, moves);
            }
        }
        for set in sets {
            if let (Some(field), Assigned::Value(value)) = (field(&set.field), &set.value) {
                // Before there was the field, the operation did not set it.
                let since = Element::from(field).added().max(added.clone());
                self.value(operation.into(), since.as_ref(), &field.ty, value);
            }
        }
    }

    /// An action knows the value that it leaves behind, and one of those that it starts from.
    fn moves(self, operation: Element<'_>, since: Option<Version>, field: &Field, moves: &Transition) {
        let since = Element::from(field).added().max(since);
        self.word(operation, since.as_ref(), &field.ty, &moves.to);
        let values: Vec<Element<'_>> = moves
            .from
            .iter()
            .filter_map(|word| self.enum_value(&field.ty, word))
            .map(Element::from)
            .collect();
        let first = values.iter().min_by_key(|value| value.added());
        if let Some(first) = first.filter(|_| values.len() == moves.from.len()) {
            self.newer(operation, since.as_ref(), *first);
        }
    }

    /// Fields of something that is there since `owner`.
    fn fields<'f>(self, fields: impl IntoIterator<Item = &'f Field>, owner: Option<&Version>) {
        for field in fields.into_iter().filter(|field| !field.implied) {
            let added = Element::from(field).added().max(owner.cloned());
            self.ty(field.into(), added.as_ref(), &field.ty);
            if let Some(default) = &field.default {
                self.value(field.into(), added.as_ref(), &field.ty, default);
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

    /// A value: a default, or what an action sets. Fields in it may be newer: before that, it was without them.
    fn value(self, user: Element<'_>, since: Option<&Version>, ty: &Type, value: &Value) {
        match (self.meant(ty), value) {
            (Some(TypeKind::List { item, .. }), Value::List(items)) => {
                items.iter().for_each(|value| self.value(user, since, item, value));
            }
            (Some(TypeKind::Map { value: ty, .. }), Value::Object(entries)) => {
                entries.iter().for_each(|(_, value)| self.value(user, since, ty, value));
            }
            (Some(TypeKind::Named(id)), Value::Object(entries)) => self.object(user, since, *id, entries),
            (Some(_), Value::Enum(word)) => self.word(user, since, ty, word),
            _ => {}
        }
    }

    /// A value of a structure or a union; that of a union begins with the name of the variant.
    fn object(self, user: Element<'_>, since: Option<&Version>, id: TypeId, entries: &[(String, Value)]) {
        let mut id = id;
        if let Some(TypeDeclKind::Union { variants, .. }) = self.ir.types.get(id).map(|decl| &decl.kind) {
            let Some((_, Value::Enum(word))) = entries.first() else { return };
            let Some(variant) = variants.iter().find(|variant| variant.name == *word) else { return };
            self.newer(user, since, variant.into());
            id = variant.structure;
        }
        let Some(TypeDeclKind::Structure { fields, .. }) = self.ir.types.get(id).map(|decl| &decl.kind)
        else {
            return;
        };
        for (name, value) in entries {
            if let Some(field) = fields.iter().find(|field| field.name == *name) {
                let since = Element::from(field).added().max(since.cloned());
                self.value(user, since.as_ref(), &field.ty, value);
            }
        }
    }

    fn word(self, user: Element<'_>, since: Option<&Version>, ty: &Type, word: &str) {
        if let Some(value) = self.enum_value(ty, word) {
            self.newer(user, since, value.into());
        }
    }

    fn enum_value(self, ty: &Type, word: &str) -> Option<&'i EnumValue> {
        let TypeKind::Named(id) = self.meant(ty)? else { return None };
        let TypeDeclKind::Enum { values, .. } = &self.ir.types.get(*id)?.kind else { return None };
        values.iter().find(|value| value.name == word)
    }

    /// What a type stands for. Nothing where it is lost.
    fn meant<'t>(self, ty: &'t Type) -> Option<&'t TypeKind>
    where
        'i: 't,
    {
        let mut kind = &ty.kind;
        while let TypeKind::Named(id) = kind {
            match &self.ir.types.get(*id)?.kind {
                TypeDeclKind::Alias(target) => kind = &target.kind,
                _ => break,
            }
        }
        Some(kind)
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
