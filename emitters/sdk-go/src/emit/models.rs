//! `models.go`: what the service works with, as it is read, and where it differs, as it is sent.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go;
use atlas9_emitters_core::calls::go::types::{self, Uses};
use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::sdk::{Position, embedded, facts, target};
use atlas9_ir::{EnumValue, Field, Resource, ResourceId, Type, TypeDecl, TypeDeclKind, TypeId, TypeKind};

use super::hidden;
use super::unions::Union;
use crate::Sdk;
use crate::describe;
use crate::layout::{self, Line};
use crate::text::{Doc, literal};

/// The file.
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let mut uses = Uses::default();
    let mut body = Writer::new("\t");
    for (id, decl) in sdk.plan.ir.types.iter() {
        declaration(&mut body, sdk, id, decl, &mut uses);
    }
    for (id, resource) in sdk.plan.ir.resources.iter() {
        model(&mut body, sdk, id, resource, &mut uses);
    }
    let mut w = super::go(sdk, &uses);
    w.blank().line(body.finish().trim_end());
    w.finish()
}

/// A structure with these lines.
pub(super) fn structure(w: &mut Writer, doc: &Doc, name: &str, lines: &[Line]) {
    w.blank();
    doc.write(w);
    if lines.is_empty() {
        w.line(format!("type {name} struct{{}}"));
    } else {
        w.block(format!("type {name} struct {{"), "}", |w| layout::lines(w, lines));
    }
}

/// The lines of fields, with the names that they have; those of `taken` mean something else there.
pub(super) fn members<'a>(
    sdk: &Sdk<'_>,
    fields: impl IntoIterator<Item = &'a Field>,
    position: Position,
    taken: &[&str],
    uses: &mut Uses,
) -> Vec<Line> {
    let fields: Vec<&Field> = fields.into_iter().collect();
    let names = sdk.plan.fields(&fields, taken);
    let line = |(name, field): (String, &&Field)| {
        let member = types::member(&sdk.plan, field, position, uses);
        let tag = format!("`json:\"{}{}\"{}`", field.wire, member.how, unlogged(field));
        Line { doc: describe::field(sdk.plan.ir, field, position), cells: vec![name, member.ty, tag] }
    };
    names.into_iter().zip(&fields).map(line).collect()
}

/// What a tag says of a field that is sensitive.
pub(super) fn unlogged(field: &Field) -> &'static str {
    if field.sensitive.is_some() { " log:\"-\"" } else { "" }
}

/// A structure with these fields, which is printed without what is sensitive in them.
pub(super) fn shape<'a>(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    doc: &Doc,
    name: &str,
    fields: impl IntoIterator<Item = &'a Field>,
    position: Position,
    uses: &mut Uses,
) {
    let fields: Vec<&Field> = fields.into_iter().collect();
    let lines = members(sdk, fields.iter().copied(), position, &[], uses);
    structure(w, doc, name, &lines);
    if sdk.plan.secrets.within(sdk.plan.ir, fields) {
        hidden::write(w, name, "v", uses);
    }
}

/// Constants of a type, each with its text.
pub(super) fn constants(
    w: &mut Writer,
    ty: &str,
    title: &str,
    all: impl IntoIterator<Item = (Doc, String, String)>,
) {
    let lines: Vec<Line> = all
        .into_iter()
        .map(|(doc, name, text)| Line { doc, cells: vec![name, format!("{ty} = {}", literal(&text))] })
        .collect();
    if lines.is_empty() {
        return;
    }
    w.blank();
    Doc::ours(title).write(w);
    w.block("const (", ")", |w| layout::lines(w, &lines));
}

fn declaration(w: &mut Writer, sdk: &Sdk<'_>, id: TypeId, decl: &TypeDecl, uses: &mut Uses) {
    let name = sdk.plan.names.of_type(id);
    match &decl.kind {
        TypeDeclKind::Structure { fields, rules, .. } => {
            let doc = describe::declaration(&decl.docs, &said(name), rules, decl.deprecated.as_ref());
            let readable = fields.iter().filter(|field| field.readable());
            shape(w, sdk, &doc, name, readable, Position::Read, uses);
            requests(w, sdk, id, fields, uses);
        }
        TypeDeclKind::Enum { closed, values } => enumeration(w, sdk, id, decl, *closed, values),
        TypeDeclKind::Union { closed, discriminator_wire, variants, .. } => {
            Union { sdk, id, decl, closed: *closed, discriminator: discriminator_wire, variants }
                .write(w, uses);
        }
        TypeDeclKind::Alias(target) => {
            w.blank();
            let doc = Doc::of_or(&decl.docs, &said(name)).sentence(facts::of_type(sdk.plan.ir, target));
            describe::deprecated(doc, decl.deprecated.as_ref()).write(w);
            w.line(format!("type {name} = {}", types::direct(&sdk.plan, target, Position::Read, uses)));
        }
    }
}

