//! Operations of resources and of the service: verbs, clauses, addresses, the errors they answer.

mod action;
mod address;
mod answer;
mod assign;
mod batch;
mod clauses;
mod expand;
mod list;
mod moves;
mod params;
mod path;
mod routes;
mod standard;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{ErrorId, Operation, OperationKind, ResourceId};
use atlas9_syntax::ast::{self, Block, Broken, ItemKind, Member, ServiceMember};
use foldhash::HashSet;

use crate::annotations::{self, Beside, Place};
use crate::context::{At, Cx};
use crate::docs::docs;
use crate::errors;
use crate::model::{Shape, Types};
use crate::names::{Named, Once};
use crate::resources::{Entry, id};
use clauses::Clauses;

/// All operations.
pub(crate) struct Operations {
    /// Those of each resource, by its id.
    pub of_resources: Vec<Vec<Operation>>,
    pub of_service: Vec<Operation>,
}

/// What operations are read against.
#[derive(Clone, Copy)]
pub(crate) struct Api<'r, 'a> {
    pub cx: &'r Cx<'a>,
    pub types: &'r Types,
    pub resources: &'r [Entry<'a>],
    pub errors: &'r [errors::Entry],
}

/// Reads the operations of every resource and of the service.
pub(crate) fn read<'a>(
    cx: &Cx<'a>,
    types: &Types,
    resources: &[Entry<'a>],
    errors: &[errors::Entry],
) -> Operations {
    let api = Api { cx, types, resources, errors };
    let each = resources.iter().enumerate();
    let of_resources: Vec<_> = each.map(|(index, resource)| of_resource(api, id(index), resource)).collect();
    let of_service = of_service(api);
    routes::check(api, &of_resources, &of_service);
    let bare = |read: Vec<Read>| read.into_iter().map(|read| read.operation).collect();
    let of_resources: Vec<_> = of_resources.into_iter().map(bare).collect();
    expand::readable(api, &of_resources);
    Operations { of_resources, of_service: bare(of_service) }
}

/// An operation, and where its address is said.
struct Read {
    operation: Operation,
    address: Span,
    /// True when `at` says the address.
    chosen: bool,
    /// False when the address is wrong, which is reported already.
    known: bool,
}

fn of_resource(api: Api<'_, '_>, id: ResourceId, resource: &Entry<'_>) -> Vec<Read> {
    let at = At { cx: api.cx, types: api.types, file: resource.file };
    let blocks = resource.ast.members.iter().filter_map(|member| match member {
        Member::Operations(block) => Some(block),
        _ => None,
    });
    let mut operations = Vec::new();
    for Block { entries, broken, .. } in blocks {
        let entries: Vec<&ast::Operation> = entries.iter().collect();
        let offered = Offered { resource: Some((id, resource)), shape: &resource.shape, broken };
        read_all(api, at, offered, &entries, &mut operations);
    }
    // Stable: actions stay as declared.
    operations.sort_by_key(|read: &Read| standard::rank(&read.operation));
    operations
}

fn of_service(api: Api<'_, '_>) -> Vec<Read> {
    let symbol = api.cx.api.symbol.and_then(|index| api.cx.names.symbols.get(index));
    let mut operations = Vec::new();
    if let Some(symbol) = symbol
        && let ItemKind::Service(service) = &symbol.item.kind
    {
        let at = At { cx: api.cx, types: api.types, file: symbol.file };
        let entries = service.members.iter().filter_map(|member| match member {
            ServiceMember::Operation(operation) => Some(operation),
            _ => None,
        });
        let entries: Vec<&ast::Operation> = entries.collect();
        let broken = service.members.iter().filter_map(|member| match member {
            ServiceMember::Broken(broken) => Some(broken.clone()),
            _ => None,
        });
        let (shape, broken) = (Shape::new(&symbol.name.text), broken.collect::<Vec<_>>());
        let offered = Offered { resource: None, shape: &shape, broken: &broken };
        read_all(api, at, offered, &entries, &mut operations);
    }
    operations
}

/// What offers the operations.
#[derive(Clone, Copy)]
struct Offered<'r, 'a> {
    resource: Option<(ResourceId, &'r Entry<'a>)>,
    shape: &'r Shape,
    broken: &'r [Broken],
}

