//! `types.rs`: what the service works with, as it is read, and where it differs, as it is sent.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::rust::Texts;
use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::rust::{Scope, Sizes, apart, member, ty, unknown_variant, word};
use atlas9_emitters_core::sdk::{Position, embedded, facts, target};
use atlas9_ir::{
    Deprecation, EnumValue, Field, OperationKind, Resource, ResourceId, Type, TypeDecl, TypeDeclKind, TypeId,
    TypeKind,
};

use super::inputs::constructor;
use super::unions::Union;
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, code, literal};
use crate::types::{self, Absent, TYPES};

/// The file.
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let scope = Scope::new(TYPES, taken(sdk));
    let sizes = Sizes::new(sdk.ir);
    let mut body = Writer::new("    ");
    for (id, decl) in sdk.ir.types.iter() {
        declaration(&mut body, sdk, &scope, &sizes, (id, decl));
    }
    for (id, resource) in sdk.ir.resources.iter() {
        model(&mut body, sdk, &scope, id, resource);
    }
    super::rust(sdk, "What the service works with.", &scope, body)
}

/// The names that the file defines.
fn taken(sdk: &Sdk<'_>) -> Vec<String> {
    let names = &sdk.names;
    let declared = sdk
        .ir
        .types
        .iter()
        .flat_map(|(id, _)| [names.of_type(id).to_owned(), names.input(id), names.patch(id)]);
    let models = sdk.ir.resources.iter().flat_map(|(id, _)| {
        let own = names.resource(id);
        [own.model.clone(), own.part.clone(), own.input.clone()]
    });
    declared.chain(models).collect()
}

/// A structure in the making.
pub(super) struct Structure<'a> {
    pub(super) doc: Doc,
    pub(super) name: &'a str,
    pub(super) deprecated: Option<&'a Deprecation>,
    pub(super) members: Vec<Member>,
    /// Traits beside those that all have, from `Deserialize` and `Serialize`.
    pub(super) serde: &'static [&'static str],
    /// True where later versions may have further members that nobody but the service fills in.
    pub(super) open: bool,
}

/// A field of a structure.
pub(super) struct Member {
    pub(super) doc: Doc,
    /// The attribute for what is on its way out.
    deprecated: Vec<String>,
    serde: Vec<String>,
    pub(super) name: String,
    pub(super) ty: String,
    /// True where there is no such structure without it.
    pub(super) needed: bool,
    hidden: bool,
}

/// Models can be read and written.
pub(super) const READ: &[&str] = &["Deserialize", "Serialize"];

/// Inputs are written alone.
pub(super) const WRITTEN: &[&str] = &["Serialize"];

impl Structure<'_> {
    pub(super) fn write(&self, w: &mut Writer, scope: &Scope) {
        let hides = self.members.iter().any(|member| member.hidden);
        w.blank();
        self.doc.write(w);
        describe::deprecated(w, self.deprecated);
        let mut derives = vec!["Clone".to_owned()];
        derives.extend((!hides).then(|| "Debug".to_owned()));
        let optional = self.serde == WRITTEN && self.members.iter().all(|member| !member.needed);
        derives.extend(optional.then(|| "Default".to_owned()));
        derives.push("PartialEq".to_owned());
        derives.extend(self.serde.iter().map(|name| scope.item("serde", name)));
        layout::attribute(w, "derive", &derives);
        if self.open {
            w.line("#[non_exhaustive]");
        }
        if self.members.iter().filter(|member| member.ty == "bool").count() > 3 {
            let reason = "reason = \"the schema decides what there is\"".to_owned();
            layout::attribute(w, "expect", &["clippy::struct_excessive_bools".to_owned(), reason]);
        }
        let name = self.name;
        if self.members.is_empty() {
            w.line(format!("pub struct {name} {{}}"));
        } else {
            w.block(format!("pub struct {name} {{"), "}", |w| self.members.iter().for_each(|m| m.write(w)));
        }
        if hides {
            self.debug(w, scope);
        }
    }

    /// Shows the names of all fields, and the values of those that may be seen.
    fn debug(&self, w: &mut Writer, scope: &Scope) {
        let name = self.name;
        w.blank().line("/// Without values that must not be logged.");
        w.block(format!("impl ::std::fmt::Debug for {name} {{"), "}", |w| {
            let head = "fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {";
            w.block(head, "}", |w| {
                w.line(format!("let mut shown = f.debug_struct({});", literal(name)));
                let hidden = scope.item("crate::api", "Hidden");
                for Member { name, hidden: hides, .. } in &self.members {
                    let value = if *hides { hidden.clone() } else { format!("self.{name}") };
                    layout::call(w, "shown.field", &[literal(name), format!("&{value}")], ";");
                }
                w.line("shown.finish()");
            });
        });
    }
}

