//! `models.py`: what the service works with, as it is read, and where it differs, as it is sent.

use std::collections::BTreeSet;

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::python::{attribute, identifier};
use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::requests::{ETAG, Items, items, request_fields};
use atlas9_emitters_core::sdk::{self, Position, embedded, facts, fields_of, target};
use atlas9_ir::{
    EnumValue, Field, Ir, OperationKind, Range, Resource, ResourceId, Scalar, Type, TypeDecl, TypeDeclKind,
    TypeId, TypeKind,
};

use super::classes::{self, Class, VALUE, members};
use super::imports::Imports;
use super::{apart, python, unions};
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::names::{chooses, embeds, sorts};
use crate::text::{Doc, code, literal};
use crate::types;

/// The file.
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let mut imports = Imports::new(attributes(sdk.ir), &sdk.names.exported, ".");
    let mut w = Writer::new("    ");
    for (id, decl) in sdk.ir.types.iter() {
        if let TypeDeclKind::Enum { closed, values } = &decl.kind {
            enumeration(&mut w, sdk.names.of_type(id), decl, *closed, values, &mut imports);
        }
    }
    sdk.ir.resources.iter().for_each(|(id, resource)| choices(&mut w, sdk, id, resource, &mut imports));
    sdk.ir.types.iter().for_each(|(id, decl)| structure(&mut w, sdk, id, decl, &mut imports));
    for (id, resource) in sdk.ir.resources.iter() {
        model(&mut w, sdk, id, resource, &mut imports);
        batches(&mut w, sdk, id, resource, &mut imports);
    }
    sdk.ir.types.iter().for_each(|(id, decl)| unions::write(&mut w, sdk, id, decl, &mut imports));
    for (id, decl) in sdk.ir.types.iter() {
        if let TypeDeclKind::Alias(target) = &decl.kind {
            alias(&mut w, sdk, sdk.names.of_type(id), decl, target, &mut imports);
        }
    }
    imports.declared("models");
    python(sdk, "What the service works with.", &imports, &w.finish())
}

/// The names of all attributes.
fn attributes(ir: &Ir) -> BTreeSet<String> {
    let declared = ir.types.iter().flat_map(|(id, _)| fields_of(ir, id));
    let fields = declared.chain(ir.resources.values().flat_map(|resource| &resource.fields));
    let embedded =
        ir.resources.values().flat_map(|resource| embedded(resource).map(|(wire, _)| identifier(wire)));
    let told = ir.types.values().filter_map(|decl| match &decl.kind {
        TypeDeclKind::Union { discriminator_wire, .. } => Some(identifier(discriminator_wire)),
        _ => None,
    });
    fields.map(attribute).chain(embedded).chain(told).collect()
}

/// `BookStatus: TypeAlias = Literal["draft", "published"] | str`
fn enumeration(
    w: &mut Writer,
    name: &str,
    decl: &TypeDecl,
    closed: bool,
    values: &[EnumValue],
    imports: &mut Imports,
) {
    let names: Vec<String> = values.iter().map(|value| value.name.clone()).collect();
    literals(w, name, &names, closed, imports);
    let mut doc = Doc::of(&decl.docs);
    for value in values {
        let said = describe::deprecated(Doc::of(&value.docs), value.deprecated.as_ref()).joined();
        if !said.is_empty() {
            let line = format!("- ``{}``: {said}", value.name);
            doc = if doc.is_listing() { doc.line(line) } else { doc.paragraph(line) };
        }
    }
    if !closed {
        doc = doc
            .paragraph("Later versions of the service may know further values; these are kept as they are.");
    }
    describe::deprecated(doc, decl.deprecated.as_ref()).write(w);
}

