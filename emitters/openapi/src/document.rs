//! The whole document, in 3.0: its information, paths and components.

use std::collections::BTreeMap;

use atlas9_ir::{AuthKind, AuthScheme, Ir};
use openapiv3::{
    APIKeyLocation, Components, Contact, Info, License, OpenAPI, PathItem, Paths, ReferenceOr,
    SecurityScheme, Server, Tag,
};

use crate::names::Names;
use crate::operations::{self, place, scheme_name, service_tag, tag};
use crate::parameters;
use crate::shapes::Shapes;
use crate::shared::{At, Shared};
use crate::text;

/// What the schema does not say.
pub(crate) struct About {
    pub(crate) server: String,
    pub(crate) license: License,
    pub(crate) contact: Option<Contact>,
}

/// The document.
pub(crate) fn of(ir: &Ir, about: &About, made_by: String) -> OpenAPI {
    let names = Names::plan(ir);
    let mut shapes = Shapes::new(ir, &names);
    let mut shared = Shared::default();
    let paths = paths(&mut shapes, &mut shared);
    OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: info(ir, about),
        servers: vec![Server { url: about.server.clone(), ..Server::default() }],
        tags: tags(ir),
        components: Some(components(ir, shapes, shared)),
        paths,
        extensions: std::iter::once(("x-generated-by".to_owned(), made_by.into())).collect(),
        ..OpenAPI::default()
    }
}

fn info(ir: &Ir, about: &About) -> Info {
    let docs = if ir.service.docs.is_empty() { &ir.docs } else { &ir.service.docs };
    let title = atlas9_emitters_core::names::sentence(&ir.service.name);
    Info {
        description: text::paragraphs([text::docs(docs)]).or_else(|| Some(format!("The API of {title}."))),
        title,
        contact: about.contact.clone(),
        license: Some(about.license.clone()),
        version: ir.service.version.clone(),
        ..Info::default()
    }
}

fn tags(ir: &Ir) -> Vec<Tag> {
    let offering = ir.resources.values().filter(|resource| !resource.operations.is_empty());
    let mut found: Vec<Tag> = Vec::new();
    for resource in offering {
        let name = tag(resource);
        let description = match resource.docs.is_empty() {
            true => format!("Operations on {}.", text::spaced(&resource.plural)),
            false => text::docs(&resource.docs),
        };
        if !found.iter().any(|known| known.name == name) {
            found.push(Tag { name, description: Some(description), ..Tag::default() });
        }
    }
    let name = service_tag(ir);
    if !ir.service.operations.is_empty() && !found.iter().any(|known| known.name == name) {
        let description = Some("What fits no resource.".to_owned());
        found.push(Tag { name, description, ..Tag::default() });
    }
    found
}

fn paths(shapes: &mut Shapes<'_>, shared: &mut Shared) -> Paths {
    let ir = shapes.ir;
    let mut paths = Paths::default();
    // Paths that differ in the names of their keys only are the same one.
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for at in all(ir) {
        let path = at.operation.path.clone();
        let path = known.entry(unnamed(&path)).or_insert(path).clone();
        let mut made = operations::of(shapes, shared, at);
        let keys = parameters::of_path(shapes, at, &path);
        parameters::rename(&mut made.parameters, &at.operation.path, &path);
        let new = || ReferenceOr::Item(PathItem { parameters: keys.clone(), ..PathItem::default() });
        if let ReferenceOr::Item(item) = paths.paths.entry(path).or_insert_with(new) {
            let missing = keys.into_iter().filter(|key| !item.parameters.contains(key));
            made.parameters.splice(0..0, missing);
            place(item, at.operation.method, made);
        }
    }
    paths
}

/// Every operation, those of the service last.
fn all(ir: &Ir) -> impl Iterator<Item = At<'_>> {
    let of_resources = ir.resources.iter().flat_map(|(id, resource)| {
        let operations = resource.operations.iter().enumerate();
        operations.map(move |(place, operation)| At { owner: Some((id, resource)), place, operation })
    });
    let of_service = ir.service.operations.iter().enumerate();
    of_resources.chain(of_service.map(|(place, operation)| At { owner: None, place, operation }))
}

/// The path without the names in it.
fn unnamed(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn components(ir: &Ir, shapes: Shapes<'_>, shared: Shared) -> Components {
    let path = ir.resources.values().next().map_or("/", |resource| resource.path.as_str());
    let path = format!("{}{path}", ir.service.base_path);
    let auth = &ir.service.auth;
    let headers = shared
        .headers
        .into_iter()
        .map(|name| (name.word().to_owned(), ReferenceOr::Item(name.of(&path, auth))));
    Components {
        schemas: shapes
            .finish()
            .into_iter()
            .map(|(name, schema)| (name, ReferenceOr::Item(schema)))
            .collect(),
        responses: shared.responses.into_iter().map(|(name, made)| (name, ReferenceOr::Item(made))).collect(),
        headers: headers.collect(),
        security_schemes: ir.service.auth.iter().map(security_scheme).collect(),
        ..Components::default()
    }
}

fn security_scheme(scheme: &AuthScheme) -> (String, ReferenceOr<SecurityScheme>) {
    let scopes = scheme.scopes.iter().map(|scope| match scope.docs.is_empty() {
        true => format!("- `{}`", scope.name),
        false => format!("- `{}`: {}", scope.name, text::docs(&scope.docs.replace('\n', " "))),
    });
    let scopes: Vec<String> = scopes.collect();
    let listed = if scopes.is_empty() { String::new() } else { format!("Scopes:\n{}", scopes.join("\n")) };
    let description = text::paragraphs([text::docs(&scheme.docs), listed]);
    let extensions = Default::default();
    let made = match scheme.kind {
        AuthKind::Bearer => {
            SecurityScheme::HTTP { scheme: "bearer".to_owned(), bearer_format: None, description, extensions }
        }
        AuthKind::ApiKey => SecurityScheme::APIKey {
            location: APIKeyLocation::Header,
            name: "X-API-Key".to_owned(),
            description,
            extensions,
        },
    };
    (scheme_name(scheme.kind).to_owned(), ReferenceOr::Item(made))
}
