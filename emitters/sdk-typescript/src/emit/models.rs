//! `src/types.ts`: what the service works with, as it is read, and where it differs, as it is sent.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::sdk::{Position, embedded, facts, is_required, target};
use atlas9_ir::{EnumValue, Field, Resource, ResourceId, Type, TypeDecl, TypeDeclKind, TypeId, TypeKind};

use super::typescript;
use super::unions::Union;
use crate::Sdk;
use crate::describe;
use crate::layout::{self, WIDTH};
use crate::text::{Doc, code, literal, property};
use crate::types::{self, Uses};

/// Any other value of an enum. Plain `string` would swallow the known ones, and an editor could not complete them.
const OPEN: &str = "(string & {})";

/// What every object has by itself. To the compiler it has them even where a request leaves them out.
const INHERITED: [&str; 7] = [
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// The file.
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let mut uses = Uses::default();
    let mut body = Writer::new("  ");
    for (id, decl) in sdk.ir.types.iter() {
        declaration(&mut body, sdk, id, decl, &mut uses);
    }
    for (id, resource) in sdk.ir.resources.iter() {
        model(&mut body, sdk, id, resource, &mut uses);
    }
    let body = body.finish();
    let mut w = typescript(sdk);
    if !uses.core.is_empty() {
        let names: Vec<String> = uses.core.into_iter().collect();
        w.line(format!("import type {{ {} }} from \"./core/index.js\";", names.join(", "))).blank();
    }
    w.line(if body.is_empty() { "export {};" } else { body.trim_end() });
    w.finish()
}

/// An interface with the fields that stand in that position.
pub(super) fn interface<'a>(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    doc: &Doc,
    name: &str,
    fields: impl IntoIterator<Item = &'a Field>,
    position: Position,
    uses: &mut Uses,
) {
    let fields: Vec<&Field> = fields.into_iter().collect();
    w.blank();
    doc.write(w);
    if fields.is_empty() {
        w.block(format!("export interface {name} {{"), "}", |w| {
            w.line("[key: string]: never;");
        });
        return;
    }
    w.block(format!("export interface {name} {{"), "}", |w| {
        for field in fields {
            describe::field(sdk.ir, field, position).write(w);
            member(w, sdk, field, position, uses);
        }
    });
}

/// `title: string;`
fn member(w: &mut Writer, sdk: &Sdk<'_>, field: &Field, position: Position, uses: &mut Uses) {
    let name = property(&field.wire);
    let ty = types::nullable(sdk, &field.ty, position, uses);
    let (open, close) = match position {
        // Who lacks a scope of the field does not get it.
        Position::Read if field.requires.is_empty() => (format!("{name}:"), format!("{ty};")),
        Position::Read => (format!("{name}?:"), format!("{ty};")),
        Position::Write if is_required(sdk.ir, field) => (format!("{name}:"), format!("{ty};")),
        Position::Write | Position::Patch => {
            (format!("{name}?:"), format!("{ty} | undefined{};", inherited(&name)))
        }
    };
    let line = format!("{open} {close}");
    if w.indentation() + line.chars().count() > WIDTH && close.contains(" | ") {
        w.line(open).indented(|w| {
            w.line(close);
        });
    } else {
        w.line(line);
    }
}

fn inherited(name: &str) -> String {
    if INHERITED.contains(&name) { format!(" | object[\"{name}\"]") } else { String::new() }
}

fn declaration(w: &mut Writer, sdk: &Sdk<'_>, id: TypeId, decl: &TypeDecl, uses: &mut Uses) {
    let name = sdk.names.of_type(id);
    match &decl.kind {
        TypeDeclKind::Structure { fields, rules, .. } => {
            let doc = describe::declaration(&decl.docs, "", rules, decl.deprecated.as_ref());
            interface(
                w,
                sdk,
                &doc,
                name,
                fields.iter().filter(|field| field.readable()),
                Position::Read,
                uses,
            );
            requests(w, sdk, id, fields, uses);
        }
        TypeDeclKind::Enum { closed, values } => enumeration(w, decl, name, *closed, values),
        TypeDeclKind::Union { closed, discriminator_wire, variants, .. } => {
            let union = Union { sdk, id, decl, closed: *closed, discriminator: discriminator_wire, variants };
            union.write(w, uses);
        }
        TypeDeclKind::Alias(target) => alias(w, sdk, decl, name, target, uses),
    }
}