/// An alias for some texts, and for all others where it is not closed.
fn literals(w: &mut Writer, name: &str, texts: &[String], closed: bool, imports: &mut Imports) {
    let alias = imports.get("typing", "TypeAlias");
    let literals = imports.get("typing", "Literal");
    let texts: Vec<String> = texts.iter().map(|text| literal(text)).collect();
    apart(w);
    if closed {
        layout::list(w, &format!("{name}: {alias} = {literals}["), &texts, "]");
        return;
    }
    let any = imports.get("builtins", "str");
    let line = format!("{name}: {alias} = {literals}[{}] | {any}", texts.join(", "));
    let inner = format!("    {literals}[{}] | {any}", texts.join(", "));
    if layout::fits(w, &line) || layout::fits(w, &inner) {
        layout::union(w, &format!("{name}: {alias} = "), &[format!("{literals}[{}]", texts.join(", ")), any]);
        return;
    }
    let lines: String = texts.iter().map(|text| format!("    {text},\n")).collect();
    layout::union(w, &format!("{name}: {alias} = "), &[format!("{literals}[\n{lines}]"), any]);
}

/// What requests of a resource choose from: orders, references to embed, fields.
fn choices(w: &mut Writer, sdk: &Sdk<'_>, id: ResourceId, resource: &Resource, imports: &mut Imports) {
    let names = sdk.names.resource(id);
    let plural = spaced(&resource.plural);
    if sorts(resource) {
        let lists = resource.operations.iter().filter_map(|operation| match &operation.kind {
            OperationKind::List(list) => Some(&list.sort),
            _ => None,
        });
        let wires = lists.flatten().map(|path| sdk::wire(sdk.ir, resource, path).join("."));
        let texts: Vec<String> = wires.flat_map(|wire| [wire.clone(), format!("-{wire}")]).collect();
        literals(w, &names.sort, &texts, true, imports);
        Doc::default()
            .line(format!("What {plural} can be sorted by; with a ``-`` the greatest comes first."))
            .write(w);
    }
    if embeds(resource) {
        let texts: Vec<String> = embedded(resource).map(|(wire, _)| wire.to_owned()).collect();
        literals(w, &names.expand, &texts, true, imports);
        Doc::default().line(format!("What {} can embed.", facts::one(resource))).write(w);
    }
    if chooses(resource) {
        let readable = resource.fields.iter().filter(|field| field.readable());
        let texts: Vec<String> = readable.map(|field| field.wire.clone()).collect();
        literals(w, &names.field, &texts, true, imports);
        Doc::default().line(format!("The fields of {}.", facts::one(resource))).write(w);
    }
}

/// A structure as it is read, and where that differs, as it is sent and changed.
fn structure(w: &mut Writer, sdk: &Sdk<'_>, id: TypeId, decl: &TypeDecl, imports: &mut Imports) {
    let TypeDeclKind::Structure { fields, rules, .. } = &decl.kind else { return };
    let name = sdk.names.of_type(id);
    let doc = describe::declaration(&decl.docs, "", rules, decl.deprecated.as_ref());
    let readable = fields.iter().filter(|field| field.readable());
    let members = members(sdk, readable, Position::Read, imports);
    Class { doc, name: name.to_owned(), members, read: true, chosen: false }.write(w, imports);
    if sdk.positions.inputs.contains(&id) {
        let doc = Doc::default().line(format!("{} in a request.", code(name)));
        request(
            w,
            sdk,
            doc,
            sdk.names.input(id),
            fields.iter().filter(|field| field.creatable()),
            Position::Write,
            imports,
        );
    }
    if sdk.positions.patches.contains(&id) {
        let doc =
            Doc::default().line(format!("Changes to {}: what is left out stays, None clears.", code(name)));
        request(
            w,
            sdk,
            doc,
            sdk.names.patch(id),
            fields.iter().filter(|field| field.updatable()),
            Position::Patch,
            imports,
        );
    }
}

/// A class that requests hold.
fn request<'a>(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    doc: Doc,
    name: String,
    fields: impl IntoIterator<Item = &'a Field>,
    position: Position,
    imports: &mut Imports,
) {
    let members = members(sdk, fields, position, imports);
    Class { doc, name, members, read: false, chosen: false }.write(w, imports);
}

