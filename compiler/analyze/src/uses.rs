//! Which types and errors a declaration uses, found without reporting anything.

use atlas9_diagnostics::Span;
use atlas9_syntax::ast::{
    Annotation, Clause, ClauseKind, ExprKind, Field, Item, ItemKind, Member, Operation, Path, Service,
    ServiceMember, Setting, TypeBody, TypeExpr, TypeKind,
};

use crate::annotations;
use crate::context::bare;
use crate::lookup::Found;
use crate::names::{Kind, Names, Symbol, SymbolId};
use crate::types::is_builtin;

/// One use of a type, mixin or error.
pub(crate) struct Edge {
    pub to: SymbolId,
    /// True when every value contains the other: no optional, list or map stands between.
    pub hard: bool,
    /// Where it is named.
    pub span: Span,
}

/// The types, mixins and errors that a declaration names, in the order of the source.
pub(crate) fn edges(names: &Names<'_>, symbol: &Symbol<'_>) -> Vec<Edge> {
    let mut edges = Walk { names, file: symbol.file, edges: Vec::new() };
    edges.annotations(&symbol.item.annotations);
    match &symbol.item.kind {
        ItemKind::Resource(resource) => {
            edges.members(&resource.members);
            edges.mixins(&resource.mixins);
        }
        ItemKind::Type(decl) => match &decl.body {
            TypeBody::Alias(target) => edges.alias(target),
            TypeBody::Structure { mixins, members } => {
                edges.mixins(mixins);
                edges.members(members);
            }
        },
        ItemKind::Mixin(mixin) => edges.members(&mixin.members),
        ItemKind::Error(error) => edges.members(&error.members),
        // No variant has to be taken, so that none is contained in every value; see `ids`.
        ItemKind::Union(union) => {
            for variant in &union.variants {
                edges.type_expr(&variant.ty, false);
                edges.annotations(&variant.annotations);
            }
        }
        ItemKind::Enum(decl) => decl.values.iter().for_each(|value| edges.annotations(&value.annotations)),
        ItemKind::Annotation(decl) => decl.params.iter().for_each(|param| edges.field(param, false)),
        ItemKind::Service(service) => edges.service(service),
        ItemKind::Reserved(_) | ItemKind::Broken(_) => {}
    }
    edges.edges
}

/// True for `type NAME = ...`.
pub(crate) fn is_alias(item: &Item) -> bool {
    matches!(&item.kind, ItemKind::Type(decl) if matches!(decl.body, TypeBody::Alias(_)))
}

struct Walk<'n, 'a> {
    names: &'n Names<'a>,
    file: usize,
    edges: Vec<Edge>,
}

impl Walk<'_, '_> {
    fn members(&mut self, members: &[Member]) {
        for member in members {
            match member {
                Member::Field(field) => self.field(field, true),
                Member::Operations(block) => {
                    block.entries.iter().for_each(|operation| self.operation(operation));
                }
                _ => {}
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        operation.params.iter().for_each(|param| self.field(param, false));
        self.annotations(&operation.annotations);
        operation.returns.iter().for_each(|ty| self.type_expr(ty, false));
        operation.clauses.iter().for_each(|clause| self.clause(clause));
    }

    fn clause(&mut self, clause: &Clause) {
        match &clause.kind {
            ClauseKind::Raises(errors) => errors.iter().for_each(|path| self.edge(path, Kind::Error, false)),
            ClauseKind::Moves(moves) => {
                moves.otherwise.iter().for_each(|call| self.edge(&call.name, Kind::Error, false));
            }
            _ => {}
        }
    }

    fn service(&mut self, service: &Service) {
        for member in &service.members {
            match member {
                ServiceMember::Operation(operation) => self.operation(operation),
                ServiceMember::Setting(setting) if setting.name.text == "raises" => self.raises(setting),
                _ => {}
            }
        }
    }

    fn raises(&mut self, setting: &Setting) {
        for value in &setting.values {
            if let ExprKind::Path(path) = &bare(&value.value).kind {
                self.edge(path, Kind::Error, false);
            }
        }
    }

    fn field(&mut self, field: &Field, hard: bool) {
        self.type_expr(&field.ty, hard);
        self.annotations(&field.annotations);
    }

    fn annotations(&mut self, list: &[Annotation]) {
        for annotation in list.iter().filter(|it| !annotations::is_known(&it.name.text())) {
            self.edge(&annotation.name, Kind::Annotation, false);
        }
    }

    fn mixins(&mut self, mixins: &[Path]) {
        for path in mixins {
            self.edge(path, Kind::Mixin, true);
        }
    }

    /// An alias of an alias is endless even through a list: no value would ever say what it is.
    fn alias(&mut self, target: &TypeExpr) {
        let from = self.edges.len();
        self.type_expr(target, true);
        for edge in &mut self.edges[from..] {
            edge.hard |= is_alias(self.names.get(edge.to).item);
        }
    }

    fn type_expr(&mut self, ty: &TypeExpr, hard: bool) {
        let hard = hard && ty.optional.is_none();
        match &ty.kind {
            TypeKind::Named(path) => {
                if !path.single().is_some_and(|name| is_builtin(&name.text)) {
                    self.edge(path, Kind::Type, hard);
                }
            }
            TypeKind::List(item) => self.type_expr(item, false),
            TypeKind::Map(_, value) => self.type_expr(value, false),
            TypeKind::Ref(_) => {}
        }
    }

    fn edge(&mut self, path: &Path, kind: Kind, hard: bool) {
        if let Found::One(to) = self.names.find(self.file, path)
            && self.names.get(to).kind == kind
        {
            self.edges.push(Edge { to, hard, span: path.span });
        }
    }
}
