//! Resources without their operations: names, paths, fields, the key.

pub(crate) mod derived;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{
    Applied, Audited, Deprecation, Field, History, Id, Managed, OnDelete, ResourceId, Scalar, TargetNames,
    Type, TypeKind, Visibility,
};
use atlas9_syntax::ast::{self, ClauseKind, ItemKind, Member, Path};
use foldhash::HashMap;
use heck::ToSnakeCase;

use crate::annotations::{self, Place};
use crate::context::{At, Cx};
use crate::fields::{self, Owner};
use crate::model::{Clash, Plain, Shape, Types, lost_type};
use crate::names::{Kind, Symbol, SymbolId};
use crate::{blocks, plural, singletons};

/// A resource as far as its fields say.
pub(crate) struct Entry<'a> {
    pub symbol: SymbolId,
    pub file: usize,
    pub ast: &'a ast::Resource,
    pub parent: Option<ResourceId>,
    pub snake: String,
    pub plural: String,
    /// The path of all of them.
    pub path: String,
    /// The path of one.
    pub item_path: String,
    pub deprecated: Option<Deprecation>,
    pub audited: Option<Audited>,
    pub events: bool,
    pub history: History,
    pub names: TargetNames,
    pub annotations: Vec<Applied>,
    pub shape: Shape,
}

/// Reads every resource, parents before children, and enters their keys into the types.
pub(crate) fn declare<'a>(cx: &Cx<'a>, types: &mut Types) -> Vec<Entry<'a>> {
    types.resources = cx.ids.resources.iter().map(|id| cx.names.get(*id).name.text.clone()).collect();
    let mut entries: Vec<Entry<'a>> = Vec::with_capacity(cx.ids.resources.len());
    for id in &cx.ids.resources {
        let symbol = cx.names.get(*id);
        let ItemKind::Resource(ast) = &symbol.item.kind else { continue };
        let at = At { cx, types, file: symbol.file };
        let entry = entry(at, *id, symbol, ast, &entries);
        entries.push(entry);
    }
    same_plural(cx, &entries);
    types.keys = entries.iter().map(|entry| key(&entry.shape).map(|field| field.ty.clone())).collect();
    for entry in &mut entries {
        let at = At { cx, types, file: entry.file };
        fields::defaults(at, Owner::Resource, &entry.ast.members, &mut entry.shape);
        fields::mixin_defaults(at, &entry.ast.mixins, &mut entry.shape);
        if entry.ast.singleton {
            singletons::initial_values(at, &entry.shape, entry.ast);
        } else {
            never_given(at, entry);
        }
    }
    entries
}

fn key(shape: &Shape) -> Option<&Field> {
    shape.fields.iter().find(|field| field.key)
}

fn entry<'a>(
    at: At<'_, 'a>,
    id: SymbolId,
    symbol: &Symbol<'a>,
    ast: &'a ast::Resource,
    before: &[Entry<'a>],
) -> Entry<'a> {
    let place = if ast.singleton { Place::Singleton } else { Place::Resource };
    let noted = annotations::declaration(at, place, &symbol.item.annotations, symbol.item.span);
    let namespace = &at.cx.names.namespaces[symbol.namespace];
    annotations::replacement_exists(at, noted.replacement.as_ref(), |name| {
        at.cx.names.beside(namespace, name)
    });
    blocks::once(at, &ast.members);
    let mut shape = Shape::new(&ast.name.text);
    fields::members(at, Owner::Resource, &ast.members, &mut shape);
    fields::mixins(at, Owner::Resource, &ast.mixins, &mut shape);
    fields::replacements(at, &shape);
    let snake = ast.name.text.to_snake_case();
    let plural = if ast.singleton { Some(snake.clone()) } else { noted.plural };
    let plural = plural.unwrap_or_else(|| plural::plural(&snake));
    let parent = ast.parent.as_ref().and_then(|path| parent(at, path, before));
    if ast.singleton {
        singletons::fields(at, &mut shape, ast);
    } else {
        check_key(at, &mut shape, ast);
    }
    let mut shape = with_parents(at, shape, parent, before, ast);
    shape.parents_lost = match parent.and_then(|parent| before.get(parent.index())) {
        Some(parent) => parent.shape.parents_lost,
        None => ast.parent.is_some(),
    };
    soft_delete(at, &mut shape, ast);
    let prefix = parent.and_then(|parent| before.get(parent.index())).map_or(String::new(), |parent| {
        format!("{}/{{{}}}", parent.path, at.cx.api.wire(&derived::key_of(&parent.ast.name.text)))
    });
    let path = format!("{prefix}/{plural}");
    let own = key(&shape).map_or("id", |field| field.wire.as_str());
    let item_path = if ast.singleton { path.clone() } else { format!("{path}/{{{own}}}") };
    Entry {
        symbol: id,
        file: symbol.file,
        ast,
        parent,
        snake,
        plural,
        path,
        item_path,
        deprecated: noted.deprecated,
        audited: noted.audited,
        events: noted.events,
        history: noted.history,
        names: noted.names,
        annotations: noted.annotations,
        shape,
    }
}

