//! Operations of resources: verbs, clauses, paths, the errors they answer.

mod action;
mod assign;
mod clauses;
mod expand;
mod list;
mod obvious;

use std::collections::HashSet;

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Delete, ErrorId, HttpMethod, Operation, OperationKind, ResourceId};
use atlas9_syntax::ast::{self, Block, Member};

use crate::annotations::{self, Place};
use crate::context::{At, Cx, did_you_mean, listed};
use crate::docs::docs;
use crate::errors;
use crate::model::Types;
use crate::names::Once;
use crate::resources::{Entry, id};
use clauses::Clauses;

/// The verbs, in the order of the language.
const VERBS: [&str; 8] = ["list", "get", "create", "update", "replace", "delete", "undelete", "action"];

/// What operations are read against.
#[derive(Clone, Copy)]
pub(crate) struct Api<'r, 'a> {
    pub cx: &'r Cx<'a>,
    pub types: &'r Types,
    pub errors: &'r [errors::Entry],
    /// Resources that others point to and hold.
    held: &'r HashSet<ResourceId>,
}

/// Reads the operations of every resource.
pub(crate) fn read<'a>(
    cx: &Cx<'a>,
    types: &Types,
    resources: &[Entry<'a>],
    errors: &[errors::Entry],
) -> Vec<Vec<Operation>> {
    let held = obvious::held(types, resources);
    let api = Api { cx, types, errors, held: &held };
    let each = resources.iter().enumerate();
    let operations: Vec<_> = each.map(|(index, resource)| of_resource(api, id(index), resource)).collect();
    expand::readable(api, resources, &operations);
    operations
}

fn of_resource(api: Api<'_, '_>, id: ResourceId, resource: &Entry<'_>) -> Vec<Operation> {
    let blocks = resource.ast.members.iter().filter_map(|member| match member {
        Member::Operations(block) => Some(block),
        _ => None,
    });
    let mut operations = Vec::new();
    for block in blocks {
        read_block(api, id, resource, block, &mut operations);
    }
    // Stable: actions stay as declared.
    operations.sort_by_key(|operation: &Operation| rank(operation));
    operations
}

fn rank(operation: &Operation) -> usize {
    match operation.kind {
        OperationKind::Action(_) => VERBS.len(),
        _ => VERBS.iter().position(|verb| *verb == operation.name).unwrap_or(VERBS.len()),
    }
}

fn read_block(
    api: Api<'_, '_>,
    id: ResourceId,
    resource: &Entry<'_>,
    block: &Block<ast::Operation>,
    operations: &mut Vec<Operation>,
) {
    let at = At { cx: api.cx, types: api.types, file: resource.file };
    let mut once = Once::declared();
    let names: HashSet<&str> = block.entries.iter().map(|ast| name(ast).text.as_str()).collect();
    for ast in block.entries.iter().filter(|ast| crate::unchecked::is_checked(ast)) {
        if known_verb(at, ast)
            && once.first(at.cx.sink, name(ast))
            && crate::singletons::offers(at, resource.ast, ast)
        {
            let place = Here { api, at, id, resource, siblings: &names, broken: !block.broken.is_empty() };
            operations.extend(operation(place, ast));
        }
    }
}

/// An operation's surroundings.
#[derive(Clone, Copy)]
pub(crate) struct Here<'r, 'a> {
    pub api: Api<'r, 'a>,
    pub at: At<'r, 'a>,
    pub id: ResourceId,
    pub resource: &'r Entry<'a>,
    siblings: &'r HashSet<&'r str>,
    /// True when some operation of the resource cannot be read.
    broken: bool,
}

fn name(ast: &ast::Operation) -> &ast::Name {
    ast.name.as_ref().unwrap_or(&ast.verb)
}

fn known_verb(at: At<'_, '_>, ast: &ast::Operation) -> bool {
    let verb = ast.verb.text.as_str();
    if !VERBS.contains(&verb) {
        let help = did_you_mean(verb, VERBS, || format!("there are {}", listed(VERBS, "and")));
        at.report(
            Diagnostic::error(codes::E0401, format!("there is no operation called `{verb}`"))
                .at(ast.verb.span, "not known")
                .help(format!("{help} Anything else is an action: `action {verb}()`")),
        );
        return false;
    }
    if let Some(name) = ast.name.as_ref().filter(|name| VERBS.contains(&name.text.as_str())) {
        at.report(
            Diagnostic::error(codes::E0206, format!("an action cannot be called `{}`", name.text))
                .at(name.span, "this is a standard operation")
                .help("choose another name, or use the standard operation"),
        );
        return false;
    }
    true
}

