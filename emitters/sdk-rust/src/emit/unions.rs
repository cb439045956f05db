//! Unions: an enum with a structure in each variant.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::rust::{Scope, ty};
use atlas9_emitters_core::sdk::{Position, structure};
use atlas9_ir::{TypeDecl, TypeId, Variant};

use super::models::{READ, WRITTEN};
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, code, literal};
use crate::types;

/// A declared union.
pub(super) struct Union<'a> {
    pub(super) sdk: &'a Sdk<'a>,
    pub(super) scope: &'a Scope,
    pub(super) id: TypeId,
    pub(super) decl: &'a TypeDecl,
    pub(super) closed: bool,
    /// On the wire.
    pub(super) discriminator: &'a str,
    pub(super) variants: &'a [Variant],
    /// True where a variant may be so much larger than the others that it lies elsewhere.
    pub(super) boxed: bool,
}

impl Union<'_> {
    /// The types of the union: as it is read, and where that differs, as it is sent and changed.
    pub(super) fn write(&self, w: &mut Writer) {
        let names = &self.sdk.names;
        let name = names.of_type(self.id);
        let doc = Doc::of_or(&self.decl.docs, &format!("{} of the service.", code(&self.decl.name)));
        self.form(w, &doc, name, Position::Read);
        if self.sdk.positions.inputs.contains(&self.id) {
            let doc = Doc::ours(&format!("[`{name}`] in a request."));
            self.form(w, &doc, &names.input(self.id), Position::Write);
        }
        if self.sdk.positions.patches.contains(&self.id) {
            let text = "what is left out stays, null clears; another variant takes its place whole.";
            let doc = Doc::ours(&format!("Changes [`{name}`]: {text}"));
            self.form(w, &doc, &names.patch(self.id), Position::Patch);
        }
    }

    fn form(&self, w: &mut Writer, doc: &Doc, name: &str, position: Position) {
        // What is derived takes a known variant that cannot be read for an unknown one.
        let kept = position == Position::Read && !self.closed;
        let serde = if position == Position::Read && self.closed { READ } else { WRITTEN };
        let mut derives = vec!["Clone".to_owned(), "Debug".to_owned(), "PartialEq".to_owned()];
        derives.extend(serde.iter().map(|name| self.scope.item("serde", name)));
        w.blank();
        doc.write(w);
        if position == Position::Read {
            describe::deprecated(w, self.decl.deprecated.as_ref());
        }
        layout::attribute(w, "derive", &derives);
        layout::attribute(w, "serde", &[format!("tag = {}", literal(self.discriminator))]);
        if !self.closed {
            w.line("#[non_exhaustive]");
        }
        w.block(format!("pub enum {name} {{"), "}", |w| {
            self.variants.iter().for_each(|variant| self.variant(w, variant, position));
            if !self.closed {
                self.unknown(w);
            }
        });
        if kept {
            self.read(w, name);
        }
    }

    /// The variant that the tag names; only a tag that is not known is an unknown variant.
    fn read(&self, w: &mut Writer, name: &str) {
        let (deserialize, tagged) =
            (self.scope.item("serde", "Deserialize"), self.scope.item("crate::api", "Tagged"));
        w.blank().block(format!("impl<'de> {deserialize}<'de> for {name} {{"), "}", |w| {
            let from = ["from: D".to_owned()];
            let returns = "::std::result::Result<Self, D::Error>";
            layout::function(w, "fn deserialize<D: ::serde::Deserializer<'de>>", &from, returns, |w| {
                w.line(format!("let read = {tagged}::read(from, {})?;", literal(self.discriminator)));
                w.block("match read.tag() {", "}", |w| {
                    for variant in self.variants {
                        let held = format!("read.held().map(Self::{})", ty(variant));
                        layout::arm(w, &literal(&variant.name), &held);
                    }
                    let unknown = format!("Self::{}(read.into_value())", self.unknown_name());
                    layout::arm(w, "_", &format!("::std::result::Result::Ok({unknown})"));
                });
            });
        });
    }

    fn variant(&self, w: &mut Writer, variant: &Variant, position: Position) {
        Doc::of_or(&variant.docs, &format!("{}.", code(&variant.name))).write(w);
        describe::deprecated(w, variant.deprecated.as_ref());
        let name = ty(variant);
        if name != variant.name {
            layout::attribute(w, "serde", &[format!("rename = {}", literal(&variant.name))]);
        }
        let holds = types::plain(self.sdk, self.scope, &structure(variant.structure), position);
        match self.boxed {
            true => w.line(format!("{name}({}<{holds}>),", self.scope.prelude("Box"))),
            false => w.line(format!("{name}({holds}),")),
        };
    }

    fn unknown(&self, w: &mut Writer) {
        let name = self.unknown_name();
        w.line("/// A variant of a later version of the service, as it was sent.");
        w.line("#[serde(untagged)]");
        w.line(format!("{name}({}),", self.scope.item("serde_json", "Value")));
    }

    fn unknown_name(&self) -> &'static str {
        let taken = self.variants.iter().any(|variant| ty(variant) == "Unknown");
        if taken { "UnknownVariant" } else { "Unknown" }
    }
}
