//! Third pass: the order of types, resources and errors in the model, and with it their ids; types and parents that
//! contain themselves.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{AnnotationId, ErrorId, ErrorKind, Id, ResourceId, TypeId};
use atlas9_syntax::ast::{Item, ItemKind, Path};
use foldhash::HashSet;
use heck::ToUpperCamelCase;

use crate::context::Sink;
use crate::endless;
use crate::names::{Kind, Names, SymbolId};
use crate::packages::Origin;
use crate::uses::{self, Edge};

/// The ids, found by symbol.
#[derive(Default)]
pub(crate) struct Ids {
    of_type: Vec<Option<TypeId>>,
    of_resource: Vec<Option<ResourceId>>,
    of_error: Vec<Option<ErrorId>>,
    of_annotation: Vec<Option<AnnotationId>>,
    /// The types of the model, each after those it uses where that is possible.
    pub types: Vec<SymbolId>,
    /// The resources of the model, parents before children.
    pub resources: Vec<SymbolId>,
    /// All errors: the package's in the order of the source, those of other packages that it uses, then the standard ones.
    pub errors: Vec<SymbolId>,
    /// The package's annotations in the order of the source, then those of others that it uses.
    pub annotations: Vec<SymbolId>,
    /// How many of the errors are the package's.
    pub own_errors: usize,
    /// Types that contain themselves without end.
    pub endless: HashSet<SymbolId>,
    standard: Vec<(ErrorKind, ErrorId)>,
}

impl Ids {
    pub(crate) fn type_of(&self, symbol: SymbolId) -> Option<TypeId> {
        self.of_type.get(symbol.0).copied().flatten()
    }

    pub(crate) fn resource_of(&self, symbol: SymbolId) -> Option<ResourceId> {
        self.of_resource.get(symbol.0).copied().flatten()
    }

    pub(crate) fn error_of(&self, symbol: SymbolId) -> Option<ErrorId> {
        self.of_error.get(symbol.0).copied().flatten()
    }

    pub(crate) fn annotation_of(&self, symbol: SymbolId) -> Option<AnnotationId> {
        self.of_annotation.get(symbol.0).copied().flatten()
    }

    /// The standard error of that kind.
    pub(crate) fn standard(&self, kind: ErrorKind) -> Option<ErrorId> {
        self.standard.iter().find(|(known, _)| *known == kind).map(|(_, id)| *id)
    }
}

/// Gives the ids and reports what contains itself.
pub(crate) fn assign(sink: &Sink, names: &Names<'_>) -> Ids {
    let edges: Vec<Vec<Edge>> = names.ids().map(|(_, symbol)| uses::edges(names, symbol)).collect();
    let mut ids = Ids { endless: endless::types(sink, names, &edges), ..Ids::default() };
    let used = used(names, &edges);
    ids.types = used.iter().copied().filter(|id| names.get(*id).kind == Kind::Type).collect();
    ids.resources = resource_order(sink, names);
    let error = |id: &SymbolId, origin: Origin| {
        let symbol = names.get(*id);
        symbol.kind == Kind::Error && names.origin(symbol) == origin
    };
    let all = |origin| names.ids().map(|(id, _)| id).filter(move |id| error(id, origin));
    ids.errors = all(Origin::Own).collect();
    ids.own_errors = ids.errors.len();
    let mut others: Vec<SymbolId> =
        used.iter().copied().filter(|id| names.get(*id).kind == Kind::Error).collect();
    others.retain(|id| matches!(names.origin(names.get(*id)), Origin::Other(_)));
    others.sort_unstable();
    ids.errors.extend(others);
    ids.errors.extend(all(Origin::Standard).filter(|id| used.contains(id) || in_standard_errors(names, *id)));
    ids.annotations = annotations(names, &used);
    ids.of_annotation = by_symbol(names, &ids.annotations);
    ids.of_type = by_symbol(names, &ids.types);
    ids.of_resource = by_symbol(names, &ids.resources);
    ids.of_error = by_symbol(names, &ids.errors);
    ids.standard = standard_errors(names, &ids);
    ids
}

/// Every operation can answer these; other errors of the standard library are like those of other packages.
fn in_standard_errors(names: &Names<'_>, error: SymbolId) -> bool {
    names.namespaces[names.get(error).namespace].path == "std.errors"
}