/// The resource that one lives in. One that does not stand before its child is on a circle, which is reported already.
fn parent(at: At<'_, '_>, path: &Path, before: &[Entry<'_>]) -> Option<ResourceId> {
    let symbol = at.cx.resolve(at.file, path, Kind::Resource)?;
    if singletons::is_one(at.cx, symbol) {
        singletons::as_parent(at, path, symbol);
        return None;
    }
    let parent = at.cx.ids.resource_of(symbol).filter(|parent| parent.index() < before.len())?;
    if lineage(Some(parent), before).len() >= DEEPEST {
        too_deep(at, path);
        return None;
    }
    Some(parent)
}

/// How many resources can stand around one: each is in its path, and a column of its table.
const DEEPEST: usize = 64;

fn too_deep(at: At<'_, '_>, path: &Path) {
    at.report(
        Diagnostic::error(codes::E0444, format!("more than {DEEPEST} resources live in one another"))
            .at(path.span, "too deep")
            .help("let one of them stand on its own, and refer to the others with `ref`"),
    );
}

/// The key, the parents' keys, then the rest.
fn with_parents(
    at: At<'_, '_>,
    mut shape: Shape,
    parent: Option<ResourceId>,
    before: &[Entry<'_>],
    ast: &ast::Resource,
) -> Shape {
    let mut ordered = Shape::new(&shape.owner);
    let fields = std::mem::take(&mut shape.fields);
    let (keys, rest): (Vec<Field>, Vec<Field>) = fields.into_iter().partition(|field| field.key);
    ordered.take_notes(&mut shape);
    let span = ast.parent.as_ref().map_or(ast.name.span, |path| path.span);
    let parents = lineage(parent, before).into_iter().map(|id| parent_field(at, id, before, span));
    for field in keys.into_iter().chain(parents).chain(rest) {
        if let Err(clash) = ordered.push(field)
            && clash.first.implied
        {
            at.report(
                Diagnostic::error(codes::E0215, format!("`{}` is there twice", clash.again.name))
                    .at(clash.again.span, "declared here")
                    .and(span, format!("`in` adds `{}` by itself", clash.first.name))
                    .help("remove the field: a resource in another one always knows its parent"),
            );
        }
    }
    ordered
}

/// From the outermost parent to the nearest.
fn lineage(parent: Option<ResourceId>, before: &[Entry<'_>]) -> Vec<ResourceId> {
    let mut line = Vec::new();
    let mut at = parent;
    while let Some(id) = at {
        line.push(id);
        at = before.get(id.index()).and_then(|entry| entry.parent);
    }
    line.reverse();
    line
}

fn parent_field(at: At<'_, '_>, parent: ResourceId, before: &[Entry<'_>], span: Span) -> Field {
    let name =
        before.get(parent.index()).map(|entry| derived::key_of(&entry.ast.name.text)).unwrap_or_default();
    let docs =
        before.get(parent.index()).map(|entry| format!("The `{}` that it lives in.", entry.shape.owner));
    Field {
        managed: Some(Managed::Parent),
        on_delete: Some(OnDelete::Restrict),
        ..implied(
            at,
            name,
            docs.unwrap_or_default(),
            Type { kind: TypeKind::Ref(parent), optional: false },
            span,
        )
    }
}

fn implied(at: At<'_, '_>, name: String, docs: String, ty: Type, span: Span) -> Field {
    Field {
        wire: at.cx.api.wire(&name),
        name,
        docs,
        span,
        ty,
        default: None,
        visibility: Visibility::ReadOnly,
        key: false,
        unique: false,
        managed: None,
        on_delete: None,
        sensitive: None,
        requires: Vec::new(),
        deprecated: None,
        history: atlas9_ir::History::default(),
        names: atlas9_ir::TargetNames::default(),
        annotations: Vec::new(),
        implied: true,
    }
}

fn check_key(at: At<'_, '_>, shape: &mut Shape, ast: &ast::Resource) {
    let broken = ast.members.iter().any(may_hold_key);
    let keys: Vec<usize> = (0..shape.fields.len()).filter(|index| shape.fields[*index].key).collect();
    match keys.as_slice() {
        [] if broken || shape.open => {}
        [] => {
            at.report(
                Diagnostic::error(codes::E0310, format!("`{}` has no key", shape.owner))
                    .at(ast.name.span, "nothing tells one from another")
                    .help("add a field such as `id: uuid @key`"),
            );
            shape.lose("id");
        }
        [index] => {
            key_default(at, shape, &shape.fields[*index]);
            key_type(at, &mut shape.fields[*index]);
        }
        [first, .., again] => at.report(
            Diagnostic::error(codes::E0329, format!("`{}` has more than one key", shape.owner))
                .at(shape.fields[*again].span, "another key")
                .and(shape.fields[*first].span, "the first one")
                .help("keep one `@key`; mark the others `@unique`"),
        ),
    }
}

/// True for what cannot be read, or has an annotation that may be a misspelt `@key`.
fn may_hold_key(member: &Member) -> bool {
    match member {
        Member::Broken(..) => true,
        Member::Field(field) => field
            .annotations
            .iter()
            .any(|annotation| atlas9_diagnostics::nearest(&annotation.name.text(), ["key"]).is_some()),
        _ => false,
    }
}

fn key_default(at: At<'_, '_>, shape: &Shape, field: &Field) {
    if shape.has_default(&field.name) {
        at.report(
            Diagnostic::error(codes::E0331, format!("every `{}` would have the same key", shape.owner))
                .at(field.span, "a key with a default")
                .help("remove the default: a key is different for each"),
        );
    }
}

fn key_type(at: At<'_, '_>, field: &mut Field) {
    let Some((plain, optional)) = at.types.plain(&field.ty) else { return };
    let (problem, help) = match plain {
        _ if optional => ("a key is never null", "remove the `?`"),
        Plain::Scalar(Scalar::Uuid) => {
            field.visibility = Visibility::ReadOnly;
            field.managed = Some(Managed::Key);
            return;
        }
        Plain::Scalar(
            Scalar::String { .. }
            | Scalar::Int32 { .. }
            | Scalar::Int { .. }
            | Scalar::Int64 { .. }
            | Scalar::Date,
        ) => {
            field.visibility = Visibility::Immutable;
            return;
        }
        _ => (
            "this type cannot be a key",
            "use `uuid`, which the server makes, or `string`, `int32`, `int`, `int64`, `date`",
        ),
    };
    at.report(Diagnostic::error(codes::E0330, problem).at(field.span, "not a key").help(help));
    field.ty = lost_type();
}

/// Adds `deleted_at`, or makes the declared one the server's.
fn soft_delete(at: At<'_, '_>, shape: &mut Shape, ast: &ast::Resource) {
    let Some(span) = soft_clause(ast) else { return };
    if let Some(field) = shape.get_mut("deleted_at") {
        let fits = matches!(at.types.plain(&field.ty), Some((Plain::Scalar(Scalar::Timestamp), true)) | None);
        if !fits {
            at.report(
                Diagnostic::error(codes::E0443, "a soft delete writes its time into `deleted_at`")
                    .at(field.span, "not `timestamp?`")
                    .and(span, "the soft delete")
                    .help("make it `timestamp?`, or remove it: it is added by itself"),
            );
        }
        field.managed = Some(Managed::DeletedAt);
        field.visibility = Visibility::ReadOnly;
        return;
    }
    if shape.may_have("deleted_at") {
        return;
    }
    let ty = Type { kind: TypeKind::Scalar(Scalar::Timestamp), optional: true };
    let docs = "When it was deleted; null while it is there.".to_owned();
    let field =
        Field { managed: Some(Managed::DeletedAt), ..implied(at, "deleted_at".to_owned(), docs, ty, span) };
    if let Err(clash) = shape.push(field) {
        let Clash { first, again } = *clash;
        at.report(
            Diagnostic::error(codes::E0214, format!("`{}` is `{}` on the wire", first.name, again.wire))
                .at(first.span, "the same name on the wire as `deleted_at`")
                .and(span, "the soft delete adds `deleted_at`"),
        );
    }
}

fn soft_clause(ast: &ast::Resource) -> Option<Span> {
    let blocks = ast.members.iter().filter_map(|member| match member {
        Member::Operations(block) => Some(block),
        _ => None,
    });
    let mut clauses = blocks.flat_map(|block| &block.entries).flat_map(|operation| &operation.clauses);
    clauses.find(|clause| matches!(clause.kind, ClauseKind::Soft(_))).map(|clause| clause.span)
}

/// A field that a create has to fill, and nobody can.
fn never_given(at: At<'_, '_>, entry: &Entry<'_>) {
    let Some(create) = create(entry.ast) else { return };
    for field in &entry.shape.fields {
        let Some((_, optional)) = at.types.plain(&field.ty) else { continue };
        let given = field.creatable() || field.managed.is_some() || optional;
        if !given && !entry.shape.has_default(&field.name) {
            at.report(
                Diagnostic::error(
                    codes::E0311,
                    format!("`{}` has no value when a `{}` is created", field.name, entry.ast.name.text),
                )
                .at(field.span, "required, and clients cannot give it")
                .and(create, "clients create it here")
                .help("give it a default, or make it optional with `?`"),
            );
        }
    }
}

/// Where the resource offers to create one.
fn create(resource: &ast::Resource) -> Option<Span> {
    let blocks = resource.members.iter().filter_map(|member| match member {
        Member::Operations(block) => Some(block),
        _ => None,
    });
    let mut operations = blocks.flat_map(|block| &block.entries);
    operations.find(|operation| operation.verb.text == "create").map(|operation| operation.verb.span)
}

/// Tables are named by plurals, so no two may share one.
fn same_plural(cx: &Cx<'_>, entries: &[Entry<'_>]) {
    let mut first: HashMap<&str, &Entry<'_>> = HashMap::default();
    for entry in entries {
        let Some(other) = first.insert(&entry.plural, entry) else { continue };
        if other.ast.name.text == entry.ast.name.text {
            continue;
        }
        cx.report(one_path(other, entry));
    }
}

fn one_path(first: &Entry<'_>, again: &Entry<'_>) -> Diagnostic {
    let (name, plural) = (&again.ast.name.text, &again.plural);
    let singleton = first.ast.singleton || again.ast.singleton;
    let message = if singleton {
        format!("`{}` and `{name}` would both be `{plural}` in paths and tables", first.ast.name.text)
    } else {
        format!("`{}` and `{name}` are both `{plural}` in the plural", first.ast.name.text)
    };
    let help = match (again.ast.singleton, first.ast.singleton) {
        (false, _) => format!("write `@plural(\"other_word\")` behind `resource {name}`"),
        (true, false) => {
            format!("rename it, or write `@plural(\"other_word\")` behind `resource {}`", first.ast.name.text)
        }
        (true, true) => "rename one of them".to_owned(),
    };
    Diagnostic::error(codes::E0207, message)
        .at(again.ast.name.span, format!("its path and its table would be `{plural}`"))
        .and(first.ast.name.span, "so would this one's")
        .help(help)
}

/// The id of the resource at that place.
pub(crate) fn id(index: usize) -> ResourceId {
    Id::new(index)
}
