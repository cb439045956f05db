//! What of the model is used, and in which order types stand: each behind those that it uses where that is possible.

use atlas9_diagnostics::Span;
use atlas9_ir::{
    AnnotationId, Applied, ErrorDecl, ErrorId, Field, Ir, Operation, OperationKind, Resource, Service, Type,
    TypeDecl, TypeDeclKind, TypeId, TypeKind,
};

/// What stays. Whatever the package declares does; of other packages and the standard library, what is used.
pub(super) struct Kept {
    pub types: Vec<TypeId>,
    pub errors: Vec<ErrorId>,
    pub annotations: Vec<AnnotationId>,
}

/// Walks from everything that the package declares, in the order of the source.
pub(super) fn kept(ir: &Ir) -> Kept {
    let mut walk = Walk::new(ir);
    roots(ir).into_iter().for_each(|(_, root)| walk.root(root));
    let own = |span: Span| !ir.is_foreign(span);
    let answered = answered(ir);
    let errors: Vec<ErrorId> = ir
        .errors
        .iter()
        .filter(|(id, error)| own(error.span) || answered.get(id.index()) == Some(&true))
        .map(|(id, _)| id)
        .collect();
    errors.iter().for_each(|id| walk.root(Node::Error(*id)));
    let used = |id: AnnotationId| walk.annotations.get(id.index()) == Some(&true);
    let annotations = ir.annotations.iter().filter(|(id, it)| own(it.span) || used(*id)).map(|(id, _)| id);
    Kept { annotations: annotations.collect(), types: walk.order, errors }
}

/// The errors that something answers.
fn answered(ir: &Ir) -> Vec<bool> {
    let mut answered = vec![false; ir.errors.len()];
    let operations = ir.resources.values().flat_map(|resource| &resource.operations);
    let operations = operations.chain(&ir.service.operations);
    for id in operations.flat_map(|operation| &operation.errors).chain(&ir.service.raises) {
        if let Some(slot) = answered.get_mut(id.index()) {
            *slot = true;
        }
    }
    answered
}

/// Something that uses types.
#[derive(Clone, Copy)]
enum Node<'i> {
    Type(TypeId),
    Error(ErrorId),
    Annotation(AnnotationId),
    Resource(&'i Resource),
    Service(&'i Service),
}

/// What the package declares, in the order of the source.
fn roots(ir: &Ir) -> Vec<(Span, Node<'_>)> {
    let mut roots = vec![(ir.service.span, Node::Service(&ir.service))];
    roots.extend(ir.types.iter().map(|(id, decl)| (decl.span, Node::Type(id))));
    roots.extend(ir.resources.values().map(|resource| (resource.span, Node::Resource(resource))));
    roots.extend(ir.errors.iter().map(|(id, error)| (error.span, Node::Error(id))));
    roots.extend(ir.annotations.iter().map(|(id, it)| (it.span, Node::Annotation(id))));
    roots.retain(|(span, _)| !ir.is_foreign(*span));
    roots.sort_by_key(|(span, _)| *span);
    roots
}

struct Walk<'i> {
    ir: &'i Ir,
    types: Vec<bool>,
    errors: Vec<bool>,
    annotations: Vec<bool>,
    order: Vec<TypeId>,
}

impl<'i> Walk<'i> {
    fn new(ir: &'i Ir) -> Walk<'i> {
        Walk {
            ir,
            types: vec![false; ir.types.len()],
            errors: vec![false; ir.errors.len()],
            annotations: vec![false; ir.annotations.len()],
            order: Vec::new(),
        }
    }

    fn root(&mut self, root: Node<'i>) {
        if !self.enter(root) {
            return;
        }
        let mut way = vec![(root, self.uses(root), 0)];
        while let Some((at, uses, next)) = way.last_mut() {
            if let Some(node) = uses.get(*next).copied() {
                *next += 1;
                if self.enter(node) {
                    way.push((node, self.uses(node), 0));
                }
                continue;
            }
            if let Node::Type(id) = *at {
                self.order.push(id);
            }
            way.pop();
        }
    }

    /// True the first time.
    fn enter(&mut self, node: Node<'_>) -> bool {
        let slot = match node {
            Node::Type(id) => self.types.get_mut(id.index()),
            Node::Error(id) => self.errors.get_mut(id.index()),
            Node::Annotation(id) => self.annotations.get_mut(id.index()),
            Node::Resource(_) | Node::Service(_) => return true,
        };
        slot.is_some_and(|seen| !std::mem::replace(seen, true))
    }

    fn uses(&self, node: Node<'_>) -> Vec<Node<'i>> {
        let mut uses = Uses(Vec::new());
        match node {
            Node::Type(id) => self.ir.types.get(id).into_iter().for_each(|decl| uses.type_decl(decl)),
            Node::Error(id) => self.ir.errors.get(id).into_iter().for_each(|error| uses.error(error)),
            Node::Annotation(id) => {
                self.ir.annotations.get(id).into_iter().for_each(|it| uses.fields(&it.params));
            }
            Node::Resource(resource) => {
                uses.applied(&resource.annotations);
                uses.fields(&resource.fields);
                resource.operations.iter().for_each(|operation| uses.operation(operation));
            }
            Node::Service(service) => {
                uses.applied(&service.annotations);
                uses.errors(&service.raises);
                service.operations.iter().for_each(|operation| uses.operation(operation));
            }
        }
        uses.0
    }
}

struct Uses<'i>(Vec<Node<'i>>);

impl Uses<'_> {
    fn type_decl(&mut self, decl: &TypeDecl) {
        self.applied(&decl.annotations);
        match &decl.kind {
            TypeDeclKind::Structure { fields, .. } => self.fields(fields),
            TypeDeclKind::Enum { values, .. } => {
                values.iter().for_each(|value| self.applied(&value.annotations));
            }
            TypeDeclKind::Union { variants, .. } => {
                for variant in variants {
                    self.0.push(Node::Type(variant.structure));
                    self.applied(&variant.annotations);
                }
            }
            TypeDeclKind::Alias(target) => self.ty(target),
        }
    }

    fn error(&mut self, error: &ErrorDecl) {
        self.applied(&error.annotations);
        self.fields(&error.fields);
    }

    fn operation(&mut self, operation: &Operation) {
        if let OperationKind::Action(action) = &operation.kind {
            action.params.iter().for_each(|param| self.field(&param.field));
            action.returns.iter().for_each(|ty| self.ty(ty));
        }
        self.applied(&operation.annotations);
        self.errors(&operation.raises);
    }

    fn fields(&mut self, fields: &[Field]) {
        fields.iter().for_each(|field| self.field(field));
    }

    fn field(&mut self, field: &Field) {
        self.ty(&field.ty);
        self.applied(&field.annotations);
    }

    fn ty(&mut self, ty: &Type) {
        match &ty.kind {
            TypeKind::Named(id) => self.0.push(Node::Type(*id)),
            TypeKind::List { item, .. } => self.ty(item),
            TypeKind::Map { value, .. } => self.ty(value),
            TypeKind::Scalar(_) | TypeKind::Ref(_) => {}
        }
    }

    fn applied(&mut self, list: &[Applied]) {
        self.0.extend(list.iter().map(|applied| Node::Annotation(applied.annotation)));
    }

    fn errors(&mut self, list: &[ErrorId]) {
        self.0.extend(list.iter().map(|id| Node::Error(*id)));
    }
}