impl Member {
    /// A field in that position, within a declared type where one is named.
    pub(super) fn of(
        sdk: &Sdk<'_>,
        scope: &Scope,
        field: &Field,
        position: Position,
        owner: Option<TypeId>,
    ) -> Member {
        let absent = types::absent(sdk.ir, field, position);
        let ty = types::member(sdk, scope, field, position, owner);
        let mut made = Member::bare(describe::field(sdk.ir, field, position), member(field), ty, &field.wire);
        made.needed = match position {
            Position::Read => absent == Absent::Never,
            Position::Write => types::is_needed(sdk.ir, field),
            Position::Patch => false,
        };
        made.hidden = field.sensitive.is_some();
        made.deprecated = describe::deprecation(field.deprecated.as_ref());
        if types::is_text(sdk.ir, &field.ty) {
            made.serde.push("with = \"crate::api::wire\"".to_owned());
            made.serde.extend((position == Position::Read && !made.needed).then(|| "default".to_owned()));
        }
        if position != Position::Read {
            made.serde.extend(skipped(scope, absent));
        }
        made
    }

    fn bare(doc: Doc, name: String, ty: String, wire: &str) -> Member {
        let serde = if name == wire { Vec::new() } else { vec![format!("rename = {}", literal(wire))] };
        Member { doc, deprecated: Vec::new(), serde, name, ty, needed: false, hidden: false }
    }

    fn write(&self, w: &mut Writer) {
        self.doc.write(w);
        if !self.deprecated.is_empty() {
            layout::attribute(w, "deprecated", &self.deprecated);
        }
        if !self.serde.is_empty() {
            layout::attribute(w, "serde", &self.serde);
        }
        layout::field(w, &format!("pub {}", self.name), &self.ty);
    }
}

/// What keeps a value that is left out from being written.
fn skipped(scope: &Scope, absent: Absent) -> Option<String> {
    let unset = match absent {
        Absent::Never => return None,
        Absent::Optional => format!("{}::is_none", scope.prelude("Option")),
        Absent::Patched => format!("{}::is_unset", scope.item("crate::api", "Patch")),
    };
    Some(format!("skip_serializing_if = {}", literal(&unset)))
}

fn declaration(w: &mut Writer, sdk: &Sdk<'_>, scope: &Scope, sizes: &Sizes, (id, decl): (TypeId, &TypeDecl)) {
    let name = sdk.names.of_type(id);
    match &decl.kind {
        TypeDeclKind::Structure { fields, rules, .. } => {
            let doc = describe::declaration(&decl.docs, &said(&decl.name), rules);
            let readable = fields.iter().filter(|field| field.readable());
            let members = readable.map(|field| Member::of(sdk, scope, field, Position::Read, Some(id)));
            let members = members.collect();
            let deprecated = decl.deprecated.as_ref();
            // What callers make themselves they write down with all its members.
            let open = !fields.is_empty() && !sdk.positions.is_sent_as_read(id);
            Structure { doc, name, deprecated, members, serde: READ, open }.write(w, scope);
            requests(w, sdk, scope, id, fields);
        }
        TypeDeclKind::Enum { closed, values } => enumeration(w, sdk, name, decl, *closed, values),
        TypeDeclKind::Union { closed, discriminator_wire, variants, .. } => {
            let boxed = sizes.is_noticed(variants);
            Union {
                sdk,
                scope,
                id,
                decl,
                closed: *closed,
                discriminator: discriminator_wire,
                variants,
                boxed,
            }
            .write(w);
        }
        TypeDeclKind::Alias(target) => {
            w.blank();
            Doc::of_or(&decl.docs, &said(&decl.name)).paragraph(&facts::of_type(sdk.ir, target)).write(w);
            describe::deprecated(w, decl.deprecated.as_ref());
            w.line(format!("pub type {name} = {};", types::plain(sdk, scope, target, Position::Read)));
        }
    }
}

