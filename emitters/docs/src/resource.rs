//! A resource: what it is, its fields, states and rules, and its operations.

use atlas9_emitters_core::samples;
use atlas9_ir::{ResourceId, Rule};

use crate::fields::{self, Place};
use crate::html::Html;
use crate::operation::{self, At};
use crate::words::{one, spaced};
use crate::{Site, code, expr, markdown, state, words};

/// The section of a resource.
pub(crate) fn write(h: &mut Html, site: &Site<'_>, id: ResourceId) {
    let resource = &site.ir.resources[id];
    h.el("section", &[("class", "group"), ("id", &resource.snake)], |h| {
        h.el("div", &[("class", "pair")], |h| {
            h.el("div", &[("class", "text")], |h| {
                h.el("h2", &[], |h| {
                    h.link(&resource.snake, &atlas9_emitters_core::names::sentence(&resource.plural));
                });
                words::deprecation(h, resource.deprecated.as_ref());
                h.push(&markdown::block(&resource.docs));
                belongs(h, site, id);
                h.leaf("h3", &[], "Fields");
                fields::list(h, &fields::rows(site, &resource.snake, &resource.fields, Place::Resource));
                state::write(h, site, resource);
                rules(h, &resource.rules);
            });
            h.el("div", &[("class", "code")], |h| {
                let title = match resource.singleton {
                    true => spaced(&resource.snake),
                    false => one(&resource.snake),
                };
                code::json(h, &title, samples::of_resource(site.ir, id).as_ref());
            });
        });
        for operation in &resource.operations {
            operation::write(h, site, At { id: Some(id), resource: Some(resource), operation });
        }
    });
}

/// What it lives in.
fn belongs(h: &mut Html, site: &Site<'_>, id: ResourceId) {
    let resource = &site.ir.resources[id];
    if let Some(parent) = resource.parent {
        let parent = &site.ir.resources[parent];
        h.el("p", &[], |h| {
            h.text("Lives in ").link(&parent.snake, &one(&parent.snake));
            h.text(if resource.singleton { ", of which each has just one." } else { "." });
        });
    } else if resource.singleton {
        h.leaf("p", &[], "There is just one, which is there from the start.");
    }
}

/// What always holds.
pub(crate) fn rules(h: &mut Html, rules: &[Rule]) {
    if rules.is_empty() {
        return;
    }
    h.leaf("h3", &[], "Rules");
    h.el("ul", &[("class", "rules")], |h| {
        for rule in rules {
            h.el("li", &[], |h| {
                if !rule.text.is_empty() {
                    h.text(&rule.text).text(" ");
                }
                h.code(&expr::text(&rule.condition)).text(" Otherwise 422 ").code(&rule.name).text(".");
            });
        }
    });
}
