//! Unions: a structure with a pointer for each variant, of which one is set.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go;
use atlas9_emitters_core::calls::go::types::{self, Uses};
use atlas9_emitters_core::sdk::{Position, structure};
use atlas9_ir::{TypeDecl, TypeId, Variant};

use super::{hidden, models};
use crate::Sdk;
use crate::describe;
use crate::layout::Line;
use crate::text::{Doc, literal};

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
        let names = &self.sdk.plan.names;
        let name = names.of_type(self.id);
        let doc = Doc::of_or(&self.decl.docs, &format!("{name} is one of several structures."));
        let mut doc = doc.paragraph("One of its fields is set.");
        if !self.closed {
            doc = doc.sentence("Variants of later versions of the service are kept as they are, in Unknown.");
        }
        let doc = describe::deprecated(doc, self.decl.deprecated.as_ref());
        self.form(w, &doc, name, Position::Read, uses);
        if self.sdk.plan.positions.inputs.contains(&self.id) {
            let input = names.input(self.id);
            let doc = Doc::ours(format!("{input} is [{name}] in a request."));
            self.form(w, &doc, &input, Position::Write, uses);
        }
        if self.sdk.plan.positions.patches.contains(&self.id) {
            let patch = names.patch(self.id);
            let text = "what is left out stays, null clears; another variant takes its place whole.";
            let doc = Doc::ours(format!("{patch} changes [{name}]: {text}"));
            self.form(w, &doc, &patch, Position::Patch, uses);
        }
    }

    fn form(&self, w: &mut Writer, doc: &Doc, name: &str, position: Position, uses: &mut Uses) {
        let fields = go::variants(self.variants);
        let hides = self.sdk.plan.secrets.holds(self.id);
        let mut lines: Vec<Line> = Vec::new();
        for (field, variant) in fields.iter().zip(self.variants) {
            let doc = describe::deprecated(Doc::of(&variant.docs), variant.deprecated.as_ref());
            let ty = types::plain(&self.sdk.plan, &structure(variant.structure), position, uses);
            lines.push(Line { doc, cells: vec![field.clone(), format!("*{ty}")] });
        }
        if !self.closed {
            uses.insert("json");
            let doc = Doc::ours("Unknown is a variant of a later version, as it was sent.");
            let mut cells = vec!["Unknown".to_owned(), "json.RawMessage".to_owned()];
            // As sensitive as the ones that are known.
            cells.extend(hides.then(|| "`log:\"-\"`".to_owned()));
            lines.push(Line { doc, cells });
        }
        models::structure(w, doc, name, &lines);
        self.methods(w, name, &fields);
        if hides {
            hidden::write(w, name, "u", uses);
        }
        uses.insert("api");
    }

    fn methods(&self, w: &mut Writer, name: &str, fields: &[String]) {
        let member = literal(self.discriminator);
        w.blank();
        Doc::ours("MarshalJSON writes the variant that is set.").write(w);
        w.block(format!("func (u {name}) MarshalJSON() ([]byte, error) {{"), "}", |w| {
            w.line(format!("return u.union().Encode({member})"));
        });
        w.blank();
        Doc::ours(format!("UnmarshalJSON reads the variant that the member {member} names.")).write(w);
        w.block(format!("func (u *{name}) UnmarshalJSON(data []byte) error {{"), "}", |w| {
            w.line(format!("return u.union().Decode({member}, data)"));
        });
        w.blank().block(format!("func (u *{name}) union() api.Union {{"), "}", |w| {
            w.block("return api.Union{", "}", |w| {
                w.block("Variants: []api.Variant{", "},", |w| {
                    let of = |(field, variant): (&String, &Variant)| {
                        format!("{{Name: {}, Of: &u.{field}}},", literal(&variant.name))
                    };
                    w.lines(fields.iter().zip(self.variants).map(of));
                });
                if !self.closed {
                    w.line("Unknown: &u.Unknown,");
                }
            });
        });
    }
}