/// What there is to say of what its author says nothing of.
fn said(name: &str) -> String {
    format!("{} of the service.", code(name))
}

fn requests(w: &mut Writer, sdk: &Sdk<'_>, scope: &Scope, id: TypeId, fields: &[Field]) {
    let name = sdk.names.of_type(id);
    let made = |fields: Vec<&Field>, position| -> Vec<Member> {
        fields.into_iter().map(|field| Member::of(sdk, scope, field, position, Some(id))).collect()
    };
    if sdk.positions.inputs.contains(&id) {
        let doc = Doc::ours(&format!("[`{name}`] in a request."));
        let input = sdk.names.input(id);
        let fields: Vec<&Field> = fields.iter().filter(|field| field.creatable()).collect();
        let members = made(fields.clone(), Position::Write);
        let structure =
            Structure { doc, name: &input, deprecated: None, members, serde: WRITTEN, open: false };
        structure.write(w, scope);
        constructor(w, sdk, scope, &structure, &fields);
    }
    if sdk.positions.patches.contains(&id) {
        let doc = Doc::ours(&format!("Changes [`{name}`]: what is left out stays, null clears."));
        let patch = sdk.names.patch(id);
        let members = made(fields.iter().filter(|field| field.updatable()).collect(), Position::Patch);
        Structure { doc, name: &patch, deprecated: None, members, serde: WRITTEN, open: false }
            .write(w, scope);
    }
}

fn enumeration(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    name: &str,
    decl: &TypeDecl,
    closed: bool,
    values: &[EnumValue],
) {
    let unknown = unknown_variant(values);
    w.blank();
    Doc::of_or(&decl.docs, &said(&decl.name)).write(w);
    describe::deprecated(w, decl.deprecated.as_ref());
    texts_head(w, closed);
    w.block(format!("pub enum {name} {{"), "}", |w| {
        for value in values {
            Doc::of_or(&value.docs, &format!("{}.", code(&value.name))).write(w);
            describe::deprecated(w, value.deprecated.as_ref());
            w.line(format!("{},", ty(value)));
        }
        if !closed {
            w.line("/// A value of a later version of the service, as it was sent.");
            w.line(format!("{unknown}(::std::string::String),"));
        }
    });
    let head = if closed { format!("closed {name}") } else { format!("open {name}, {unknown}") };
    let all: Vec<(String, String)> = values.iter().map(|value| (ty(value), value.name.clone())).collect();
    texts(w, sdk, &head, &all);
}

fn texts_head(w: &mut Writer, closed: bool) {
    match closed {
        true => w.line("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]"),
        false => {
            w.line("#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]").line("#[non_exhaustive]")
        }
    };
}

/// The texts of an enum.
fn texts(w: &mut Writer, sdk: &Sdk<'_>, head: &str, all: &[(String, String)]) {
    sdk.macros.texts.set(true);
    w.blank().block(format!("text_enum!({head} {{"), "});", |w| {
        w.lines(all.iter().map(|(variant, text)| format!("{variant} = {},", literal(text))));
    });
}