fn read_all<'r, 'a>(
    api: Api<'r, 'a>,
    at: At<'r, 'a>,
    offered: Offered<'r, 'a>,
    entries: &[&ast::Operation],
    operations: &mut Vec<Read>,
) {
    let mut once = Once::declared();
    let batches = batch::names(entries);
    let names: Named<'_> = entries.iter().map(|ast| name(ast)).chain(&batches).collect();
    let Offered { resource, shape, broken } = offered;
    for ast in entries {
        let offered = |at| resource.is_none_or(|(_, entry)| crate::singletons::offers(at, entry.ast, ast));
        let is_named_well = named_well(at, ast) && batch::leaves_name(at, ast, &batches);
        if is_named_well && once.first(at.cx.sink, name(ast)) && offered(at) {
            let here = Here { api, at, resource, shape, siblings: &names, broken: !broken.is_empty() };
            operations.extend(operation(here, ast));
        }
    }
}

/// An operation's surroundings.
#[derive(Clone, Copy)]
struct Here<'r, 'a> {
    api: Api<'r, 'a>,
    at: At<'r, 'a>,
    /// The resource that offers it; the service's own operations have none.
    resource: Option<(ResourceId, &'r Entry<'a>)>,
    /// The resource's fields; none for the service.
    shape: &'r Shape,
    siblings: &'r Named<'r>,
    /// True when some operation beside it cannot be read.
    broken: bool,
}

fn name(ast: &ast::Operation) -> &ast::Name {
    ast.name.as_ref().unwrap_or(&ast.verb)
}

/// What a resource offers beside the standard operations cannot have the name of one.
fn named_well(at: At<'_, '_>, ast: &ast::Operation) -> bool {
    let taken = ast.kind != ast::OperationKind::Service;
    let Some(name) = ast.name.as_ref().filter(|name| taken && standard::VERBS.contains(&name.text.as_str()))
    else {
        return true;
    };
    at.report(
        Diagnostic::error(codes::E0219, format!("{} cannot be called `{}`", with_article(ast), name.text))
            .at(name.span, "this is a standard operation")
            .help("choose another name, or use the standard operation"),
    );
    false
}

/// What an operation is, for messages.
fn with_article(ast: &ast::Operation) -> String {
    let article = if ast.verb.text.starts_with(['a', 'o']) { "an" } else { "a" };
    format!("{article} {}", ast.verb.text)
}

/// An operation, and behind it its batch where it has one.
fn operation(here: Here<'_, '_>, ast: &ast::Operation) -> Vec<Read> {
    let at = here.at;
    let clauses = Clauses::read(at, ast);
    let noted = annotations::declaration(at, Place::Operation, &ast.annotations, ast.span);
    let siblings = |name: &str| match here.siblings.beside(name) {
        Beside::Nothing if here.broken => Beside::Perhaps,
        found => found,
    };
    annotations::replacement_exists(at, noted.replacement.as_ref(), siblings);
    let requires = clauses.requires.map(|scopes| at.cx.api.scopes(at, scopes.iter().collect()));
    let requires = requires.unwrap_or_default();
    let (kind, address) = match standard::read(here, ast, &clauses, &requires) {
        Some(read) => read,
        None => action::read(here, ast, &clauses),
    };
    let raises = raises(here, &clauses, &kind);
    let expand = expand::read(here, &clauses, &requires);
    let operation = Operation {
        name: name(ast).text.clone(),
        docs: docs(&ast.docs),
        span: name(ast).span,
        extent: ast.span,
        method: address.method,
        path: address.path,
        kind,
        idempotent: clauses.idempotent.is_some(),
        conditional: clauses.conditional.is_some(),
        public: clauses.public.is_some(),
        requires,
        errors: Vec::new(),
        raises,
        expand,
        fields: clauses.fields.is_some(),
        deprecated: noted.deprecated,
        history: noted.history,
        names: noted.names,
        annotations: noted.annotations,
    };
    let batch = clauses.batch.and_then(|(max, span)| batch::read(here, &operation, max, span));
    let known = address.known;
    let one = Read { operation, address: address.span, chosen: clauses.at.is_some(), known };
    std::iter::once(one).chain(batch).collect()
}

/// The errors that the operation's own clauses name.
fn raises(here: Here<'_, '_>, clauses: &Clauses<'_>, kind: &OperationKind) -> Vec<ErrorId> {
    let cx = here.at.cx;
    let paths = clauses.raises.unwrap_or_default();
    let named: Vec<_> = paths.iter().map(|path| ast::Name { text: path.text(), span: path.span }).collect();
    let mut once = Once::named();
    let error = |path| cx.ids.error_of(cx.resolve(here.at.file, path, crate::names::Kind::Error)?);
    let first = paths.iter().zip(&named).filter(|(_, name)| once.first(cx.sink, name));
    let mut raises: Vec<ErrorId> = first.filter_map(|(path, _)| error(path)).collect();
    if let OperationKind::Action(action) = kind {
        raises.extend(action.moves.iter().map(|moves| moves.otherwise.error));
    }
    let mut seen = HashSet::default();
    raises.retain(|error| seen.insert(*error));
    raises
}
