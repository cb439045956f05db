//! Unions: one object type for each variant, told apart by the discriminator.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::sdk::{Position, fields_of, structure};
use atlas9_ir::{TypeDecl, TypeId, Variant};

use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, literal, property};
use crate::types::{self, Uses};

/// A declared union.
pub(super) struct Union<'a> {
    pub(super) sdk: &'a Sdk<'a>,
    pub(super) id: TypeId,
    pub(super) decl: &'a TypeDecl,
    pub(super) closed: bool,
    /// On the wire.
    pub(super) discriminator: &'a str,
    pub(super) variants: &'a [Variant],
}

impl Union<'_> {
    /// The types of the union: as it is read, and where that differs, as it is sent and changed.
    pub(super) fn write(&self, w: &mut Writer, uses: &mut Uses) {
        let names = &self.sdk.names;
        let mut doc = Doc::of(&self.decl.docs);
        if !self.closed {
            doc = doc.paragraph(
                "Later versions of the service may know further variants; these are kept as they are.",
            );
        }
        let doc = describe::deprecated(doc, self.decl.deprecated.as_ref());
        self.form(w, &doc, names.of_type(self.id), Position::Read, uses);
        let name = names.of_type(self.id);
        if self.sdk.positions.inputs.contains(&self.id) {
            let doc = Doc::ours(format!("{{@link {name}}} in a request."));
            self.form(w, &doc, &names.input(self.id), Position::Write, uses);
        }
        if self.sdk.positions.patches.contains(&self.id) {
            let text = "what is left out stays, null clears; another variant takes its place whole.";
            let doc = Doc::ours(format!("Changes to {{@link {name}}}: {text}"));
            self.form(w, &doc, &names.patch(self.id), Position::Patch, uses);
        }
    }

    fn form(&self, w: &mut Writer, doc: &Doc, name: &str, position: Position, uses: &mut Uses) {
        w.blank();
        doc.write(w);
        let open = (!self.closed).then(|| {
            uses.core.extend(["JsonValue".to_owned(), "UnknownVariantName".to_owned()]);
            let discriminator = property(self.discriminator);
            format!("{{ {discriminator}: UnknownVariantName; [key: string]: JsonValue }}")
        });
        let forms = self.variants.iter().map(|variant| self.variant(variant, position, uses));
        let forms: Vec<String> = forms.collect::<Vec<_>>().into_iter().chain(open).collect();
        if self.variants.iter().all(|variant| variant.docs.is_empty() && variant.deprecated.is_none()) {
            layout::union(w, &format!("export type {name}"), &forms);
            return;
        }
        w.line(format!("export type {name} ="));
        w.indented(|w| {
            let last = forms.len().saturating_sub(1);
            for (at, form) in forms.iter().enumerate() {
                if let Some(variant) = self.variants.get(at) {
                    describe::deprecated(Doc::of(&variant.docs), variant.deprecated.as_ref()).write(w);
                }
                w.line(format!("| {form}{}", if at == last { ";" } else { "" }));
            }
        });
    }

    /// `({ method: "card" } & Card)`
    fn variant(&self, variant: &Variant, position: Position, uses: &mut Uses) -> String {
        let told = self.told(variant, position);
        match fields_of(self.sdk.ir, variant.structure) {
            [] => told,
            _ => {
                let fields = types::plain(self.sdk, &structure(variant.structure), position, uses);
                format!("({told} & {fields})")
            }
        }
    }

    /// `{ method: "card" }`
    fn told(&self, variant: &Variant, position: Position) -> String {
        let (name, value) = (property(self.discriminator), literal(&variant.name));
        match position {
            Position::Patch => format!("{{ {name}?: {value} | undefined }}"),
            Position::Read | Position::Write => format!("{{ {name}: {value} }}"),
        }
    }
}
