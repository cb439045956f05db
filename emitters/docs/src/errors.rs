//! The catalogue of errors.

use atlas9_emitters_core::problems;
use atlas9_ir::ErrorId;

use crate::fields::{self, Place};
use crate::html::Html;
use crate::{Site, code, markdown, words};

/// The section of all errors.
pub(crate) fn write(h: &mut Html, site: &Site<'_>) {
    h.el("section", &[("class", "group"), ("id", "errors")], |h| {
        h.leaf("h2", &[], "Errors");
        h.el("p", &[], |h| {
            h.text("What operations answer when they fail, by code. ");
            h.link("about-errors", "What all of them have").text(" is told above.");
        });
        let mut ids: Vec<ErrorId> = site.ir.errors.iter().map(|(id, _)| id).collect();
        ids.sort_by_key(|id| {
            (problems::is_standard(&site.ir.errors[*id]), site.ir.errors[*id].kind.status())
        });
        ids.into_iter().for_each(|id| one(h, site, id));
    });
}

fn one(h: &mut Html, site: &Site<'_>, id: ErrorId) {
    let error = &site.ir.errors[id];
    let anchor = site.anchors.of_error(id);
    h.el("article", &[("class", "pair"), ("id", anchor)], |h| {
        h.el("div", &[("class", "text")], |h| {
            h.el("h3", &[], |h| {
                h.link(anchor, &error.code);
            });
            h.el("p", &[("class", "route")], |h| {
                h.leaf("span", &[("class", "s")], &error.kind.status().to_string());
                h.text(" kind ").code(error.kind.word());
            });
            words::deprecation(h, error.deprecated.as_ref());
            h.push(&markdown::block(&error.docs));
            if !error.remedy.is_empty() {
                h.el("p", &[("class", "remedy")], |h| {
                    h.leaf("strong", &[], "Remedy: ").prose(&error.remedy);
                });
            }
            h.el("p", &[], |h| {
                h.prose(words::retry(error.kind));
            });
            fields::list(h, &fields::rows(site, anchor, &error.fields, Place::Error));
        });
        h.el("div", &[("class", "code")], |h| {
            code::json(
                h,
                &format!("{} answer", error.kind.status()),
                problems::example(site.ir, error).as_ref(),
            );
        });
    });
}