/// An enum of texts that only stand in requests.
pub(super) fn asked(w: &mut Writer, sdk: &Sdk<'_>, doc: &str, names: &Texts) {
    if names.all.is_empty() {
        return;
    }
    w.blank();
    Doc::ours(doc).write(w);
    w.line("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]").line("#[non_exhaustive]");
    w.block(format!("pub enum {} {{", names.ty), "}", |w| {
        for (variant, text) in &names.all {
            Doc::of(&format!("{}.", code(text))).write(w);
            w.line(format!("{variant},"));
        }
    });
    texts(w, sdk, &format!("asked {}", names.ty), &names.all);
}

fn model(w: &mut Writer, sdk: &Sdk<'_>, scope: &Scope, id: ResourceId, resource: &Resource) {
    let names = sdk.names.resource(id);
    let otherwise = format!("One {}.", spaced(&resource.snake));
    let doc = describe::declaration(&resource.docs, &otherwise, &resource.rules);
    let readable: Vec<&Field> = resource.fields.iter().filter(|field| field.readable()).collect();
    let mut members: Vec<Member> =
        readable.iter().map(|field| Member::of(sdk, scope, field, Position::Read, None)).collect();
    let taken: Vec<String> = members.iter().map(|member| member.name.clone()).collect();
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    let whole: Vec<(&str, &Field)> = embedded(resource).collect();
    let called = apart(whole.iter().map(|(wire, _)| word(wire)), &taken);
    members.extend(called.into_iter().zip(whole).map(|(field, (wire, reference))| {
        let doc = Doc::of(&format!("Only there where the request expands {}.", code(wire)));
        let ty = embedded_type(sdk, scope, &reference.ty);
        Member::bare(doc, field, types::missing(scope, Absent::Optional, ty), wire)
    }));
    let deprecated = resource.deprecated.as_ref();
    Structure { doc, name: &names.model, deprecated, members, serde: READ, open: true }.write(w, scope);
    if !names.field.all.is_empty() {
        part(w, sdk, scope, id, &readable);
    }
    if resource.operations.iter().any(|operation| matches!(operation.kind, OperationKind::BatchCreate(_))) {
        let doc = Doc::ours(&format!("A new [`{}`] in a request.", names.model));
        let fields: Vec<&Field> = resource.fields.iter().filter(|field| field.creatable()).collect();
        super::inputs::structure(w, sdk, scope, doc, &names.input, &fields);
    }
}

/// Some of a model's fields.
fn part(w: &mut Writer, sdk: &Sdk<'_>, scope: &Scope, id: ResourceId, fields: &[&Field]) {
    let names = sdk.names.resource(id);
    let doc = Doc::ours(&format!("Some of the fields of [`{}`]: those that were asked for.", names.model));
    let made = fields.iter().map(|field| {
        let mut made = Member::of(sdk, scope, field, Position::Read, None);
        let absent = match types::absent(sdk.ir, field, Position::Read) {
            Absent::Never => Absent::Optional,
            Absent::Optional | Absent::Patched => Absent::Patched,
        };
        made.needed = false;
        made.ty = types::missing(scope, absent, types::plain(sdk, scope, &field.ty, Position::Read));
        made.serde.retain(|said| said != "default");
        made.serde.push("default".to_owned());
        made.serde.extend(skipped(scope, absent));
        made
    });
    let members = made.collect();
    Structure { doc, name: &names.part, deprecated: None, members, serde: READ, open: true }.write(w, scope);
}

/// The model behind a reference, or a list of those behind a list.
fn embedded_type(sdk: &Sdk<'_>, scope: &Scope, ty: &Type) -> String {
    let model = target(sdk.ir, ty).map_or_else(|| "()".to_owned(), |to| types::model(sdk, scope, to));
    match sdk.ir.resolve(ty).0 {
        TypeKind::List { .. } => format!("{}<{model}>", scope.prelude("Vec")),
        _ => format!("{}<{model}>", scope.prelude("Box")),
    }
}
