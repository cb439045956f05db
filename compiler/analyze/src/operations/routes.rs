//! Addresses side by side: no two operations share one, and none is hidden behind a word.

mod tree;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{HttpMethod, Operation, OperationKind, ParamPlace, Type, TypeKind};
use foldhash::{HashMap, HashSet};

use super::path::{Segment, segments};
use super::{Api, Read};
use crate::resources::Entry;
use tree::Tree;

/// Paths that the server answers itself; they have no base path.
const SERVER: [&str; 5] = ["/livez", "/readyz", "/openapi.json", "/docs", "/metrics"];

/// An operation where requests find it.
struct Route<'r, 'a> {
    read: &'r Read,
    entry: Option<&'r Entry<'a>>,
}

impl Route<'_, '_> {
    /// True for what the author named or placed, which gives way to what follows from the resources.
    fn named(&self) -> bool {
        matches!(self.read.operation.kind, OperationKind::Action(_))
    }
}

/// A path with what it offers.
struct Place<'r> {
    path: &'r str,
    parts: Vec<Part<'r>>,
    methods: BTreeMap<HttpMethod, Span>,
    /// Where the first operation says it.
    span: Span,
    named: bool,
    /// True for the address of a batch, which nobody chooses: what other paths offer by other methods stays within reach.
    batch: bool,
}

/// A segment, a placeholder with the type of its values as far as that is known.
#[derive(Clone, Copy)]
enum Part<'r> {
    Word(&'r str),
    Value(Option<&'r Type>),
}

/// Reports addresses that are taken, of other operations or of the server, and such that no request would reach.
pub(super) fn check(api: Api<'_, '_>, of_resources: &[Vec<Read>], of_service: &[Read]) {
    let mut routes = routes(api, of_resources, of_service);
    // Stable: the error stands at what was named, not at what follows from a resource.
    routes.sort_by_key(Route::named);
    let places = places(api, &routes);
    let tree = Tree::new(&places);
    let mut told = HashSet::default();
    for place in &places {
        if let Some((hidden, word)) = tree.hides(api, place)
            // A word that many paths have hides one value of one path: that is one mistake.
            && told.insert(if place.named { place.path } else { hidden.path })
        {
            hides(api, place, hidden, word);
        }
    }
}

fn routes<'r, 'a>(
    api: Api<'r, 'a>,
    of_resources: &'r [Vec<Read>],
    of_service: &'r [Read],
) -> Vec<Route<'r, 'a>> {
    let mut routes = Vec::new();
    let mut paths = HashSet::default();
    for (entry, operations) in api.resources.iter().zip(of_resources) {
        // Two resources with one path have been reported, or are one that is declared twice.
        let skipped = !paths.insert(entry.path.as_str()) || claimed(api, entry, operations);
        let own = operations.iter().filter(|read| read.known && (read.chosen || !skipped));
        routes.extend(own.map(|read| Route { read, entry: Some(entry) }));
    }
    routes.extend(of_service.iter().filter(|read| read.known).map(|read| Route { read, entry: None }));
    routes
}

/// Every path once; an operation at an address that is taken is reported.
fn places<'r>(api: Api<'r, '_>, routes: &[Route<'r, '_>]) -> Vec<Place<'r>> {
    let mut places: Vec<Place<'r>> = Vec::new();
    let mut by_path: HashMap<&str, usize> = HashMap::default();
    let mut by_shape: HashMap<String, usize> = HashMap::default();
    for route in routes {
        let (operation, span) = (&route.read.operation, route.read.address);
        let path = operation.path.as_str();
        if is_the_servers(api, path) {
            the_servers(api, path, span, "choose another path");
            continue;
        }
        let index = *by_path.entry(path).or_insert_with(|| {
            let next = places.len();
            let index = *by_shape.entry(shape(path)).or_insert(next);
            if index == next {
                places.push(Place::new(api, route));
            }
            index
        });
        match places[index].methods.entry(operation.method) {
            Slot::Occupied(other) => shared(api, operation, span, *other.get()),
            Slot::Vacant(free) => {
                free.insert(span);
                if places[index].path != path {
                    renamed(api, path, span, &places[index]);
                }
            }
        }
    }
    places
}

/// The path without the names of placeholders.
fn shape(path: &str) -> String {
    let parts = segments(path).map(|segment| match segment {
        Segment::Literal(text) => format!("/{text}"),
        Segment::Placeholder(_) => "/{}".to_owned(),
    });
    parts.collect()
}

impl<'r> Place<'r> {
    fn new(api: Api<'r, '_>, route: &Route<'r, '_>) -> Place<'r> {
        let path = &route.read.operation.path;
        let parts = segments(path).map(|segment| match segment {
            Segment::Literal(text) => Part::Word(text),
            Segment::Placeholder(name) => Part::Value(value_type(api, route, name)),
        });
        let parts = parts.collect();
        let batch = route.read.operation.kind.batch().is_some();
        Place { path, parts, methods: BTreeMap::new(), span: route.read.address, named: route.named(), batch }
    }
}

