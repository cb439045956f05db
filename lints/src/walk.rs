//! The one walk over the model: it visits every node once and shows it to the lints of its kind.

use atlas9_diagnostics::{Diagnostic, Level, Rename, Span};
use atlas9_ir::{
    Action, ActionTarget, Allow, AnnotationDecl, ErrorDecl, Field, Ir, List, Operation, OperationKind,
    Resource, Service, Type, TypeDecl, TypeDeclKind, TypeKind,
};
use rayon::prelude::*;

use crate::check::{Active, Context, Looks};
use crate::finding::Finding;
use crate::node::{
    Clause, Declaration, ExampleNode, FieldNode, IndexNode, Kind, ListField, Node, OperationNode, Owner,
    RuleNode, TypeUse,
};
use crate::{Config, Lint};

/// Declarations that one thread looks at before it takes the next ones: few enough that no thread waits long for the last one.
const CHUNK: usize = 32;

/// All findings, in the order of the model. Declarations are looked at in parallel.
pub(crate) fn walk<'a>(context: &Context<'a>) -> Vec<Diagnostic> {
    let active = Active::new(context.config);
    let items = items(context.ir);
    let chunk = |items: &[Item<'a>]| {
        let mut walk = Walk { context, active: &active, found: Vec::new() };
        items.iter().for_each(|item| walk.item(item));
        walk.found
    };
    items.par_chunks(CHUNK).flat_map_iter(chunk).collect()
}