/// The package's in the order of the source, then those of others that it uses.
fn annotations(names: &Names<'_>, used: &[SymbolId]) -> Vec<SymbolId> {
    let mut found: Vec<SymbolId> =
        used.iter().copied().filter(|id| names.get(*id).kind == Kind::Annotation).collect();
    found.sort_by_key(|id| (!names.own(names.get(*id)), *id));
    found
}

fn by_symbol<T>(names: &Names<'_>, order: &[SymbolId]) -> Vec<Option<Id<T>>> {
    let mut ids = vec![None; names.symbols.len()];
    for (index, symbol) in order.iter().enumerate() {
        ids[symbol.0] = Some(Id::new(index));
    }
    ids
}

fn standard_errors(names: &Names<'_>, ids: &Ids) -> Vec<(ErrorKind, ErrorId)> {
    let Some(namespace) = names.by_path.get("std.errors").map(|index| &names.namespaces[*index]) else {
        return Vec::new();
    };
    let of_kind = |kind: ErrorKind| {
        let symbol = namespace.names.get(kind.word().to_upper_camel_case().as_str())?;
        Some((kind, ids.error_of(*symbol)?))
    };
    ErrorKind::ALL.into_iter().filter_map(of_kind).collect()
}

/// Everything that the package declares and uses, each behind what it uses where that is possible. Of other packages and of the
/// standard library only what is used is in it.
fn used(names: &Names<'_>, edges: &[Vec<Edge>]) -> Vec<SymbolId> {
    let mut seen = vec![false; edges.len()];
    let mut order = Vec::new();
    for (root, symbol) in names.ids() {
        if !names.own(symbol) || seen[root.0] {
            continue;
        }
        seen[root.0] = true;
        let mut way = vec![(root, 0)];
        while let Some((at, next)) = way.last_mut() {
            match edges[at.0].get(*next) {
                Some(edge) => {
                    *next += 1;
                    if !std::mem::replace(&mut seen[edge.to.0], true) {
                        way.push((edge.to, 0));
                    }
                }
                None => {
                    order.push(*at);
                    way.pop();
                }
            }
        }
    }
    order
}

/// How far a walk over declarations has come with one.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Mark {
    New,
    OnTheWay,
    Done,
}

pub(crate) fn circle_text(names: &Names<'_>, circle: &[SymbolId]) -> String {
    let closed = circle.iter().chain(circle.first());
    closed.map(|symbol| names.get(*symbol).name.text.as_str()).collect::<Vec<_>>().join(" -> ")
}

/// The order of the source, but every parent first.
fn resource_order(sink: &Sink, names: &Names<'_>) -> Vec<SymbolId> {
    let mut marks = vec![Mark::New; names.symbols.len()];
    let mut order = Vec::new();
    for (root, symbol) in names.ids().filter(|(_, symbol)| symbol.kind == Kind::Resource && names.own(symbol))
    {
        let mut line = Vec::new();
        let mut at = Some((root, symbol.name.span));
        while let Some((id, span)) = at {
            match marks[id.0] {
                Mark::Done => break,
                Mark::OnTheWay => {
                    let from = line.iter().position(|symbol| *symbol == id).unwrap_or(0);
                    sink.report(parent_error(names, &line[from..], span));
                    break;
                }
                Mark::New => {
                    marks[id.0] = Mark::OnTheWay;
                    line.push(id);
                    at = parent_symbol(names, id);
                }
            }
        }
        for id in line.into_iter().rev() {
            marks[id.0] = Mark::Done;
            order.push(id);
        }
    }
    order
}

fn parent_error(names: &Names<'_>, circle: &[SymbolId], span: Span) -> Diagnostic {
    let path = circle_text(names, circle);
    Diagnostic::error(codes::E0312, format!("resources live in one another in a circle: {path}"))
        .at(span, "this closes the circle")
        .help("one of them has to stand on its own: remove its `in`")
}

/// The resource that a resource lives in, where there is one, and where that is said.
fn parent_symbol(names: &Names<'_>, resource: SymbolId) -> Option<(SymbolId, Span)> {
    let symbol = names.get(resource);
    let path = parent_path(symbol.item)?;
    match names.find(symbol.file, path) {
        crate::lookup::Found::One(parent)
            if names.get(parent).kind == Kind::Resource && names.own(names.get(parent)) =>
        {
            Some((parent, path.span))
        }
        _ => None,
    }
}

fn parent_path(item: &Item) -> Option<&Path> {
    match &item.kind {
        ItemKind::Resource(resource) => resource.parent.as_ref(),
        _ => None,
    }
}