/// The type of what stands for a placeholder: a parameter or a key.
fn value_type<'r>(api: Api<'r, '_>, route: &Route<'r, '_>, name: &str) -> Option<&'r Type> {
    if let OperationKind::Action(action) = &route.read.operation.kind {
        let mut params = action.params.iter().filter(|param| param.place == ParamPlace::Path);
        if let Some(param) = params.find(|param| param.field.name == name) {
            return Some(&param.field.ty);
        }
    }
    let key = route.entry?.shape.on_wire(name)?;
    match &key.ty.kind {
        TypeKind::Ref(parent) => api.types.keys.get(parent.index())?.as_ref(),
        _ => Some(&key.ty),
    }
}

fn is_the_servers(api: Api<'_, '_>, path: &str) -> bool {
    let service = api.cx.api.service.as_ref();
    service.is_some_and(|service| service.base_path.is_empty()) && SERVER.contains(&path)
}

impl Place<'_> {
    /// True where the server goes on to the other path by the methods that only that one has.
    fn leaves_alone(&self, other: &Place<'_>) -> bool {
        self.batch && !self.methods.keys().any(|method| other.methods.contains_key(method))
    }
}

/// True for a resource at a path of the server's, which is reported once for all its operations.
fn claimed(api: Api<'_, '_>, entry: &Entry<'_>, operations: &[Read]) -> bool {
    let offered = operations.iter().any(|read| !read.chosen && read.operation.path == entry.path);
    let claimed = offered && is_the_servers(api, &entry.path);
    if claimed {
        let help = "set a `base_path` in the service, or write `@plural(\"other_word\")` behind the name";
        the_servers(api, &entry.path, entry.ast.name.span, help);
    }
    claimed
}

fn the_servers(api: Api<'_, '_>, path: &str, span: Span, help: &str) {
    api.cx.report(
        Diagnostic::error(codes::E0429, format!("`{path}` is a path that the server answers itself"))
            .at(span, "taken")
            .help(help),
    );
}

fn shared(api: Api<'_, '_>, operation: &Operation, span: Span, other: Span) {
    let (method, path) = (operation.method.word(), &operation.path);
    api.cx.report(
        Diagnostic::error(codes::E0428, format!("`{method} {path}` is the address of two operations"))
            .at(span, "this one")
            .and(other, "and this one")
            .help("give one of them a path of its own with `at`, or another name"),
    );
}

/// Descriptions of an API know a path by its text, so that one path cannot have two.
fn renamed(api: Api<'_, '_>, path: &str, span: Span, other: &Place<'_>) {
    api.cx.report(
        Diagnostic::error(codes::E0431, format!("`{path}` and `{}` are one path with two names", other.path))
            .at(span, "this one")
            .and(other.span, "and this one")
            .help("name the placeholders alike, or change a word of the path"),
    );
}

fn hides(api: Api<'_, '_>, place: &Place<'_>, hidden: &Place<'_>, word: &str) {
    let message = format!("`{}` hides `{}` where the value is `{word}`", place.path, hidden.path);
    let ends = (place.span, "requests with that value end here");
    let never = (hidden.span, "and never here");
    let (first, second) = if place.named { (ends, never) } else { (never, ends) };
    api.cx.report(
        Diagnostic::error(codes::E0430, message)
            .at(first.0, first.1)
            .and(second.0, second.1)
            .help(format!("choose another path with `at`, or bound the value so that it cannot be `{word}`")),
    );
}