/// What one look at the model begins with.
enum Item<'a> {
    Package(&'a Ir),
    Service(&'a Service),
    Type(&'a TypeDecl),
    Resource(&'a Resource),
    Error(&'a ErrorDecl),
    Annotation(&'a AnnotationDecl),
    Allow(&'a Allow),
}

fn items(ir: &Ir) -> Vec<Item<'_>> {
    let service = (!ir.is_library()).then_some(Item::Service(&ir.service));
    let first = std::iter::once(Item::Package(ir)).chain(service);
    let types = ir.types.values().map(Item::Type);
    let resources = ir.resources.values().map(Item::Resource);
    let errors = ir.errors.values().map(Item::Error);
    let annotations = ir.annotations.values().map(Item::Annotation);
    let allows = ir.allows.iter().map(Item::Allow);
    first.chain(types).chain(resources).chain(errors).chain(annotations).chain(allows).collect()
}

struct Walk<'a, 'w> {
    context: &'w Context<'a>,
    active: &'w Active,
    found: Vec<Diagnostic>,
}

impl<'a> Walk<'a, '_> {
    fn item(&mut self, item: &Item<'a>) {
        match *item {
            Item::Package(ir) => self.show(|active| &active.packages, ir),
            Item::Service(service) => self.service(service),
            Item::Type(decl) => self.type_decl(decl),
            Item::Resource(resource) => self.resource(resource),
            Item::Error(error) => self.error(error),
            Item::Annotation(annotation) => self.annotation(annotation),
            Item::Allow(allow) => self.show(|active| &active.allows, allow),
        }
    }

    fn service(&mut self, service: &'a Service) {
        self.show(|active| &active.services, service);
        self.declare(Kind::Service, &service.name, &service.docs, service.span, Owner::Package, None);
        for scope in service.auth.iter().flat_map(|scheme| &scheme.scopes) {
            self.declare(Kind::Scope, &scope.name, &scope.docs, scope.span, Owner::Service(service), None);
        }
        for operation in &service.operations {
            self.operation(OperationNode { resource: None, owner: &service.name, operation });
        }
    }

    fn type_decl(&mut self, decl: &'a TypeDecl) {
        let kind = match &decl.kind {
            TypeDeclKind::Enum { .. } => Kind::Enum,
            TypeDeclKind::Union { .. } => Kind::Union,
            _ => Kind::Type,
        };
        self.show(|active| &active.types, decl);
        self.declare(kind, &decl.name, &decl.docs, decl.span, Owner::Package, decl.deprecated.as_ref());
        let owner = Owner::Type(decl);
        match &decl.kind {
            TypeDeclKind::Structure { fields, .. } => self.fields(Kind::Field, fields, owner),
            TypeDeclKind::Enum { values, .. } => {
                for value in values {
                    let deprecated = value.deprecated.as_ref();
                    self.declare(Kind::EnumValue, &value.name, &value.docs, value.span, owner, deprecated);
                }
            }
            TypeDeclKind::Union { discriminator, discriminator_span, variants, .. } => {
                self.declare(Kind::Discriminator, discriminator, "", *discriminator_span, owner, None);
                for variant in variants {
                    let deprecated = variant.deprecated.as_ref();
                    self.declare(
                        Kind::Variant,
                        &variant.name,
                        &variant.docs,
                        variant.span,
                        owner,
                        deprecated,
                    );
                }
            }
            TypeDeclKind::Alias(ty) => self.type_use(&TypeUse {
                ty,
                name: &decl.name,
                span: decl.span,
                owner: Owner::Package,
                field: None,
            }),
        }
    }

    fn resource(&mut self, resource: &'a Resource) {
        let (name, docs, deprecated) = (&resource.name, &resource.docs, resource.deprecated.as_ref());
        self.show(|active| &active.resources, resource);
        let kind = if resource.singleton { Kind::Singleton } else { Kind::Resource };
        self.declare(kind, name, docs, resource.span, Owner::Package, deprecated);
        self.fields(Kind::Field, &resource.fields, Owner::Resource(resource));
        for operation in &resource.operations {
            self.operation(OperationNode { resource: Some(resource), owner: name, operation });
        }
        for (position, index) in resource.indexes.iter().enumerate() {
            self.show(|active| &active.indexes, &IndexNode { resource, index, position });
        }
        for rule in &resource.rules {
            self.show(|active| &active.rules, &RuleNode { resource, rule });
        }
        for example in &resource.examples {
            self.show(|active| &active.examples, &ExampleNode { resource, example });
        }
    }

    fn error(&mut self, error: &'a ErrorDecl) {
        self.show(|active| &active.errors, error);
        let deprecated = error.deprecated.as_ref();
        self.declare(Kind::Error, &error.name, &error.docs, error.span, Owner::Package, deprecated);
        self.fields(Kind::Field, &error.fields, Owner::Error(error));
    }

    fn annotation(&mut self, decl: &'a AnnotationDecl) {
        self.declare(Kind::Annotation, &decl.name, &decl.docs, decl.span, Owner::Package, None);
        // Their values stand in the schema, so that only their names are anybody's matter.
        for param in &decl.params {
            let owner = Owner::Annotation(decl);
            self.declare(Kind::Parameter, &param.name, &param.docs, param.span, owner, None);
        }
    }

    fn operation(&mut self, node: OperationNode<'a>) {
        let OperationNode { resource, owner: name, operation } = node;
        self.show(|active| &active.operations, &node);
        let kind = match &operation.kind {
            OperationKind::Action(action) => match action.target {
                ActionTarget::Item => Kind::Action,
                ActionTarget::Collection => Kind::CollectionAction,
                ActionTarget::Query => Kind::Query,
                ActionTarget::Service => Kind::Operation,
            },
            _ => Kind::Standard,
        };
        let owner = resource.map_or(Owner::Service(&self.context.ir.service), Owner::Resource);
        let deprecated = operation.deprecated.as_ref();
        // The batch of another operation has no name and no past of its own.
        if operation.kind.batch().is_none() {
            self.declare(kind, &operation.name, &operation.docs, operation.span, owner, deprecated);
        }
        match &operation.kind {
            OperationKind::List(list) => {
                resource.into_iter().for_each(|resource| self.list(resource, operation, list));
            }
            OperationKind::Action(Action { params, .. }) => {
                let params = params.iter().map(|param| &param.field);
                self.fields(Kind::Parameter, params, Owner::Operation(name, operation));
            }
            _ => {}
        }
    }

    fn list(&mut self, resource: &'a Resource, operation: &'a Operation, list: &'a List) {
        let clauses = [
            (Clause::Filter, &list.filter, &list.filter_spans),
            (Clause::Sort, &list.sort, &list.sort_spans),
        ];
        for (clause, paths, spans) in clauses {
            for (position, path) in paths.iter().enumerate() {
                let span = spans.get(position).copied().unwrap_or(operation.span);
                let node = ListField { resource, operation, clause, path, span };
                self.show(|active| &active.list_fields, &node);
            }
        }
    }

    fn fields(&mut self, kind: Kind, fields: impl IntoIterator<Item = &'a Field>, owner: Owner<'a>) {
        // What the compiler added is nobody's to mend.
        for field in fields.into_iter().filter(|field| !field.implied) {
            self.declare(kind, &field.name, &field.docs, field.span, owner, field.deprecated.as_ref());
            self.show(|active| &active.fields, &FieldNode { field, kind, owner });
            let (name, ty, span) = (field.name.as_str(), &field.ty, field.span);
            self.type_use(&TypeUse { ty, name, span, owner, field: Some(field) });
        }
    }

    fn type_use(&mut self, usage: &TypeUse<'a>) {
        self.show(|active| &active.type_uses, usage);
        let mut inner: &Type = usage.ty;
        while let TypeKind::List { item: next, .. } | TypeKind::Map { value: next, .. } = &inner.kind {
            inner = next;
            self.show(|active| &active.type_uses, &usage.inner(inner));
        }
    }

    fn declare(
        &mut self,
        kind: Kind,
        name: &'a str,
        docs: &'a str,
        span: Span,
        owner: Owner<'a>,
        deprecated: Option<&'a atlas9_ir::Deprecation>,
    ) {
        let node = Declaration { kind, name, docs, span, owner, deprecated };
        self.show(|active| &active.declarations, &node);
    }

    /// Asks the lints of a kind about a node.
    fn show<N: Node>(
        &mut self,
        looks: impl Fn(&Active) -> &Looks<fn(&Context<'_>, &N) -> Option<Finding>>,
        node: &N,
    ) {
        // The service of a library is nowhere.
        if self.context.ir.is_foreign(node.span()) {
            return;
        }
        for (lint, look) in looks(self.active) {
            let mut finding = look(self.context, node);
            while let Some(mut told) = finding {
                let more = std::mem::take(&mut told.more);
                self.found.push(diagnostic(lint, self.context.config, told, node));
                finding = Finding::several(more);
            }
        }
    }
}

/// A lint's finding about a node, with what everybody is told of it.
pub(crate) fn diagnostic(lint: &Lint, config: &Config, finding: Finding, node: &impl Node) -> Diagnostic {
    // A lint that is allowed is not active, so that there is a level.
    let level = config.of(lint).level().unwrap_or(Level::Note);
    let at = finding.span.unwrap_or(node.span());
    let symbol = finding.symbol.unwrap_or_else(|| node.symbol());
    let found = Diagnostic::new(lint.name, level, finding.message).at(at, finding.label).help(finding.help);
    let found = finding.labels.into_iter().fold(found, |found, (span, text)| found.and(span, text));
    let rename = finding.rename.map(|to| Box::new(Rename { at, to }));
    Diagnostic { symbol: Some(symbol).filter(|symbol| !symbol.is_empty()), fix: finding.fix, rename, ..found }
}
