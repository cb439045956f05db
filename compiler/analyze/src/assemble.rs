//! Last pass: everything that was read becomes the model.

use atlas9_ir::{
    Arena, ErrorDecl, Example, FORMAT, Index, Ir, Operation, Reserved, Resource, Rule, Service, SourceName,
    TypeDecl, TypeDeclKind, WireCase,
};

use crate::PackageInfo;
use atlas9_syntax::ast::{self, Member};

use crate::context::Cx;
use crate::docs::docs;
use crate::model::{Shape, Types};
use crate::packages::Origin;
use crate::service::PAGE;
use crate::{errors, imports, reserved, resources};

/// What a resource has beside its fields.
pub(crate) struct Members {
    pub operations: Vec<Operation>,
    pub rules: Vec<Rule>,
    pub indexes: Vec<Index>,
    pub examples: Vec<Example>,
}

/// The passes' results.
pub(crate) struct Parts<'a> {
    pub types: Types,
    pub resources: Vec<resources::Entry<'a>>,
    pub members: Vec<Members>,
    pub of_service: Vec<Operation>,
    pub errors: Vec<errors::Entry>,
}

/// Puts the model together, with every standard error.
pub(crate) fn assemble(cx: &Cx<'_>, parts: Parts<'_>) -> Ir {
    let package = cx.names.packages.own().cloned().unwrap_or_default();
    let mut service = cx.api.service.clone().unwrap_or_else(|| library(&package));
    let resources: Arena<Resource> = parts
        .resources
        .into_iter()
        .zip(parts.members)
        .map(|(entry, members)| resource(cx, entry, members))
        .collect();
    service.operations = parts.of_service;
    let errors = parts.errors.into_iter().map(error).collect();
    let (namespace, docs) = namespace(cx);
    let files = source_names(cx);
    let mut allows = cx.allows.take();
    // No lint looks at what another package declares.
    allows.retain(|allow| files.get(allow.span.file.0 as usize).is_some_and(|file| file.package.is_empty()));
    allows.sort_by_key(|allow| allow.span);
    allows.dedup();
    Ir {
        format: FORMAT,
        package: package.name,
        version: cx.names.packages.version(),
        namespace,
        docs,
        files,
        service,
        types: parts.types.entries.into_iter().map(type_decl).collect(),
        resources,
        errors,
        annotations: Arena::default(),
        reserved: reserved::declarations(cx.sink, cx.own_files()),
        allows,
        unused_imports: imports::unused(cx),
    }
}

/// What stands for the service of a package that declares none.
fn library(package: &PackageInfo) -> Service {
    Service {
        name: String::new(),
        docs: String::new(),
        span: atlas9_diagnostics::Span::default(),
        extent: atlas9_diagnostics::Span::default(),
        version: package.version.clone(),
        base_path: String::new(),
        paginate: PAGE,
        wire_case: WireCase::default(),
        deprecation_notice_days: None,
        rate_limit: None,
        raises: Vec::new(),
        auth: Vec::new(),
        operations: Vec::new(),
        annotations: Vec::new(),
        reserved: Vec::new(),
    }
}

/// Every file, each with the package that it belongs to.
fn source_names(cx: &Cx<'_>) -> Vec<SourceName> {
    let mut names = Ir::source_names(cx.sources);
    for (index, file) in cx.files.iter().enumerate() {
        let origin = cx.names.packages.origin(index);
        if let (Some(name), true) = (names.get_mut(file.id.0 as usize), origin != Origin::Own) {
            name.package = cx.names.packages.get(origin).map_or("std", |package| &package.name).to_owned();
        }
    }
    names
}

/// The service's namespace, or the package's first one, and what is written above it, in whichever file.
fn namespace(cx: &Cx<'_>) -> (String, String) {
    let of_service = cx.api.symbol.map(|index| cx.names.symbols[index].namespace);
    let own = || cx.names.namespaces.iter().position(|namespace| namespace.origin == Origin::Own);
    let Some(index) = of_service.or_else(own) else { return (String::new(), String::new()) };
    let files = cx.files.iter().zip(&cx.names.of_file).filter(|(_, namespace)| **namespace == index);
    let mut texts =
        files.filter_map(|(file, _)| file.namespace.as_ref()).map(|namespace| docs(&namespace.docs));
    (cx.names.namespaces[index].path.clone(), texts.find(|text| !text.is_empty()).unwrap_or_default())
}

fn type_decl(entry: crate::model::TypeEntry) -> TypeDecl {
    let mut decl = TypeDecl { reserved: entry.shape.reserved, ..entry.decl };
    if let TypeDeclKind::Structure { fields, rules, examples } = &mut decl.kind {
        *fields = entry.shape.fields;
        *rules = entry.rules;
        *examples = entry.examples;
    }
    decl
}

fn resource(cx: &Cx<'_>, entry: resources::Entry<'_>, members: Members) -> Resource {
    let symbol = cx.names.get(entry.symbol);
    Resource {
        name: symbol.name.text.clone(),
        snake: entry.snake,
        plural: entry.plural,
        docs: docs(&symbol.item.docs),
        span: symbol.name.span,
        parent: entry.parent,
        path: entry.path,
        fields: entry.shape.fields,
        operations: members.operations,
        rules: members.rules,
        indexes: members.indexes,
        examples: members.examples,
        deprecated: entry.deprecated,
        audited: entry.audited,
        events: entry.events,
        singleton: entry.ast.singleton,
        history: entry.history,
        names: entry.names,
        annotations: entry.annotations,
        reserved: entry.shape.reserved,
        reserved_operations: reserved_operations(cx, entry.ast),
    }
}

fn reserved_operations(cx: &Cx<'_>, resource: &ast::Resource) -> Vec<Reserved> {
    let lines = resource.members.iter().filter_map(|member| match member {
        Member::Operations(block) => Some(&block.reserved),
        _ => None,
    });
    reserved::names(cx.sink, lines.flatten())
}

fn error(entry: errors::Entry) -> ErrorDecl {
    let Shape { fields, reserved, .. } = entry.shape;
    ErrorDecl { fields, reserved, ..entry.decl }
}