/// What there is to say of what its author says nothing of.
fn said(name: &str) -> String {
    format!("{name} is a type of the service.")
}

fn requests(w: &mut Writer, sdk: &Sdk<'_>, id: TypeId, fields: &[Field], uses: &mut Uses) {
    let name = sdk.plan.names.of_type(id);
    if sdk.plan.positions.inputs.contains(&id) {
        let input = sdk.plan.names.input(id);
        let doc = Doc::ours(format!("{input} is [{name}] in a request."));
        let fields = fields.iter().filter(|field| field.creatable());
        shape(w, sdk, &doc, &input, fields, Position::Write, uses);
    }
    if sdk.plan.positions.patches.contains(&id) {
        let patch = sdk.plan.names.patch(id);
        let doc = Doc::ours(format!("{patch} changes [{name}]: what is left out stays, null clears."));
        let fields = fields.iter().filter(|field| field.updatable());
        shape(w, sdk, &doc, &patch, fields, Position::Patch, uses);
    }
}

fn enumeration(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    id: TypeId,
    decl: &TypeDecl,
    closed: bool,
    values: &[EnumValue],
) {
    let name = sdk.plan.names.of_type(id);
    let mut doc = Doc::of_or(&decl.docs, &said(name));
    if !closed {
        doc = doc
            .paragraph("Later versions of the service may know further values; these are kept as they are.");
    }
    w.blank();
    describe::deprecated(doc, decl.deprecated.as_ref()).write(w);
    w.line(format!("type {name} string"));
    let all = sdk.plan.names.values(id).iter().zip(values).map(|(constant, value)| {
        let doc = describe::deprecated(Doc::of(&value.docs), value.deprecated.as_ref());
        (doc, constant.clone(), value.name.clone())
    });
    constants(w, name, &format!("Values of [{name}]."), all);
}

fn model(w: &mut Writer, sdk: &Sdk<'_>, id: ResourceId, resource: &Resource, uses: &mut Uses) {
    let name = &sdk.plan.names.resource(id).model;
    let otherwise = format!("{name} is one {}.", spaced(&resource.snake));
    let doc =
        describe::declaration(&resource.docs, &otherwise, &resource.rules, resource.deprecated.as_ref());
    let fields = resource.fields.iter().filter(|field| field.readable());
    let hides = hides(sdk, resource);
    let methods: &[&str] = if hides { &go::SHOWN } else { &[] };
    let mut lines = members(sdk, fields, Position::Read, methods, uses);
    let taken: Vec<String> = lines.iter().filter_map(|line| line.cells.first().cloned()).collect();
    let taken: Vec<&str> = taken.iter().map(String::as_str).chain(methods.iter().copied()).collect();
    let whole: Vec<(&str, &Field)> = embedded(resource).collect();
    let names = go::apart(whole.iter().map(|(wire, _)| go::exported(wire)), &taken);
    lines.extend(names.into_iter().zip(whole).map(|(field, (wire, reference))| Line {
        doc: Doc::ours(format!("{field} is only there where the request expands it.")),
        cells: vec![field, embedded_type(sdk, &reference.ty), format!("`json:\"{wire}\"`")],
    }));
    structure(w, &doc, name, &lines);
    if hides {
        hidden::write(w, name, "v", uses);
    }
}

/// True where a resource, or one that it can embed, holds what is sensitive.
fn hides(sdk: &Sdk<'_>, resource: &Resource) -> bool {
    let ir = sdk.plan.ir;
    let holds = |resource: &Resource| {
        sdk.plan.secrets.within(ir, resource.fields.iter().filter(|field| field.readable()))
    };
    let whole = embedded(resource).filter_map(|(_, reference)| target(ir, &reference.ty));
    std::iter::once(resource).chain(whole.map(|id| &ir.resources[id])).any(holds)
}

/// The model behind a reference, or a list of those behind a list.
fn embedded_type(sdk: &Sdk<'_>, ty: &Type) -> String {
    let model = target(sdk.plan.ir, ty).map_or("any", |to| &sdk.plan.names.resource(to).model);
    match sdk.plan.ir.resolve(ty).0 {
        TypeKind::List { .. } => format!("[]{model}"),
        _ => format!("*{model}"),
    }
}
