//! Unions: a class for each variant, which says what tells it from the others.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::python::{attribute, identifier};
use atlas9_emitters_core::sdk::{Position, fields_of};
use atlas9_ir::{TypeDecl, TypeDeclKind, TypeId, Variant};

use super::apart;
use super::imports::Imports;
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, code, literal};

/// A declared union; nothing for other types.
pub(super) fn write(w: &mut Writer, sdk: &Sdk<'_>, id: TypeId, decl: &TypeDecl, imports: &mut Imports) {
    let TypeDeclKind::Union { closed, discriminator_wire, variants, .. } = &decl.kind else { return };
    let union = Union { sdk, id, decl, closed: *closed, discriminator: discriminator_wire, variants };
    union.form(w, Position::Read, imports);
    if sdk.positions.inputs.contains(&id) {
        union.form(w, Position::Write, imports);
    }
    if sdk.positions.patches.contains(&id) {
        union.form(w, Position::Patch, imports);
    }
    union.reader(w, imports);
}

struct Union<'a> {
    sdk: &'a Sdk<'a>,
    id: TypeId,
    decl: &'a TypeDecl,
    closed: bool,
    /// On the wire.
    discriminator: &'a str,
    variants: &'a [Variant],
}

impl Union<'_> {
    fn form(&self, w: &mut Writer, position: Position, imports: &mut Imports) {
        let names = &self.sdk.names;
        for variant in self.variants {
            self.class(w, variant, position, imports);
        }
        let end = end_of(position);
        let mut classes: Vec<String> =
            self.variants.iter().map(|variant| format!("{}{end}", names.variant(self.id, variant))).collect();
        if !self.closed {
            classes.push(imports.get("core.model", "UnknownVariant"));
        }
        let name = names.of_type(self.id);
        let alias = imports.get("typing", "TypeAlias");
        apart(w);
        layout::union(w, &format!("{name}{end}: {alias} = "), &classes);
        self.doc(name, position).write(w);
    }

    fn doc(&self, name: &str, position: Position) -> Doc {
        match position {
            Position::Read => {
                let doc = Doc::of(&self.decl.docs);
                let later =
                    "Later versions of the service may know further variants; these are kept as they are.";
                let doc = if self.closed { doc } else { doc.paragraph(later) };
                describe::deprecated(doc, self.decl.deprecated.as_ref())
            }
            Position::Write => Doc::default().line(format!("{} in a request.", code(name))),
            Position::Patch => Doc::default().line(format!(
                "Changes to {}: what is left out stays, None clears; another variant takes its place whole.",
                code(name)
            )),
        }
    }

    /// `class PaymentCard(Card):`
    fn class(&self, w: &mut Writer, variant: &Variant, position: Position, imports: &mut Imports) {
        let names = &self.sdk.names;
        let of = variant.structure;
        let base = match position {
            Position::Write if self.sdk.positions.inputs.contains(&of) => names.input(of),
            Position::Patch if self.sdk.positions.patches.contains(&of) => names.patch(of),
            _ => names.of_type(of).to_owned(),
        };
        let value = literal(&variant.name);
        let member = self.member(variant);
        let [var, one, any] = ["ClassVar", "Literal", "Any"].map(|name| imports.get("typing", name));
        let [dict, text] = ["dict", "str"].map(|name| imports.get("builtins", name));
        apart(w);
        w.line(format!("class {}{}({base}):", names.variant(self.id, variant), end_of(position)));
        w.indented(|w| {
            let otherwise =
                format!("{} where ``{}`` is {value}.", code(names.of_type(self.id)), self.discriminator);
            describe::deprecated(Doc::of_or(&variant.docs, &otherwise), variant.deprecated.as_ref()).write(w);
            w.blank().line("__slots__ = ()").blank();
            w.line(format!("{member}: {var}[{one}[{value}]] = {value}"));
            w.line("\"\"\"What tells it from the other variants.\"\"\"").blank();
            w.line(format!("def __json__(self) -> {dict}[{text}, {any}]:"));
            w.indented(|w| {
                w.line(format!("return {{{}: {value}, **super().__json__()}}", literal(self.discriminator)));
            });
        });
    }

    /// The attribute that tells which variant it is, beside those of the structure.
    fn member(&self, variant: &Variant) -> String {
        let mut name = identifier(self.discriminator);
        while fields_of(self.sdk.ir, variant.structure).iter().any(|field| attribute(field) == name) {
            name.push('_');
        }
        name
    }

    fn reader(&self, w: &mut Writer, imports: &mut Imports) {
        let names = &self.sdk.names;
        let table = names.union_table(self.id);
        let [dict, text] = ["dict", "str"].map(|name| imports.get("builtins", name));
        let any = imports.get("typing", "Any");
        let read = imports.get("core.decode", "variant");
        let known: Vec<String> = self
            .variants
            .iter()
            .map(|variant| format!("{}: {}", literal(&variant.name), names.variant(self.id, variant)))
            .collect();
        apart(w);
        layout::list(w, &format!("{table}: {dict}[{text}, {any}] = {{"), &known, "}");
        apart(w);
        let name = names.of_type(self.id);
        w.line(format!("def {}(data: {dict}[{text}, {any}]) -> {name}:", names.union_reader(self.id)));
        w.indented(|w| {
            w.line("\"\"\"The variant that the data is.\"\"\"");
            layout::list(
                w,
                &format!("read: {name} = {read}("),
                &["data".to_owned(), literal(self.discriminator), table],
                ")",
            );
            w.line("return read");
        });
    }
}

/// How the names of a form end.
fn end_of(position: Position) -> &'static str {
    match position {
        Position::Read => "",
        Position::Write => "Input",
        Position::Patch => "Patch",
    }
}