fn operation(here: Here<'_, '_>, ast: &ast::Operation) -> Option<Operation> {
    let (at, resource) = (here.at, here.resource);
    let clauses = Clauses::read(at, ast);
    let noted = annotations::declaration(at, Place::Operation, &ast.annotations, ast.span);
    let siblings = |name: &str| here.broken || here.siblings.contains(name);
    annotations::replacement_exists(at, noted.replacement.as_ref(), siblings);
    let requires = clauses.requires.map(|scopes| at.cx.api.scopes(at.cx.sink, scopes.iter().collect()));
    let requires = requires.unwrap_or_default();
    let kind = kind(here, ast, &clauses, &requires)?;
    let raises = raises(here, &clauses, &kind);
    let (method, path) = address(resource, ast, &kind);
    let expand = expand::read(here, &clauses, &requires);
    let mut operation = Operation {
        name: name(ast).text.clone(),
        docs: docs(&ast.docs),
        span: name(ast).span,
        extent: ast.span,
        method,
        path,
        kind,
        idempotent: clauses.idempotent.is_some(),
        public: clauses.public.is_some(),
        requires,
        errors: Vec::new(),
        raises,
        expand,
        deprecated: noted.deprecated,
        history: atlas9_ir::History::default(),
        annotations: noted.annotations,
    };
    operation.errors = obvious::errors(here, &operation);
    Some(operation)
}

fn kind(
    here: Here<'_, '_>,
    ast: &ast::Operation,
    clauses: &Clauses<'_>,
    requires: &[String],
) -> Option<OperationKind> {
    Some(match ast.verb.text.as_str() {
        "list" => OperationKind::List(list::read(here, clauses, requires)),
        "get" => OperationKind::Get,
        "create" => OperationKind::Create,
        "update" => OperationKind::Update,
        "replace" => OperationKind::Replace,
        "delete" => OperationKind::Delete(Delete { soft_keep_days: clauses.soft_keep_days }),
        "undelete" => {
            undeletable(here, ast);
            OperationKind::Undelete
        }
        _ => OperationKind::Action(action::read(here, ast, clauses)),
    })
}

fn undeletable(here: Here<'_, '_>, ast: &ast::Operation) {
    let soft =
        here.resource.shape.fields.iter().any(|field| field.managed == Some(atlas9_ir::Managed::DeletedAt));
    if !soft && !here.broken && !here.resource.shape.open {
        here.at.report(
            Diagnostic::error(
                codes::E0408,
                format!("nothing of a deleted `{}` is kept", here.resource.ast.name.text),
            )
            .at(ast.verb.span, "cannot be taken back")
            .help("make the delete a soft one: `delete soft(keep: 30d)`"),
        );
    }
}

/// The errors that the operation's own clauses name.
fn raises(here: Here<'_, '_>, clauses: &Clauses<'_>, kind: &OperationKind) -> Vec<ErrorId> {
    let cx = here.at.cx;
    let named = clauses.raises.iter().flat_map(|paths| paths.iter());
    let named = named
        .filter_map(|path| cx.ids.error_of(cx.resolve(here.at.file, path, crate::names::Kind::Error)?));
    let mut raises: Vec<ErrorId> = named.collect();
    if let OperationKind::Action(action) = kind {
        raises.extend(action.moves.iter().map(|moves| moves.otherwise.error));
    }
    let mut seen = HashSet::new();
    raises.retain(|error| seen.insert(*error));
    raises
}

fn address(resource: &Entry<'_>, ast: &ast::Operation, kind: &OperationKind) -> (HttpMethod, String) {
    let below = |word: &str| format!("{}/{word}", resource.item_path);
    match kind {
        OperationKind::List(_) => (HttpMethod::Get, resource.path.clone()),
        OperationKind::Create => (HttpMethod::Post, resource.path.clone()),
        OperationKind::Get => (HttpMethod::Get, resource.item_path.clone()),
        OperationKind::Update => (HttpMethod::Patch, resource.item_path.clone()),
        OperationKind::Replace => (HttpMethod::Put, resource.item_path.clone()),
        OperationKind::Delete(_) => (HttpMethod::Delete, resource.item_path.clone()),
        OperationKind::Undelete => (HttpMethod::Post, below("undelete")),
        OperationKind::Action(_) => (HttpMethod::Post, below(&name(ast).text)),
    }
}
