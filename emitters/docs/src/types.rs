//! Enums, structures, unions and refined scalars.

use atlas9_emitters_core::samples;
use atlas9_ir::{EnumValue, Type, TypeDeclKind, TypeId, TypeKind, Variant};

use crate::fields::{self, Place};
use crate::html::Html;
use crate::{Site, code, markdown, resource, words};

/// The section of all declared types.
pub(crate) fn write(h: &mut Html, site: &Site<'_>) {
    if site.ir.types.is_empty() {
        return;
    }
    h.el("section", &[("class", "group"), ("id", "types")], |h| {
        h.leaf("h2", &[], "Types");
        for (id, _) in site.ir.types.iter() {
            one(h, site, id);
        }
    });
}

fn one(h: &mut Html, site: &Site<'_>, id: TypeId) {
    let decl = &site.ir.types[id];
    let anchor = site.anchors.of_type(id);
    h.el("article", &[("class", "pair"), ("id", anchor)], |h| {
        h.el("div", &[("class", "text")], |h| {
            h.el("h3", &[], |h| {
                h.link(anchor, &decl.name);
            });
            words::deprecation(h, decl.deprecated.as_ref());
            h.push(&markdown::block(&decl.docs));
            contents(h, site, id);
        });
        let example = match decl.kind {
            TypeDeclKind::Structure { .. } | TypeDeclKind::Union { .. } => {
                samples::of(site.ir, &Type { kind: TypeKind::Named(id), optional: false })
            }
            TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => None,
        };
        if example.is_some() {
            h.el("div", &[("class", "code")], |h| code::json(h, &decl.name, example.as_ref()));
        }
    });
}

fn contents(h: &mut Html, site: &Site<'_>, id: TypeId) {
    match &site.ir.types[id].kind {
        TypeDeclKind::Structure { fields, rules, .. } => {
            fields::list(h, &fields::rows(site, site.anchors.of_type(id), fields, Place::Structure));
            resource::rules(h, rules);
        }
        TypeDeclKind::Enum { closed, values } => {
            open_or_closed(h, *closed, "One of these words", "values");
            h.el("ul", &[("class", "fields")], |h| values.iter().for_each(|value| of_enum(h, value)));
        }
        TypeDeclKind::Union { closed, discriminator_wire, variants, .. } => {
            h.el("p", &[], |h| {
                h.text("One of several structures; ").code(discriminator_wire).text(" tells which.");
            });
            open_or_closed(h, *closed, "", "variants");
            h.el("ul", &[("class", "fields")], |h| variants.iter().for_each(|one| variant(h, site, one)));
        }
        TypeDeclKind::Alias(target) => {
            h.el("p", &[("class", "type")], |h| {
                h.push(&words::type_of(site, target)).text(if target.optional { ", or null" } else { "" });
            });
        }
    }
}

fn open_or_closed(h: &mut Html, closed: bool, what: &str, more: &str) {
    let rest = match closed {
        true => format!("There will never be other {more}."),
        false => format!("Later versions may have more {more}: expect one that you do not know."),
    };
    let first = if what.is_empty() { String::new() } else { format!("{what}. ") };
    h.leaf("p", &[], &format!("{first}{rest}"));
}

fn of_enum(h: &mut Html, value: &EnumValue) {
    h.el("li", &[], |h| {
        h.leaf("code", &[("class", "name")], &value.name).text(" ");
        h.push(&markdown::line(&value.docs));
        words::deprecation(h, value.deprecated.as_ref());
    });
}

fn variant(h: &mut Html, site: &Site<'_>, variant: &Variant) {
    h.el("li", &[], |h| {
        h.leaf("code", &[("class", "name")], &variant.name).text(" ");
        h.link(site.anchors.of_type(variant.structure), &site.ir.types[variant.structure].name).text(" ");
        h.push(&markdown::line(&variant.docs));
        words::deprecation(h, variant.deprecated.as_ref());
    });
}
