//! Names, types and values of an earlier version.

use atlas9_syntax::ast::{Annotation, Argument, Call, Expr, ExprKind, Field, Name, Path, TypeExpr, TypeKind};

use super::marks::{Earlier, argument};
use crate::annotations;

impl Earlier<'_, '_> {
    /// Gives what is declared its former name.
    pub(super) fn declared(&self, name: &mut Name) {
        if let Some(former) = self.former(name.span) {
            name.text.clone_from(former);
        }
    }

    /// Gives a name in use the former name of what it stands for.
    pub(super) fn name(&self, name: &mut Name) {
        if let Some(former) = self.cx.meanings.get(name.span).and_then(|meaning| self.called(meaning)) {
            name.text = former;
        }
    }

    pub(super) fn path(&self, path: &mut Path) {
        path.segments.iter_mut().for_each(|name| self.name(name));
    }

    /// True for a path to what came later, or through it.
    pub(super) fn path_lost(&self, path: &Path) -> bool {
        path.segments.iter().any(|name| self.is_lost(name))
    }

    /// Leaves out the paths to what came later; false where nothing stays.
    pub(super) fn paths(&self, paths: &mut Vec<Path>) -> bool {
        paths.retain(|path| !self.path_lost(path));
        paths.iter_mut().for_each(|path| self.path(path));
        !paths.is_empty()
    }

    pub(super) fn ty(&self, ty: &mut TypeExpr) {
        match &mut ty.kind {
            TypeKind::Named(path) | TypeKind::Ref(path) => self.path(path),
            TypeKind::List(item) => self.ty(item),
            TypeKind::Map(key, value) => {
                self.ty(key);
                self.ty(value);
            }
        }
    }

    fn type_needs(&self, ty: &TypeExpr) -> bool {
        match &ty.kind {
            TypeKind::Named(path) | TypeKind::Ref(path) => self.path_lost(path),
            TypeKind::List(item) => self.type_needs(item),
            TypeKind::Map(key, value) => self.type_needs(key) || self.type_needs(value),
        }
    }

    pub(super) fn field(&self, field: &mut Field) {
        self.declared(&mut field.name);
        self.ty(&mut field.ty);
        field.default.iter_mut().for_each(|default| self.expr(default));
        self.annotations(&mut field.annotations);
    }

    /// True for a field that says something which could not be said then.
    pub(super) fn field_needs(&self, field: &Field) -> bool {
        self.type_needs(&field.ty) || field.default.as_ref().is_some_and(|default| self.needs(default))
    }

    /// Gives names in a value or a condition, and leaves out the members of objects that came later.
    pub(super) fn expr(&self, expr: &mut Expr) {
        match &mut expr.kind {
            ExprKind::Path(path) => self.path(path),
            ExprKind::Call(call) => self.call(call),
            ExprKind::Unary(_, inner) | ExprKind::Group(inner) => self.expr(inner),
            ExprKind::Binary(_, left, right) => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::List(items) => items.iter_mut().for_each(|item| self.expr(item)),
            ExprKind::Object(entries) => {
                entries.retain(|(name, _)| !self.is_lost(name));
                for (name, value) in entries {
                    self.name(name);
                    self.expr(value);
                }
            }
            _ => {}
        }
    }

    fn call(&self, call: &mut Call) {
        self.path(&mut call.name);
        call.args.iter_mut().for_each(|argument| self.argument(argument));
    }

    pub(super) fn argument(&self, argument: &mut Argument) {
        argument.name.iter_mut().for_each(|name| self.name(name));
        self.expr(&mut argument.value);
    }

    /// True for a value or a condition that could not be said then. An object is what it is without the members that came later.
    pub(super) fn needs(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Path(path) => self.path_lost(path),
            ExprKind::Call(call) => {
                self.path_lost(&call.name) || call.args.iter().any(|argument| self.argument_needs(argument))
            }
            ExprKind::Unary(_, inner) | ExprKind::Group(inner) => self.needs(inner),
            ExprKind::Binary(_, left, right) => self.needs(left) || self.needs(right),
            ExprKind::List(items) => items.iter().any(|item| self.needs(item)),
            ExprKind::Object(entries) => {
                entries.iter().any(|(name, value)| !self.is_lost(name) && self.needs(value))
            }
            _ => false,
        }
    }

    pub(super) fn argument_needs(&self, argument: &Argument) -> bool {
        argument.name.as_ref().is_some_and(|name| self.is_lost(name)) || self.needs(&argument.value)
    }

    /// Marks that tell of later versions go, and so do declared annotations that could not be said then.
    pub(super) fn annotations(&self, annotations: &mut Vec<Annotation>) {
        annotations.retain_mut(|annotation| match annotation.name.text().as_str() {
            "renamed" => !self.later(argument(annotation, "since")),
            "deprecated" => {
                self.replacement(annotation);
                !self.later(argument(annotation, "since"))
            }
            known if annotations::is_known(known) => true,
            _ => self.applied(annotation),
        });
    }

    fn replacement(&self, annotation: &mut Annotation) {
        let replaces = |argument: &Argument| argument.name.as_ref().is_some_and(|name| name.text == "use");
        annotation.args.retain(|argument| !(replaces(argument) && self.needs(&argument.value)));
        annotation.args.iter_mut().for_each(|argument| self.argument(argument));
    }

    fn applied(&self, annotation: &mut Annotation) -> bool {
        let said = !self.path_lost(&annotation.name)
            && !annotation.args.iter().any(|argument| self.argument_needs(argument));
        self.path(&mut annotation.name);
        annotation.args.iter_mut().for_each(|argument| self.argument(argument));
        said
    }
}