fn model(w: &mut Writer, sdk: &Sdk<'_>, id: ResourceId, resource: &Resource, imports: &mut Imports) {
    let otherwise = format!("One {}.", spaced(&resource.snake));
    let doc =
        describe::declaration(&resource.docs, &otherwise, &resource.rules, resource.deprecated.as_ref());
    let readable = resource.fields.iter().filter(|field| field.readable());
    let mut members = members(sdk, readable, Position::Read, imports);
    for (wire, field) in embedded(resource) {
        let doc =
            Doc::default().line(format!("Only there where ``expand=[{}]`` asks for it.", literal(wire)));
        let (annotation, reads) = embedding(sdk, &field.ty, imports);
        members.push(classes::embedded(wire, annotation, reads, doc));
    }
    let name = sdk.names.resource(id).model.clone();
    Class { doc, name, members, read: true, chosen: chooses(resource) }.write(w, imports);
}

/// The model behind a reference, or a list of those behind a list: its type, and how it is read.
fn embedding(sdk: &Sdk<'_>, ty: &Type, imports: &mut Imports) -> (String, String) {
    let model = target(sdk.ir, ty).map_or("", |to| &sdk.names.resource(to).model);
    let model = imports.own("models", model);
    let (kind, optional) = sdk.ir.resolve(ty);
    let (annotation, reads) = match kind {
        TypeKind::List { .. } => (
            format!("{}[{model}]", imports.get("builtins", "list")),
            format!("[{model}.__from_json__(item) for item in {VALUE}]"),
        ),
        _ => (model.clone(), format!("{model}.__from_json__({VALUE})")),
    };
    match optional {
        true => (format!("{annotation} | None"), format!("None if {VALUE} is None else {reads}")),
        false => (annotation, reads),
    }
}

/// The classes of what batches hold.
fn batches(w: &mut Writer, sdk: &Sdk<'_>, id: ResourceId, resource: &Resource, imports: &mut Imports) {
    for operation in &resource.operations {
        let Some(name) = sdk.names.resource(id).item(resource, operation) else { continue };
        let one = spaced(&resource.snake);
        match items(Some(resource), operation) {
            Some(Items::Bodies(_, create)) => {
                let doc = Doc::default().line(format!("A new {one}."));
                let fields = request_fields(Some(resource), create);
                request(w, sdk, doc, name, fields, Position::Write, imports);
            }
            Some(Items::Keys(key)) => {
                let doc = Doc::default().line(format!("Which {one} is deleted."));
                let conditional = operation.kind.batch().is_some_and(|batch| batch.conditional);
                let key = classes::plain(&attribute(key), &key.ty, sdk, true, Doc::default(), imports);
                let said = Doc::default().line("The entity tag that it must still have.");
                let text = Type {
                    kind: TypeKind::Scalar(Scalar::String { length: Range::default(), pattern: None }),
                    optional: false,
                };
                let etag = classes::plain(ETAG, &text, sdk, conditional, said, imports);
                Class { doc, name, members: vec![key, etag], read: false, chosen: false }.write(w, imports);
            }
            None => {}
        }
    }
}

fn alias(w: &mut Writer, sdk: &Sdk<'_>, name: &str, decl: &TypeDecl, target: &Type, imports: &mut Imports) {
    let ty = types::nullable(sdk, target, Position::Read, imports);
    let alias = imports.get("typing", "TypeAlias");
    // What it stands for may come behind it, and a formatter leaves text alone.
    let plain = ty.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && matches!(target.kind, TypeKind::Scalar(_));
    apart(w);
    w.line(if plain { format!("{name}: {alias} = {ty}") } else { format!("{name}: {alias} = \"{ty}\"") });
    let doc = Doc::of(&decl.docs).line(facts::of_type(sdk.ir, target));
    describe::deprecated(doc, decl.deprecated.as_ref()).write(w);
}