fn requests(w: &mut Writer, sdk: &Sdk<'_>, id: TypeId, fields: &[Field], uses: &mut Uses) {
    let name = sdk.names.of_type(id);
    if sdk.positions.inputs.contains(&id) {
        let doc = Doc::ours(format!("{{@link {name}}} in a request."));
        let fields = fields.iter().filter(|field| field.creatable());
        interface(w, sdk, &doc, &sdk.names.input(id), fields, Position::Write, uses);
    }
    if sdk.positions.patches.contains(&id) {
        let doc = Doc::ours(format!("Changes to {{@link {name}}}: what is left out stays, null clears."));
        let fields = fields.iter().filter(|field| field.updatable());
        interface(w, sdk, &doc, &sdk.names.patch(id), fields, Position::Patch, uses);
    }
}

fn enumeration(w: &mut Writer, decl: &TypeDecl, name: &str, closed: bool, values: &[EnumValue]) {
    let mut doc = Doc::of(&decl.docs);
    if !closed {
        doc = doc
            .paragraph("Later versions of the service may know further values; these are kept as they are.");
    }
    w.blank();
    describe::deprecated(doc, decl.deprecated.as_ref()).write(w);
    if values.iter().all(|value| value.docs.is_empty() && value.deprecated.is_none()) {
        let open = (!closed).then(|| OPEN.to_owned());
        let members: Vec<String> = values.iter().map(|value| literal(&value.name)).chain(open).collect();
        layout::union(w, &format!("export type {name}"), &members);
        return;
    }
    w.line(format!("export type {name} ="));
    w.indented(|w| {
        let last = values.len().saturating_sub(1);
        for (at, value) in values.iter().enumerate() {
            describe::deprecated(Doc::of(&value.docs), value.deprecated.as_ref()).write(w);
            w.line(format!("| {}{}", literal(&value.name), if closed && at == last { ";" } else { "" }));
        }
        if !closed {
            w.line(format!("| {OPEN};"));
        }
    });
}

fn alias(w: &mut Writer, sdk: &Sdk<'_>, decl: &TypeDecl, name: &str, target: &Type, uses: &mut Uses) {
    let doc = Doc::of(&decl.docs).line(facts::of_type(sdk.ir, target));
    w.blank();
    describe::deprecated(doc, decl.deprecated.as_ref()).write(w);
    w.line(format!("export type {name} = {};", types::plain(sdk, target, Position::Read, uses)));
}

fn model(w: &mut Writer, sdk: &Sdk<'_>, id: ResourceId, resource: &Resource, uses: &mut Uses) {
    let otherwise = format!("One {}.", spaced(&resource.snake));
    let doc =
        describe::declaration(&resource.docs, &otherwise, &resource.rules, resource.deprecated.as_ref());
    let fields = resource.fields.iter().filter(|field| field.readable());
    let name = &sdk.names.resource(id).model;
    let embedded: Vec<(&str, &Field)> = embedded(resource).collect();
    if embedded.is_empty() {
        interface(w, sdk, &doc, name, fields, Position::Read, uses);
        return;
    }
    w.blank();
    doc.write(w);
    w.block(format!("export interface {name} {{"), "}", |w| {
        for field in fields {
            describe::field(sdk.ir, field, Position::Read).write(w);
            member(w, sdk, field, Position::Read, uses);
        }
        for (wire, field) in embedded {
            Doc::default()
                .line(format!(
                    "Only there where {} asks for it.",
                    code(&format!("expand: [{}]", literal(wire)))
                ))
                .write(w);
            w.line(format!("{}?: {};", property(wire), embedded_type(sdk, &field.ty)));
        }
    });
}

/// The model behind a reference, or a list of those behind a list.
fn embedded_type(sdk: &Sdk<'_>, ty: &Type) -> String {
    let model = target(sdk.ir, ty).map_or("unknown", |to| &sdk.names.resource(to).model);
    let (kind, optional) = sdk.ir.resolve(ty);
    let listed = if matches!(kind, TypeKind::List { .. }) { "[]" } else { "" };
    format!("{model}{listed}{}", if optional { " | null" } else { "" })
}
